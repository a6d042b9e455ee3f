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
}

/// The unit of an initiative that met the whole company.
pub(super) const COMPANY: &str = "company";

impl Gathered {
    /// Nothing from a day on: whole months that end by then.
    pub(super) fn end(&mut self, day: Day) {
        let kept = self.months.iter().filter(|(_, end)| *end <= day).count();
        self.months.truncate(kept);
        self.customers.values_mut().for_each(|months| months.truncate(kept));
        self.outcomes.iter_mut().flat_map(BTreeMap::values_mut).for_each(|months| months.truncate(kept));
    }
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
    kind: Option<&str>,
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
            dimensions: kind.into_iter().map(str::to_owned).collect(),
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
    let starts = match kind {
        Some(_) => treated_units(context, &initiative.id, engine, machine)?,
        None => initiative.started.map(|day| (COMPANY.to_owned(), day)).into_iter().collect(),
    };
    if let Some(kind) = kind.filter(|_| starts.is_empty()) {
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
    Ok(Ok(Gathered { months, starts, customers, outcomes }))
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
        let unit = match key.values.first() {
            Some(Some(unit)) => unit.clone(),
            Some(None) => continue,
            None => COMPANY.to_owned(),
        };
        let into = all.entry(unit).or_insert_with(|| vec![T::default(); months]);
        if let Some(place) = into.get_mut(key.period) {
            *place = value(cell);
        }
    }
    all
}
