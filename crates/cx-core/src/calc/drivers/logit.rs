//! Yes or no, by a line of drivers.

use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::infer::regression::{self, BinaryFit, Family, FitError, Pooled, Variance};
use crate::infer::special::normal;

pub(in crate::calc) const LOGIT: Calc = Calc {
    name: "logit",
    group: "drivers",
    summary: "Logit or probit of a yes-or-no outcome on drivers: coefficients, odds ratios, marginal effects",
    roles: &[
        Role {
            name: "outcome",
            default: Default::First,
            required: true,
            holds: Holds::YesNo,
            help: "what happened or did not",
        },
        Role {
            name: "drivers",
            default: Default::AllNumeric,
            required: true,
            holds: Holds::Numbers,
            help: "columns it may hang on, separated by commas",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "link",
            default: Some("logit"),
            allowed: &["logit", "probit"],
            help: "shape of the curve",
        },
        Choice {
            name: "variance",
            default: Some("classical"),
            allowed: &["classical", "robust"],
            help: "standard errors from the model itself or from the residuals (HC1)",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let outcomes = args.yes_no("outcome")?.unwrap_or_default();
    let (mut rows, mut blank) = (Vec::new(), 0);
    for (outcome, drivers) in outcomes.iter().zip(args.number_rows("drivers")?) {
        let drivers: Option<Vec<f64>> = drivers.into_iter().collect();
        match (outcome, drivers) {
            (Some(yes), Some(drivers)) => {
                rows.push(Pooled::row([vec![1.0], drivers].concat(), f64::from(u8::from(*yes))));
            }
            _ => blank += 1,
        }
    }
    let names: Vec<&str> =
        ["const"].into_iter().chain(args.columns("drivers").iter().map(|c| c.name.as_str())).collect();
    let probit = args.word("link") == "probit";
    let family = if probit { Family::Probit } else { Family::Logit };
    let variance = if args.word("variance") == "robust" { Variance::Robust1 } else { Variance::Classical };
    let fit = regression::binary(&rows, family, variance).map_err(|error| explain(error, &names))?;
    let mut caveats: Vec<Caveat> = left_out(blank, "the outcome or a driver is blank").into_iter().collect();
    let events = outcomes_of(&rows);
    if events < 10 * (names.len() as u64 - 1) {
        caveats.push(Caveat::FewEvents { events, wanted: 10 * (names.len() as u64 - 1) });
    }
    let mut results = Results::new();
    let half = |se: f64| level.z() * se;
    for (place, name) in names.iter().enumerate() {
        let (at, se) = (fit.model.coefficients[place], fit.model.se(place));
        let mut group = Results::new()
            .with("coefficient", Figure::real(at).between(at - half(se), at + half(se)))
            .with("se", Figure::real(se))
            .with("z", Figure::real(at / se))
            .with("p", Figure::real(normal::tails(at / se).two_sided()));
        if place > 0 {
            if !probit {
                let limits = ((at - half(se)).exp(), (at + half(se)).exp());
                group.put("odds_ratio", Figure::real(at.exp()).between(limits.0, limits.1));
            }
            if let Some(step) = regression::average_marginal(&fit.model, &rows, place) {
                let figure = Figure::real(step.effect);
                group.put(
                    "average_marginal_effect",
                    figure.between(step.effect - half(step.se), step.effect + half(step.se)),
                );
                group.put("average_marginal_effect_se", Figure::real(step.se));
            }
        }
        results.group(name, group);
    }
    put_whole(&fit, rows.len() as u64, &mut results);
    Ok(Answer { method: Some(args.word("link").to_owned()), level: Some(level.value()), results, caveats })
}

/// The rarer of the two outcomes.
fn outcomes_of(rows: &[Pooled]) -> u64 {
    let yes = rows.iter().filter(|row| row.sum > 0.0).count() as u64;
    yes.min(rows.len() as u64 - yes)
}

fn put_whole(fit: &BinaryFit, n: u64, results: &mut Results) {
    let whole = Results::new()
        .with("n", Figure::count(n))
        .with("log_likelihood", Figure::real(fit.model.log_likelihood))
        .with("log_likelihood_null", Figure::real(fit.model.null_log_likelihood))
        .with("mcfadden_r2", Figure::real(fit.model.mcfadden()))
        .with("auc_in_sample", Figure::real_or(fit.area, "one outcome only"));
    results.group("model", whole);
}

fn explain(error: FitError, names: &[&str]) -> CalcError {
    let name = |column: usize| names.get(column).copied().unwrap_or("const");
    let what = match error {
        FitError::Separated { column } => {
            format!("`{}` parts the outcomes: its coefficient grows without end", name(column))
        }
        FitError::Collinear { column } => {
            format!("`{}` is determined by the columns before it", name(column))
        }
        other => other.to_string(),
    };
    CalcError::Data { what, help: format!("give {}", error.refused().lift) }
}
