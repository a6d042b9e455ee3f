//! Days that outcomes cover.

use super::Context;
use super::outcomes::{Outcome, outcomes};
use crate::ground::period::Day;

/// Days before the end of the records within which a table must have rows to count as going on.
const STALE: i32 = 31;

/// Outcomes whose table goes on to the end of the records: one that ends before says nothing about the last days.
pub(super) fn current(context: &Context<'_>) -> Vec<Outcome> {
    let oldest = context.covered.1.plus(-STALE);
    let goes_on = |outcome: &Outcome| span(context, outcome).is_some_and(|(_, end)| end >= oldest);
    outcomes(context).into_iter().filter(goes_on).collect()
}

/// First and last day that all of these outcomes cover.
pub(super) fn seen(context: &Context<'_>, list: &[Outcome]) -> (Day, Day) {
    let spans = list.iter().filter_map(|outcome| span(context, outcome));
    spans.fold(context.covered, |(first, end), (from, to)| (first.max(from.plus(1)), end.min(to)))
}

/// Days of the first and of the last row of an outcome's table.
fn span(context: &Context<'_>, outcome: &Outcome) -> Option<(Day, Day)> {
    let (first, last) = context.data.table(outcome.table?)?.span?;
    let calendar = &context.data.calendar;
    Some((calendar.day_of(first), calendar.day_of(last)))
}
