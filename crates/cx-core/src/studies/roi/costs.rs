//! What initiatives cost, month by month.

use super::Context;
use super::gather::{Sums, run, stretches, totals};
use crate::ground::period::{Day, Grain};
use crate::reduce::{Engine, ReduceError, Run};
use std::collections::BTreeMap;

/// Booked costs of one initiative.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Costs {
    /// First day of a month, what was spent once, what runs; major units.
    pub months: Vec<(Day, f64, f64)>,
}

impl Costs {
    /// Running cost a month from a day on: the mean of the months with any.
    pub(super) fn running(&self, since: Day) -> Option<f64> {
        let months: Vec<f64> = self
            .months
            .iter()
            .filter(|(day, _, running)| *day >= since && *running != 0.0)
            .map(|m| m.2)
            .collect();
        (!months.is_empty()).then(|| months.iter().sum::<f64>() / months.len() as f64)
    }
}

/// Costs by initiative; an initiative without a row has none.
///
/// # Errors
/// See [`ReduceError`].
pub(super) fn costs(
    context: &Context<'_>,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<BTreeMap<String, Costs>, ReduceError> {
    let (first, end) = context.covered;
    let begin = context.data.calendar.floor(Grain::Month, first);
    let months: Vec<(Day, Day)> = context
        .data
        .calendar
        .periods(Grain::Month, begin, end, (begin, end))
        .iter()
        .map(|p| (p.first, p.end))
        .collect();
    let sums = Sums {
        rows: "costs where initiative_id is known",
        params: Vec::new(),
        terms: vec!["if(maybe(cost_kind = 'initiative_capex'), amount, 0)".to_owned(), "amount".to_owned()],
        dimensions: vec!["initiative_id".to_owned()],
        periods: stretches(context, months.clone()),
        groups: false,
    };
    let mut all: BTreeMap<String, Costs> = BTreeMap::new();
    let Some(found) = run(context, vec![sums.reduction(context)], engine, machine)?.pop().flatten() else {
        return Ok(all);
    };
    for (key, cell) in totals(&found) {
        let (Some(Some(id)), Some((day, _))) = (key.values.first(), months.get(key.period)) else { continue };
        let (once, whole) = (cell.sum(0) / context.minor(), cell.sum(1) / context.minor());
        all.entry(id.clone()).or_default().months.push((*day, once, whole - once));
    }
    for costs in all.values_mut() {
        costs.months.sort_by_key(|m| m.0);
    }
    Ok(all)
}
