//! Forecasts held against what came.

use super::accuracy::{beyond_the_mean, mean};
use crate::calc::args::left_out;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::scoring::{
    accuracy, coverage, crps_of_normal, even_distance, histogram, interval_score, kendall, pinball, skill,
    spearman, spread_factor,
};
use crate::infer::special::{Tails, normal};

/// Cases beyond which pairs of them are not counted.
const MOST_PAIRS: usize = 5_000;
/// Parts of 0..1 that places are counted in.
const PARTS: usize = 10;

pub(in crate::calc) const SCORE_FORECAST: Calc = Calc {
    name: "score-forecast",
    group: "forecast and evaluation",
    summary: "Forecasts against what came: errors, proper scores of their spread, and whether intervals held what they said",
    roles: &[
        number("actual", &["actual", "outcome", "obs"], true, "what came"),
        number("forecast", &["forecast", "predicted", "mu"], true, "what was expected"),
        number("sd", &["sd", "sigma"], false, "standard deviation of a normal forecast"),
        number("low", &["low"], false, "lower limit of its interval"),
        number("high", &["high"], false, "upper limit of its interval"),
        number("baseline", &["baseline"], false, "a simple forecast to beat"),
    ],
    second: None,
    options: &[
        Choice {
            name: "nominal",
            default: Some("0.95"),
            allowed: &[],
            help: "share of outcomes that the intervals say they hold",
        },
        Choice {
            name: "quantiles",
            default: Some("0.1,0.5,0.9"),
            allowed: &[],
            help: "quantiles of a normal forecast to score",
        },
        Choice {
            name: "step",
            default: None,
            allowed: &[],
            help: "mean absolute step of the history, for the scaled error",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

const fn number(
    name: &'static str,
    usual: &'static [&'static str],
    required: bool,
    help: &'static str,
) -> Role {
    Role { name, default: Default::Named(usual), required, holds: Holds::Number, help }
}

/// One forecast and what came.
struct Scored {
    actual: f64,
    forecast: f64,
    sd: Option<f64>,
    limits: Option<(f64, f64)>,
    baseline: Option<f64>,
}

fn read(args: &Args<'_>) -> Result<(Vec<Scored>, Option<Caveat>), CalcError> {
    let actual = args.numbers("actual")?.unwrap_or_default();
    let forecast = args.numbers("forecast")?.unwrap_or_default();
    let sd = args.numbers("sd")?;
    let limits = args.numbers("low")?.zip(args.numbers("high")?);
    let baseline = args.numbers("baseline")?;
    let mut rows = Vec::with_capacity(actual.len());
    for place in 0..actual.len() {
        // A column that is there must be filled: scores of other rows would be of other forecasts.
        let whole = sd.as_ref().is_none_or(|s| s[place].is_some())
            && limits.as_ref().is_none_or(|(l, h)| l[place].is_some() && h[place].is_some())
            && baseline.as_ref().is_none_or(|b| b[place].is_some());
        let (Some(actual), Some(forecast), true) = (actual[place], forecast[place], whole) else { continue };
        let sd = sd.as_ref().and_then(|s| s[place]);
        if sd.is_some_and(|sd| sd <= 0.0) {
            return Err(args.fault("sd", place, "is no standard deviation", "give a number above 0"));
        }
        let limits = limits.as_ref().and_then(|(l, h)| l[place].zip(h[place]));
        if limits.is_some_and(|(low, high)| low > high) {
            return Err(args.fault("low", place, "lies above its upper limit", "swap the two"));
        }
        let baseline = baseline.as_ref().and_then(|b| b[place]);
        rows.push(Scored { actual, forecast, sd, limits, baseline });
    }
    let blank = (actual.len() - rows.len()) as u64;
    Ok((rows, left_out(blank, "an outcome, a forecast or a part of it is blank")))
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let nominal = args.real("nominal")?.and_then(Level::new);
    let nominal = nominal.ok_or_else(|| args.bad("nominal", "give a share between 0 and 1, such as 0.8"))?;
    let quantiles = quantiles(args)?;
    let step = args.real("step")?;
    if step.is_some_and(|step| step <= 0.0) {
        return Err(args.bad("step", "give a number above 0"));
    }
    let (rows, left_out) = read(args)?;
    let column = |of: &dyn Fn(&Scored) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    let (actual, forecast) = (column(&|r| r.actual), column(&|r| r.forecast));
    let off = accuracy(&actual, &forecast).ok_or_else(|| CalcError::Data {
        what: "no row has both an outcome and a forecast".to_owned(),
        help: "fill the columns of what came and what was expected".to_owned(),
    })?;
    let steps: &[(&str, Option<f64>)] = if step.is_some() { &[("mase", step)] } else { &[] };
    let mut results = Results::new().with("n", Figure::count(rows.len() as u64));
    results.put("bias", mean(&column(&|r| r.actual - r.forecast), level));
    results.put("mae", mean(&column(&|r| (r.actual - r.forecast).abs()), level));
    beyond_the_mean(off, steps, &mut results);
    results.put("spearman", Figure::real_or(spearman(&actual, &forecast), "one of the two does not vary"));
    let pairs = if rows.len() <= MOST_PAIRS { kendall(&actual, &forecast) } else { None };
    results
        .put("kendall", Figure::real_or(pairs, "one of the two does not vary, or there are over 5000 cases"));
    let baseline: Option<Vec<f64>> = rows.iter().map(|r| r.baseline).collect();
    if let Some(simple) = baseline.and_then(|b| accuracy(&actual, &b)) {
        let own = Results::new()
            .with("mae", Figure::real(simple.absolute))
            .with("rmse", Figure::real(simple.root_square))
            .with(
                "skill",
                Figure::real_or(skill(off.absolute, simple.absolute), "the baseline never misses"),
            );
        results.group("baseline", own);
    }
    spread(&rows, &quantiles, level, &mut results);
    intervals(&rows, nominal, level, &mut results);
    let mut caveats: Vec<Caveat> = left_out.into_iter().collect();
    let text =
        "intervals of the scores take the cases as independent: forecasts of one series hang together, \
                and theirs are wider"
            .to_owned();
    caveats.push(Caveat::Note { text });
    Ok(Answer { method: None, level: Some(level.value()), results, caveats })
}

fn quantiles(args: &Args<'_>) -> Result<Vec<f64>, CalcError> {
    let inside = |part: &str| part.trim().parse::<f64>().ok().filter(|q| *q > 0.0 && *q < 1.0);
    let all: Option<Vec<f64>> = args.word("quantiles").split(',').map(inside).collect();
    all.ok_or_else(|| args.bad("quantiles", "write quantiles between 0 and 1 as 0.1,0.5,0.9"))
}

/// Proper scores of normal forecasts, and where the outcomes fell in them.
fn spread(rows: &[Scored], quantiles: &[f64], level: Level, results: &mut Results) {
    let Some(normals): Option<Vec<(f64, f64, f64)>> =
        rows.iter().map(|r| Some((r.actual, r.forecast, r.sd?))).collect()
    else {
        return;
    };
    let scores: Option<Vec<f64>> = normals.iter().map(|(y, m, s)| crps_of_normal(*y, *m, *s)).collect();
    results.put("crps", mean(&scores.unwrap_or_default(), level));
    let mut losses = Results::new();
    for q in quantiles {
        let z = normal::quantile(Tails::below(*q));
        let loss = |(y, m, s): &(f64, f64, f64)| pinball(*y, s.mul_add(z, *m), *q).unwrap_or(f64::NAN);
        losses.put(&q.to_string(), mean(&normals.iter().map(loss).collect::<Vec<f64>>(), level));
    }
    results.group("pinball", losses);
    let places: Vec<f64> = normals.iter().map(|(y, m, s)| normal::tails((y - m) / s).below).collect();
    results.put("places_off_even", Figure::real_or(even_distance(&places), "there are no cases"));
    let mut parts = Results::new();
    for (i, share) in histogram(&places, PARTS).unwrap_or_default().iter().enumerate() {
        let from = i as f64 / PARTS as f64;
        parts.put(&format!("{from}"), Figure::real(*share).unit(Unit::Share));
    }
    results.group("places", parts);
}

/// Whether intervals held what they said, given ones first, else those of the normal forecasts.
fn intervals(rows: &[Scored], nominal: Level, level: Level, results: &mut Results) {
    let z = nominal.z();
    let limits = |r: &Scored| {
        r.limits.or_else(|| r.sd.map(|sd| (sd.mul_add(-z, r.forecast), sd.mul_add(z, r.forecast))))
    };
    let Some(all): Option<Vec<(&Scored, (f64, f64))>> = rows.iter().map(|r| Some((r, limits(r)?))).collect()
    else {
        return;
    };
    let inside = all.iter().filter(|(r, (low, high))| (*low..=*high).contains(&r.actual)).count() as u64;
    let Some(held) = coverage(inside, all.len() as u64, nominal.value(), level) else { return };
    let share = Figure::real(held.share).between(held.interval.low, held.interval.high).unit(Unit::Share);
    let score = |(r, (low, high)): &(&Scored, (f64, f64))| {
        interval_score(r.actual, *low, *high, nominal.value()).unwrap_or(f64::NAN)
    };
    let mut own = Results::new()
        .with("nominal", Figure::real(nominal.value()).unit(Unit::Share))
        .with("coverage", share)
        .with("likelihood_ratio", Figure::real(held.ratio))
        .with("p", Figure::real(held.p));
    if let Some(exact) = held.exact {
        own.put("exact_p", Figure::real(exact));
    }
    own.put("interval_score", mean(&all.iter().map(score).collect::<Vec<f64>>(), level));
    let miss = |(r, (low, high)): &(&Scored, (f64, f64))| {
        let half = if r.actual < r.forecast { r.forecast - low } else { high - r.forecast };
        (r.actual - r.forecast).abs() / half
    };
    let misses: Vec<f64> = all.iter().map(miss).collect();
    let sided = misses.iter().all(|miss| miss.is_finite() && *miss >= 0.0);
    own.put(
        "spread_factor",
        if sided {
            Figure::real_unless(spread_factor(&misses, nominal.value()))
        } else {
            Figure::undefined("an interval has no width on one side of its forecast")
        },
    );
    results.group("intervals", own);
}
