//! Survivors of a cohort by period, read from a table.

use crate::calc::args::left_out;
use crate::calc::{Args, CalcError, Default, Holds, Role};
use crate::ground::estimate::Caveat;
use std::collections::BTreeMap;

pub(super) const PERIOD: Role = Role {
    name: "period",
    default: Default::Named(&["period", "renewal", "t"]),
    required: true,
    holds: Holds::Number,
    help: "how many renewals have passed: 0 at the start, then 1, 2, …",
};

pub(super) const SURVIVORS: Role = Role {
    name: "survivors",
    default: Default::Named(&["survivors", "customers", "percent_surviving"]),
    required: true,
    holds: Holds::Number,
    help: "customers (or per cent of them) still there then",
};

pub(super) const COHORT: Role = Role {
    name: "cohort",
    default: Default::Named(&["cohort"]),
    required: false,
    holds: Holds::Text,
    help: "the cohort; several share one law",
};

/// Survivors of every cohort from period 0 on, cut after `until`.
pub(super) fn read(args: &Args<'_>, until: Option<u32>) -> Result<(Vec<Vec<f64>>, Vec<Caveat>), CalcError> {
    let periods = args.numbers("period")?.unwrap_or_default();
    let survivors = args.numbers("survivors")?.unwrap_or_default();
    let cohorts = args.texts("cohort");
    let mut found: BTreeMap<&str, BTreeMap<u32, f64>> = BTreeMap::new();
    let mut blank = 0;
    for (place, (period, n)) in periods.iter().zip(&survivors).enumerate() {
        let cohort = cohorts.as_ref().map_or(Some(""), |c| c[place]);
        let (Some(period), Some(n), Some(cohort)) = (*period, *n, cohort) else {
            blank += 1;
            continue;
        };
        if period < 0.0 || period.fract() != 0.0 || period > 10_000.0 {
            return Err(args.fault(
                "period",
                place,
                "is no whole number of renewals",
                "count renewals as 0, 1, 2, …",
            ));
        }
        if n < 0.0 {
            return Err(args.fault("survivors", place, "is below 0", "give customers still there"));
        }
        if until.is_some_and(|until| period > f64::from(until)) {
            continue;
        }
        if found.entry(cohort).or_default().insert(period as u32, n).is_some() {
            return Err(args.fault(
                "period",
                place,
                "stands twice",
                "give one row a period, or name the cohorts",
            ));
        }
    }
    let mut all = Vec::new();
    for (cohort, rows) in found {
        let whole = (0..).zip(rows.keys()).all(|(i, period)| i == *period);
        if !whole {
            let named = if cohort.is_empty() { String::new() } else { format!(" of cohort {cohort}") };
            return Err(CalcError::Data {
                what: format!("the periods{named} do not run 0, 1, 2, … without a gap"),
                help: "give a row for every period from 0 on".to_owned(),
            });
        }
        all.push(rows.into_values().collect());
    }
    Ok((all, left_out(blank, "no period, survivors or cohort").into_iter().collect()))
}

/// Survivors scaled so that the cohort starts with `customers`.
pub(super) fn scaled(survivors: &[f64], customers: Option<f64>) -> Vec<f64> {
    let start = survivors.first().copied().unwrap_or(0.0);
    let factor = customers.filter(|_| start > 0.0).map_or(1.0, |n| n / start);
    survivors.iter().map(|s| s * factor).collect()
}
