//! The survival curve and the cumulative hazard.

use super::watched::{AT, COUNT, DURATION, ENTRY, EVENT, GROUP, ages, event_ages, read, tables};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::survival::{CurveScale, Table, estimate_at, hazard_at, limits_at, median};

pub(in crate::calc) const KAPLAN_MEIER: Calc = Calc {
    name: "kaplan-meier",
    group: "retention",
    summary: "Share still there by age, with Greenwood's interval, and the age by which half have left",
    roles: &[DURATION, EVENT, GROUP, ENTRY, COUNT],
    second: None,
    options: &[
        Choice {
            name: "method",
            default: Some("log-log"),
            allowed: &["log-log", "log", "plain"],
            help: "scale of the interval; log-log stays inside 0 to 1 by itself",
        },
        AT,
        LEVEL,
    ],
    table_is_optional: false,
    run: kaplan_meier,
};

pub(in crate::calc) const NELSON_AALEN: Calc = Calc {
    name: "nelson-aalen",
    group: "retention",
    summary: "Cumulative hazard by age, events over those at risk, with its interval",
    roles: &[DURATION, EVENT, GROUP, ENTRY, COUNT],
    second: None,
    options: &[AT, LEVEL],
    table_is_optional: false,
    run: nelson_aalen,
};

fn kaplan_meier(args: &Args<'_>) -> Result<Answer, CalcError> {
    let method = args.word("method");
    let scale = match method {
        "plain" => CurveScale::Plain,
        "log" => CurveScale::Log,
        _ => CurveScale::LogLog,
    };
    by_group(args, Some(method), |table, level, head| {
        // The median comes without a unit: ages are in whatever the column holds.
        let mut half = Figure::from(&median(table, Unit::Days, level));
        half.unit = None;
        head.put("median", half);
        move |table: &Table, age: f64| {
            let estimate = estimate_at(table, age, level);
            let mut figure = Figure::from(&estimate);
            if estimate.value.is_some()
                && let Some((low, high)) = limits_at(table, age, scale, level)
            {
                figure = figure.between(low, high);
            }
            ("survival", figure, estimate.se)
        }
    })
}

fn nelson_aalen(args: &Args<'_>) -> Result<Answer, CalcError> {
    by_group(args, None, |_, level, _| {
        move |table: &Table, age: f64| {
            let estimate = hazard_at(table, age, level);
            ("cumulative_hazard", Figure::from(&estimate), estimate.se)
        }
    })
}

/// One curve of every group: head figures, then a figure with its standard error at every age.
fn by_group<F>(
    args: &Args<'_>,
    method: Option<&str>,
    start: impl Fn(&Table, Level, &mut Results) -> F,
) -> Result<Answer, CalcError>
where
    F: Fn(&Table, f64) -> (&'static str, Figure, Option<f64>),
{
    let level = args.level()?;
    let (rows, mut caveats) = read(args)?;
    let mut results = Results::new();
    for (group, table) in tables(&rows) {
        let mut one = Results::new()
            .with("n", Figure::count(table.units()))
            .with("events", Figure::count(table.events()));
        let at = start(&table, level, &mut one);
        let (ages, thinned) = ages(args, &event_ages(&table))?;
        caveats.extend(thinned.filter(|c| !caveats.contains(c)));
        let mut curve = Results::new();
        for age in ages {
            let (name, figure, se) = at(&table, age);
            let row = Results::new()
                .with(name, figure)
                .with("se", Figure::real_or(se, "nobody or everybody has left, or the age is not watched"))
                .with("at_risk", Figure::count(table.at_risk(age)));
            curve.group(&age.to_string(), row);
        }
        one.group("curve", curve);
        match group {
            Some(name) => results.group(name, one),
            None => results = one,
        }
    }
    Ok(Answer { method: method.map(str::to_owned), level: Some(level.value()), results, caveats })
}
