//! How a card is read.

use super::figures::tone_of;
use crate::document::{Tone, Way};
use cx_core::findings::{Card, Change, Level, Verdict};
use cx_core::ground::estimate::Absent;
use cx_core::ground::unit::Direction;

/// The engine's rule for metrics that this version does not build.
const PLANNED: &str = "planned";

/// True where the metric has a figure for everybody.
pub(super) fn given(card: &Card) -> bool {
    card.overall.estimate.value.is_some()
}

/// True where the metric waits for other data, or for a later version.
pub(super) fn waits(card: &Card) -> bool {
    match &card.overall.estimate.absent {
        Some(Absent::NotAvailable { .. }) => true,
        Some(Absent::Refused(refused)) => refused.rule == PLANNED,
        _ => false,
    }
}

/// The latest change of everybody that may be told: between whole periods, or
/// the reason why there is none.
pub(super) fn latest_change(card: &Card) -> Option<&Change> {
    let everybody = || card.changes.iter().filter(|c| c.slice.is_all());
    let when = |c: &&Change| (c.after.first.clone(), c.after.label.clone());
    everybody()
        .filter(|c| !c.before.partial && !c.after.partial && c.difference.value.is_some())
        .max_by_key(when)
        .or_else(|| everybody().max_by_key(when))
}

/// The figures of everybody by period, in time order.
pub(super) fn series(card: &Card) -> Vec<&Level> {
    let whole = &card.overall.period;
    let mut points: Vec<&Level> =
        card.levels.iter().filter(|level| level.slice.is_all() && level.period != *whole).collect();
    points.sort_by(|a, b| (&a.period.first, &a.period.label).cmp(&(&b.period.first, &b.period.label)));
    points
}

/// The figures of the groups of one dimension over the whole window.
pub(super) fn groups<'c>(card: &'c Card, dimension: &str) -> Vec<(&'c str, &'c Level)> {
    card.levels
        .iter()
        .filter(|level| level.period == card.overall.period)
        .filter_map(|level| match &level.slice.0[..] {
            [(name, value)] if name == dimension => Some((value.as_str(), level)),
            _ => None,
        })
        .collect()
}

/// How a verdict bears on the reader.
pub(super) const fn verdict_tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Meets => Tone::Good,
        Verdict::Misses => Tone::Bad,
        Verdict::CannotBeTold => Tone::Neutral,
    }
}

/// How a change bears on the reader: nothing is said where it is not proven.
pub(super) fn change_tone(card: &Card, change: &Change) -> Tone {
    match change.difference.value {
        Some(x) if moved(change) => tone_of(card.metric.direction, x),
        _ => Tone::Neutral,
    }
}

/// True where a direction may be named: proven after correction for many looks,
/// and zero lies outside the interval.
pub(super) fn moved(change: &Change) -> bool {
    let Some(interval) = change.difference.interval else { return false };
    change.significant && change.difference.value.is_some_and(|x| x != 0.0) && !interval.contains(0.0)
}

/// Which way is better, for charts.
pub(super) const fn way(direction: Direction) -> Way {
    match direction {
        Direction::Higher => Way::Up,
        Direction::Lower => Way::Down,
        Direction::Target | Direction::Neutral => Way::None,
    }
}
