//! What other initiatives on the same units mean for a comparison.

use super::super::Context;
use super::super::register::{Initiative, Way};
use super::gathered::{Gathered, treated_units};
use crate::findings::CheckFound;
use crate::ground::period::Day;
use crate::reduce::{Engine, ReduceError, Run};
use std::collections::BTreeMap;

/// Whole months after the start below which a comparison does not end where another initiative begins.
const MONTHS_LEFT: usize = 3;

/// Units that another initiative met, each from a day on.
pub(super) struct Beside {
    met: BTreeMap<String, Day>,
}

impl Beside {
    /// The units of a comparison that another initiative meets within its months.
    pub(super) fn of(
        context: &Context<'_>,
        other: &Initiative,
        gathered: &Gathered,
        engine: &dyn Engine,
        machine: &Run<'_>,
    ) -> Result<Self, ReduceError> {
        let mut met = treated_units(context, &other.id, engine, machine)?;
        let (first, end) = (gathered.months.first(), gathered.months.last());
        // What met a unit before the first month is in all of its months.
        let within = |day: Day| first.is_some_and(|m| day > m.0) && end.is_some_and(|m| day < m.1);
        met.retain(|unit, day| within(*day) && gathered.outcomes.iter().any(|o| o.contains_key(unit)));
        Ok(Self { met })
    }

    /// Takes the other initiative out of the comparison; says how, and whether that lowers its grade.
    ///
    /// Whoever chose the units of the other one by how they fared would choose the rest too, were those units
    /// left out. So the comparison ends where the other one begins, as long as enough months are left. A lot
    /// chooses nothing: its units can be left out.
    pub(super) fn part(&self, other: &Initiative, gathered: &mut Gathered) -> Option<(CheckFound, bool)> {
        let first = *self.met.values().min()?;
        let began = gathered.starts.values().max().copied()?;
        let left = gathered.months.iter().filter(|(from, end)| *from >= began && *end <= first).count();
        let by_lot = other.way == Some(Way::Lot);
        if !by_lot && left >= MONTHS_LEFT {
            gathered.end(first);
            let says = format!(
                "the comparison ends on {first}, when {} begins in {} units",
                other.id,
                self.met.len()
            );
            return Some((check(true, says), false));
        }
        let untreated = self.met.keys().filter(|unit| !gathered.starts.contains_key(*unit)).count();
        for outcome in &mut gathered.outcomes {
            outcome.retain(|unit, _| !self.met.contains_key(unit) || gathered.starts.contains_key(unit));
        }
        if untreated == 0 {
            return None;
        }
        let mut says = format!("{untreated} units left out of the comparison: {} met them", other.id);
        if !by_lot {
            says += "; whoever chose them by how they fared chose the others too";
        }
        Some((check(by_lot, says), !by_lot))
    }
}

fn check(passed: bool, says: String) -> CheckFound {
    CheckFound { name: "untouched units".to_owned(), passed, says }
}
