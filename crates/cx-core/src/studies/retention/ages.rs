//! Lives by age, brought together from the cells of a plan.

use super::base::PARTS;
use crate::ground::period::DAYS_PER_MONTH;
use crate::infer::survival::Table;
use crate::reduce::{Reduced, Stat};
use crate::stats::LifeRow;
use std::collections::BTreeMap;

/// Days that a number of whole months may be off: February, a clipped day, the day itself.
const OFF: f64 = 4.0;
/// Steps of a day that ages are told apart by.
const FINE: f64 = 64.0;

/// Counts per age.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ages {
    rows: BTreeMap<i64, LifeRow>,
    bucketed: bool,
}

impl Ages {
    /// Adds the rows of another; its events go to the cause `cause`.
    pub(super) fn absorb(&mut self, other: &Self, cause: usize) {
        self.bucketed |= other.bucketed;
        for (age, row) in &other.rows {
            self.add(*age, row, cause);
        }
    }

    fn add(&mut self, age: i64, row: &LifeRow, cause: usize) {
        let into = self.rows.entry(age).or_default();
        into.entered += row.entered;
        into.censored += row.censored;
        let events = row.all_events();
        if events > 0 {
            if into.events.len() <= cause {
                into.events.resize(cause + 1, 0);
            }
            into.events[cause] += events;
        }
    }

    pub(super) fn units(&self) -> u64 {
        self.rows.values().map(|row| row.entered).sum()
    }

    pub(super) fn events(&self) -> u64 {
        self.rows.values().map(LifeRow::all_events).sum()
    }

    /// Ages in order with their rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = (f64, &LifeRow)> {
        self.rows.iter().map(|(age, row)| (*age as f64 / FINE, row))
    }

    /// True where every age is a whole number of months, give or take the length of months.
    pub(super) fn whole_months(&self) -> bool {
        self.rows().all(|(days, _)| (days - (days / DAYS_PER_MONTH).round() * DAYS_PER_MONTH).abs() <= OFF)
    }

    /// The same with ages in months.
    pub(super) fn in_months(&self, whole: bool) -> Vec<(f64, u64, Vec<u64>, u64)> {
        let months = |days: f64| if whole { (days / DAYS_PER_MONTH).round() } else { days / DAYS_PER_MONTH };
        self.rows().map(|(days, row)| (months(days), row.entered, row.events.clone(), row.censored)).collect()
    }

    /// The survival curve, ages in months.
    pub(super) fn table(&self, whole: bool) -> Table {
        Table::counted(self.in_months(whole), self.bucketed)
    }
}

/// Lives by the values of a plan's dimensions and its band.
pub(super) fn by_values(reduced: &Reduced) -> BTreeMap<(Vec<Option<String>>, u32), Ages> {
    let mut found: BTreeMap<(Vec<Option<String>>, u32), Ages> = BTreeMap::new();
    for (key, stat) in &reduced.cells {
        let Stat::Life(life) = stat else { continue };
        let ages = found.entry((key.values.clone(), key.part / PARTS)).or_default();
        ages.bucketed |= !life.is_exact();
        for (age, row) in life.rows() {
            ages.add((age * FINE).round() as i64, row, 0);
        }
    }
    found
}

/// All of them together.
pub(super) fn together<'a>(parts: impl IntoIterator<Item = &'a Ages>) -> Ages {
    let mut all = Ages::default();
    parts.into_iter().for_each(|part| all.absorb(part, 0));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ages(rows: &[(f64, u64, u64, u64)]) -> Ages {
        let mut ages = Ages::default();
        for (days, entered, events, censored) in rows {
            let row = LifeRow { entered: *entered, events: vec![*events], censored: *censored };
            ages.add((days * FINE) as i64, &row, 0);
        }
        ages
    }

    #[test]
    fn tenures_in_months_are_told_from_days() {
        let tenure = ages(&[(0.0, 3, 0, 0), (31.0, 0, 1, 0), (59.0, 0, 1, 0), (366.0, 0, 0, 1)]);
        assert!(tenure.whole_months());
        assert!(!ages(&[(0.0, 1, 0, 0), (45.0, 0, 1, 0)]).whole_months());
        let table = tenure.table(true);
        assert_eq!(table.rows().iter().map(|row| row.age).collect::<Vec<_>>(), [0.0, 1.0, 2.0, 12.0]);
        assert!((table.survival_at(2.0) - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn causes_stay_apart() {
        let mut all = ages(&[(0.0, 4, 0, 0), (30.0, 0, 1, 0)]);
        all.absorb(&ages(&[(0.0, 2, 0, 0), (30.0, 0, 2, 0)]), 1);
        assert_eq!(all.rows().nth(1).unwrap().1.events, [1, 2]);
        assert_eq!((all.units(), all.events()), (6, 3));
    }
}
