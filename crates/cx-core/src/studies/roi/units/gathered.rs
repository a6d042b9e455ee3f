//! Sums by unit and month, and when units began.

use super::super::gather::{Sums, of_initiative, run, stretches, totals, within};
use super::super::measured::refused;
use super::super::outcomes::Outcome;
use super::super::register::Initiative;
use super::super::{Context, TREATED};
use crate::ground::estimate::Refused;
use crate::ground::period::{Day, Grain};
use crate::reduce::{Engine, ReduceError, Reduced, Run};
use std::collections::BTreeMap;

/// What was gathered: sums by unit and month.
pub(super) struct Gathered {
    pub months: Vec<(Day, Day)>,
    /// First treated day by unit.
    pub starts: BTreeMap<String, Day>,
    /// Customers by unit and month; empty where the records do not say.
    pub customers: BTreeMap<String, Vec<f64>>,
    /// Sums and rows of every outcome by unit and month.
    pub outcomes: Vec<BTreeMap<String, Vec<(f64, f64)>>>,
    /// Untreated units left out, because another initiative met them.
    pub left_out: usize,
}

/// Whole months that the records cover.
fn months(context: &Context<'_>) -> Vec<(Day, Day)> {
    let (first, end) = context.covered;
    let periods = context.data.calendar.periods(Grain::Month, first, end, context.covered);
    periods.iter().map(|p| (p.first, p.end)).filter(|(from, to)| *from >= first && *to <= end).collect()
}

/// The first day after the last whole month.
pub(in crate::studies::roi) fn months_end(context: &Context<'_>) -> Day {
    months(context).last().map_or(context.covered.1, |(_, end)| *end)
}

pub(super) fn gather(
    context: &Context<'_>,
    initiative: &Initiative,
    kind: &str,
    list: &[Outcome],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Gathered, Refused>, ReduceError> {
    let months = months(context);
    let by_unit = |rows: &str, terms: &[&str]| {
        Sums {
            rows,
            params: Vec::new(),
            terms: terms.iter().map(|t| (*t).to_owned()).collect(),
            dimensions: vec![kind.to_owned()],
            periods: stretches(context, months.clone()),
            groups: false,
        }
        .reduction(context)
    };
    let there = [
        ("acquired_at", "(acquired_at is missing or acquired_at < period.end)"),
        ("closed_at", "(closed_at is missing or closed_at >= period.start)"),
    ];
    let there: Vec<&str> =
        there.iter().filter(|(c, _)| context.has("customers", c)).map(|(_, text)| *text).collect();
    let only = if there.is_empty() { String::new() } else { format!(" where {}", there.join(" and ")) };
    let mut wanted = vec![by_unit(&format!("customers at period{only}"), &["1"])];
    for outcome in list {
        let only = outcome.filter.as_ref().map(|f| format!(" where {f}")).unwrap_or_default();
        let rows = format!("{}{only}", outcome.table.unwrap_or_default());
        wanted.push(by_unit(&rows, &[&outcome.value, "1"]));
    }
    let mut found = run(context, wanted, engine, machine)?.into_iter();
    let starts = treated_units(context, &initiative.id, engine, machine)?;
    if starts.is_empty() {
        return Ok(Err(refused(
            "units",
            format!("no assignment names a unit of `{kind}` that was treated"),
            "rows of assignments with `unit`, `arm` and `assigned_at`",
        )));
    }
    let n = months.len();
    let customers =
        found.next().flatten().map(|reduced| series(&reduced, n, |t| t.sum(0))).unwrap_or_default();
    let outcomes = found
        .map(|reduced| {
            reduced.map(|reduced| series(&reduced, n, |t| (t.sum(0), t.sum(1)))).unwrap_or_default()
        })
        .collect();
    Ok(Ok(Gathered { months, starts, customers, outcomes, left_out: 0 }))
}

/// The first treated day of every unit that an initiative treats.
pub(in crate::studies::roi) fn treated_units(
    context: &Context<'_>,
    id: &str,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<BTreeMap<String, Day>, ReduceError> {
    let (first, end) = context.covered;
    let mut params = of_initiative(id);
    let begin = context.data.calendar.start_of(first).0;
    params.push(("BEGIN".to_owned(), crate::ground::expr::Literal::Time(begin)));
    let starts = Sums {
        rows: "assignments where initiative_id = INITIATIVE and unit is known and assigned_at is known",
        params,
        terms: vec!["days(assigned_at - BEGIN)".to_owned()],
        dimensions: vec!["unit".to_owned(), "arm".to_owned()],
        periods: within(context, first, end),
        groups: false,
    };
    let assigned = run(context, vec![starts.reduction(context)], engine, machine)?.pop().flatten();
    let mut starts = BTreeMap::new();
    for (key, cell) in assigned.iter().flat_map(totals) {
        let [Some(unit), Some(arm)] = &key.values[..] else { continue };
        if TREATED.contains(&arm.to_lowercase().as_str()) {
            starts.insert(unit.clone(), first.plus((cell.sum(0) / cell.rows as f64).floor() as i32));
        }
    }
    Ok(starts)
}

fn series<T: Default + Clone>(
    reduced: &Reduced,
    months: usize,
    value: impl Fn(&crate::stats::Totals) -> T,
) -> BTreeMap<String, Vec<T>> {
    let mut all: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (key, cell) in totals(reduced) {
        let Some(Some(unit)) = key.values.first() else { continue };
        let into = all.entry(unit.clone()).or_insert_with(|| vec![T::default(); months]);
        if let Some(place) = into.get_mut(key.period) {
            *place = value(cell);
        }
    }
    all
}
