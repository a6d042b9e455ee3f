//! Plans of this study as text, settled on the columns at hand, and running them.

use super::Context;
use crate::ground::expr::{Expr, Literal, parse};
use crate::ground::period::Day;
use crate::reduce::plan::{Gather, Params, Periods, Reduction, parse_rows};
use crate::reduce::{Engine, ReduceError, Reduced, Run, Stat};
use crate::stats::{GROUPS, Totals};
use crate::studies::metrics::settled;
use std::collections::BTreeMap;

/// Sums of terms over units made of rows; none where the records lack a column.
pub(in crate::studies) struct Sums<'a> {
    pub rows: &'a str,
    pub params: Params,
    pub terms: Vec<String>,
    pub dimensions: Vec<String>,
    pub periods: Periods,
    /// True where sums are cut by random group of customers.
    pub groups: bool,
}

impl Sums<'_> {
    /// The plan.
    pub(in crate::studies) fn reduction(self, context: &Context<'_>) -> Option<Reduction> {
        let rows = parse_rows(self.rows, &self.params).ok()?;
        let named =
            |name: &str| self.params.iter().find(|(n, _)| n == name).map(|(_, l)| Expr::Lit(l.clone()));
        let mut list = Vec::new();
        for term in &self.terms {
            list.push(parse(term).ok()?.replace(&named));
        }
        if self.groups {
            list.push(parse(&format!("fold(customer_id, {GROUPS})")).ok()?);
        }
        let as_of = context.data.calendar.start_of(context.covered.1).0;
        let (rows, mut terms) = settled(context.data, as_of, rows, list).ok()?;
        let part = if self.groups { terms.pop() } else { None };
        let gather = Gather::Totals { terms, weight: None };
        Some(Reduction { part, ..Reduction::plain(rows, self.dimensions, self.periods, gather) })
    }
}

/// One period of some days, with windows judged against what the records cover.
pub(in crate::studies) fn within(context: &Context<'_>, first: Day, end: Day) -> Periods {
    stretches(context, vec![(first, end)])
}

/// Stretches of days as periods.
pub(in crate::studies) fn stretches(context: &Context<'_>, days: Vec<(Day, Day)>) -> Periods {
    let calendar = &context.data.calendar;
    Periods {
        windows: days.iter().map(|(first, end)| calendar.window(*first, *end)).collect(),
        days,
        covered: calendar.window(context.covered.0, context.covered.1),
    }
}

/// A constant that holds the id of an initiative.
pub(in crate::studies) fn of_initiative(id: &str) -> Params {
    vec![("INITIATIVE".to_owned(), Literal::Text(id.to_owned()))]
}

/// Runs what the records allow; an entry is none where they do not.
///
/// # Errors
/// See [`ReduceError`].
pub(in crate::studies) fn run(
    context: &Context<'_>,
    wanted: Vec<Option<Reduction>>,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Vec<Option<Reduced>>, ReduceError> {
    let possible = |r: &Reduction| engine.supports(context.data, r).is_ok();
    let mut list = Vec::new();
    let mut places = Vec::new();
    for one in wanted {
        let one = one.filter(possible);
        places.push(one.is_some());
        list.extend(one);
    }
    let mut done = engine.run(context.data, &list, machine)?.into_iter();
    Ok(places.into_iter().map(|there| if there { done.next() } else { None }).collect())
}

/// Cells of totals with their keys.
pub(in crate::studies) fn totals(
    reduced: &Reduced,
) -> impl Iterator<Item = (&crate::reduce::CellKey, &Totals)> {
    reduced.cells.iter().filter_map(|(key, stat)| match stat {
        Stat::Totals(totals) => Some((key, totals)),
        _ => None,
    })
}

/// Values told per key: of a customer, or of whatever the rows are made per.
///
/// # Errors
/// See [`ReduceError`]; none where the records lack a column.
pub(super) fn told(
    context: &Context<'_>,
    rows: &str,
    params: &Params,
    values: &[&str],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Option<BTreeMap<String, Vec<f64>>>, ReduceError> {
    let Ok(rows) = parse_rows(rows, params) else { return Ok(None) };
    let list: Vec<Expr> = values.iter().map(|v| Expr::col(v)).collect();
    let as_of = context.data.calendar.start_of(context.covered.1).0;
    let Ok((rows, list)) = settled(context.data, as_of, rows, list) else { return Ok(None) };
    let mut all = BTreeMap::new();
    engine.list(context.data, &rows, &list, machine, &mut |key, x| {
        all.insert(key.to_owned(), x.to_vec());
        Ok(())
    })?;
    Ok(Some(all))
}

/// Days as constants of a plan.
pub(super) fn days(context: &Context<'_>, list: &[(String, Day)]) -> Params {
    let moment = |day: &Day| Literal::Time(context.data.calendar.start_of(*day).0);
    list.iter().map(|(name, day)| (name.clone(), moment(day))).collect()
}
