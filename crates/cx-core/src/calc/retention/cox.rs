//! Cox's proportional hazards.

use super::watched::{AT, COUNT, DURATION, ENTRY, EVENT, ages, read};
use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::infer::Level;
use crate::infer::survival::cox::{
    Clock, Control, Entering, Model, Refusal, Spells, Test, Ties, concordance, fit, proportionality,
    robust_covariance,
};
use std::collections::BTreeMap;

pub(in crate::calc) const COX: Calc = Calc {
    name: "cox",
    group: "retention",
    summary: "Cox's proportional hazards: what each column does to the rate of leaving, with tests and checks",
    roles: &[
        DURATION,
        EVENT,
        ENTRY,
        COUNT,
        Role {
            name: "customer",
            default: Default::Named(&["customer_id", "id"]),
            required: false,
            holds: Holds::Text,
            help: "whose row it is; several rows of one customer are counted as dependent",
        },
        Role {
            name: "covariates",
            default: Default::AllNumeric,
            required: true,
            holds: Holds::Numbers,
            help: "what may move the rate of leaving",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "ties",
            default: Some("efron"),
            allowed: &["efron", "breslow"],
            help: "how events at one age are ordered among themselves",
        },
        Choice {
            name: "clock",
            default: Some("km"),
            allowed: &["km", "identity", "log"],
            help: "the clock along which effects may drift in the check of proportional hazards",
        },
        Choice {
            name: "variance",
            default: Some("auto"),
            allowed: &["auto", "model", "robust"],
            help: "robust is the sandwich over customers; auto takes it where a customer has several rows",
        },
        Choice {
            name: "profile",
            default: None,
            allowed: &[],
            help: "one customer to give survival for, as age=30,plan=1, a value for every covariate",
        },
        AT,
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn refused(refusal: &Refusal) -> CalcError {
    let refused = refusal.refused();
    CalcError::Data { what: refused.reason, help: refused.lift }
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let (rows, mut caveats) = read(args)?;
    let columns = args.number_rows("covariates")?;
    let customers = args.texts("customer");
    let mut spells = Spells::new(args.columns("covariates").iter().map(|c| c.name.clone()));
    let mut cluster = Vec::new();
    let mut known: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut incomplete, mut several) = (0, false);
    for row in rows.iter().filter(|row| row.count > 0) {
        let x: Option<Vec<f64>> = columns[row.place].iter().copied().collect();
        let Some(x) = x else {
            incomplete += 1;
            continue;
        };
        spells.add(row.entry, row.exit, row.left, row.count, &x).map_err(|r| refused(&r))?;
        // A row without a customer stands for itself.
        let fresh = u64::MAX - row.place as u64;
        let next = known.len() as u64;
        let place = customers.as_ref().and_then(|c| c[row.place]).map_or(fresh, |customer| {
            several |= known.contains_key(customer);
            *known.entry(customer).or_insert(next)
        });
        cluster.push(place);
    }
    caveats.extend(left_out(incomplete, "a covariate is missing"));
    let ties = if args.word("ties") == "breslow" { Ties::Breslow } else { Ties::Efron };
    let model = fit(&spells, Control { ties, entering: Entering::AfterEvents }).map_err(|r| refused(&r))?;
    let robust = match args.word("variance") {
        "model" => false,
        "robust" => true,
        _ => several,
    };
    let covariance = if robust {
        let cluster = customers.is_some().then_some(cluster.as_slice());
        robust_covariance(&spells, &model, cluster).map_err(|r| refused(&r))?
    } else {
        model.covariance.clone()
    };
    let mut coefficients = Results::new();
    for one in model.coefficients_with(&covariance, level) {
        let (i, r) = (one.interval, one.hazard_ratio_interval);
        let group = Results::new()
            .with("coefficient", Figure::real(one.value).between(i.low, i.high))
            .with("se", Figure::real(one.se))
            .with("z", Figure::real(one.z))
            .with("p", Figure::real(one.p))
            .with("hazard_ratio", Figure::real(one.hazard_ratio).between(r.low, r.high));
        coefficients.group(&one.name, group);
    }
    let mut results = Results::new()
        .with("n", Figure::count(model.n))
        .with("events", Figure::count(model.events))
        .with("log_likelihood_null", Figure::real(model.log_likelihood_null))
        .with("log_likelihood", Figure::real(model.log_likelihood))
        .with("iterations", Figure::count(u64::from(model.iterations)))
        .with("variance", Figure::text(if robust { "robust" } else { "model" }));
    results.group("coefficients", coefficients);
    results.group("likelihood_ratio_test", test(&model.likelihood_ratio));
    results.group("wald_test", test(&model.wald));
    results.group("score_test", test(&model.score));
    if let Some(c) = concordance(&spells, &model).map_err(|r| refused(&r))? {
        let (low, high) = ((c.value - level.z() * c.se).max(0.0), (c.value + level.z() * c.se).min(1.0));
        results.put("concordance", Figure::real(c.value).between(low, high));
        results.put("concordance_se", Figure::real(c.se));
    }
    drift(args, &spells, &model, &mut results, &mut caveats)?;
    curves(args, &model, level, &mut results, &mut caveats)?;
    let method = Some(args.word("ties").to_owned());
    Ok(Answer { method, level: Some(level.value()), results, caveats })
}

fn test(test: &Test) -> Results {
    Results::new()
        .with("chi_square", Figure::real(test.chi_square))
        .with("df", Figure::count(u64::from(test.df)))
        .with("p", Figure::real(test.p))
}

fn drift(
    args: &Args<'_>,
    spells: &Spells,
    model: &Model,
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) -> Result<(), CalcError> {
    let clock = match args.word("clock") {
        "identity" => Clock::Identity,
        "log" => Clock::Log,
        _ => Clock::KaplanMeier,
    };
    let Some(drift) = proportionality(spells, model, clock).map_err(|r| refused(&r))? else {
        let why = "events fall on one age, or the clock has no value at an age".to_owned();
        results.put("proportionality", Figure::undefined(&why));
        return Ok(());
    };
    let mut group = Results::new();
    for (name, one) in model.names.iter().zip(&drift.by_covariate) {
        group.group(name, test(one));
        if one.p < 0.05 {
            let text = format!(
                "the effect of {name} drifts with age (p = {:.3}): its hazard ratio is a mean over ages",
                one.p
            );
            caveats.push(Caveat::Note { text });
        }
    }
    results.group("proportionality", group);
    results.group("proportionality_global", test(&drift.global));
    Ok(())
}

/// Baseline hazard, and survival of the profile asked for.
fn curves(
    args: &Args<'_>,
    model: &Model,
    level: Level,
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) -> Result<(), CalcError> {
    let (ages, thinned) = ages(args, model.baseline.ages())?;
    caveats.extend(thinned);
    let mut baseline = Results::new();
    for age in &ages {
        baseline.put(&age.to_string(), Figure::real(model.baseline.hazard_at(*age)));
    }
    results.group("baseline_cumulative_hazard", baseline);
    let Some(text) = args.option("profile") else { return Ok(()) };
    let help = format!("write a value for every covariate, as {}=0", model.names.join("=0,"));
    let mut given: BTreeMap<&str, f64> = BTreeMap::new();
    for part in text.split(',') {
        let pair = part.split_once('=').and_then(|(name, x)| Some((name.trim(), x.trim().parse().ok()?)));
        let (name, x) = pair.ok_or_else(|| args.bad("profile", &help))?;
        given.insert(name, x);
    }
    let x: Option<Vec<f64>> = model.names.iter().map(|name| given.get(name.as_str()).copied()).collect();
    let x = x.filter(|x| x.len() == given.len()).ok_or_else(|| args.bad("profile", &help))?;
    let curve = model.survival_of(&x, level).map_err(|r| refused(&r))?;
    let mut survival = Results::new();
    for age in ages {
        let figure = match curve.partition_point(|row| row.age <= age).checked_sub(1) {
            None => Figure::undefined("nobody had left by then, so the model says nothing"),
            Some(i) => Figure::real(curve[i].survival).between(curve[i].interval.low, curve[i].interval.high),
        };
        survival.put(&age.to_string(), figure);
    }
    results.group("survival", survival);
    Ok(())
}
