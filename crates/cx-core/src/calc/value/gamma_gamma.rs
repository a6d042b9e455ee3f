//! The spend of a purchase.

use super::asked::{between, given, refused};
use super::histories::{
    CUSTOMERS, FREQUENCY, MONETARY, PARAMETERS, ROWS, SEED, WHO, WORLDS_OPTION, count, deal, label, total,
};
use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Figure, Results, Role};
use crate::ground::estimate::{Absent, Caveat};
use crate::ground::unit::Unit;
use crate::infer::buying::{
    CORRELATED, GammaGamma, SpendCell, Spread, fit_spend, frequency_spend_correlation,
};

pub(in crate::calc) const GAMMA_GAMMA: Calc = Calc {
    name: "gamma-gamma",
    group: "value",
    summary: "What a purchase is worth: spend that differs between customers and between purchases (gamma-gamma)",
    roles: &[FREQUENCY, Role { required: true, ..MONETARY }, CUSTOMERS, WHO],
    second: None,
    options: &[ROWS, PARAMETERS, WORLDS_OPTION, SEED, LEVEL],
    table_is_optional: false,
    run,
};

struct Row {
    label: String,
    x: f64,
    total: f64,
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let seed: u64 = args.whole("seed")?.unwrap_or(1);
    let worlds: u32 = args.whole("worlds")?.unwrap_or(400);
    if worlds > 10_000 {
        return Err(args.bad("worlds", "give at most 10000"));
    }
    let frequency = args.numbers("frequency")?.unwrap_or_default();
    let monetary = args.numbers("monetary")?.unwrap_or_default();
    let counts = args.numbers("customers")?;
    let who = args.texts("customer");
    let (mut rows, mut cells, mut blank) = (Vec::new(), Vec::new(), 0);
    for (place, x) in frequency.iter().enumerate() {
        let Some(x) = *x else {
            blank += 1;
            continue;
        };
        if x < 0.0 || x.fract() != 0.0 {
            return Err(args.fault(
                "frequency",
                place,
                "is no number of purchases",
                "give a whole number from 0",
            ));
        }
        let total = total(args, x, monetary[place], place)?;
        let label = label(args, who.as_ref().and_then(|w| w[place]), place);
        for (group, n) in deal(&label, count(args, counts.as_ref(), place)?) {
            cells.push(SpendCell { x, total, count: n, group });
        }
        rows.push(Row { label, x, total });
    }
    let mut caveats: Vec<Caveat> = left_out(blank, "frequency is blank").into_iter().collect();
    let mut results = Results::new();
    let (model, fitted) = match given(args, &GammaGamma::NAMES)? {
        Some([p, q, gamma]) => (GammaGamma { p, q, gamma }, None),
        None => {
            let fitted = fit_spend(&cells).map_err(refused)?;
            (fitted.model, Some(fitted))
        }
    };
    for (k, (name, value)) in GammaGamma::NAMES.iter().zip([model.p, model.q, model.gamma]).enumerate() {
        results.put(name, between(value, fitted.as_ref().and_then(|f| f.interval(k, level))));
    }
    let mut in_worlds = Vec::new();
    if let Some(fitted) = &fitted {
        results.put("log_likelihood", Figure::real(fitted.fit.value));
        results.put("n", Figure::count(fitted.customers as u64));
        results.put("converged", Figure::yes(fitted.fit.converged()));
        results.put("steps", Figure::count(u64::from(fitted.fit.steps)));
        results.put("gradient", Figure::real(fitted.fit.gradient_norm()));
        in_worlds = fitted.worlds(&cells, seed, worlds);
    }
    let rho = frequency_spend_correlation(&cells);
    results.put("correlation", Figure::real_or(rho, "frequency or spend is the same for everybody"));
    if let Some(rho) = rho.filter(|rho| rho.abs() > CORRELATED) {
        caveats.push(Caveat::Note {
            text: format!("frequency and spend are correlated ({rho:.2}): the model takes them as independent, and its figures for heavy and light buyers are biased"),
        });
    }
    results.put("population_mean", mean(&model, &in_worlds, level).unit(Unit::Money));
    if args.word("rows") == "yes" {
        let mut all = Results::new();
        for row in &rows {
            let figure = match model.expected_spend(row.x, row.total) {
                Ok(spend) => Figure::real(spend),
                Err(absent) => Figure { absent: Some(absent), ..Figure::undefined("no value") },
            };
            all.group(&row.label, Results::new().with("expected_spend", figure.unit(Unit::Money)));
        }
        results.group("rows", all);
    }
    let method = Some(if fitted.is_some() { "maximum_likelihood" } else { "given_parameters" }.to_owned());
    Ok(Answer { method, level: Some(level.value()), results, caveats })
}

/// The mean spend over customers with its interval over the worlds; a world without a mean leaves no upper limit.
fn mean(model: &GammaGamma, worlds: &[GammaGamma], level: crate::infer::Level) -> Figure {
    let value = match model.population_mean() {
        Ok(value) => value,
        Err(absent) => return absent_figure(absent),
    };
    let spread = Spread {
        value,
        worlds: worlds.iter().map(|w| w.population_mean().unwrap_or(f64::INFINITY)).collect(),
        expanded: false,
    };
    between(value, spread.interval(level))
}

fn absent_figure(absent: Absent) -> Figure {
    Figure { absent: Some(absent), ..Figure::undefined("no value") }
}
