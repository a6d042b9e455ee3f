//! The Kaplan-Meier table.

use crate::stats::Life;
use std::collections::BTreeMap;

/// One age at which something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeRow {
    /// The age.
    pub age: f64,
    /// Units under watch just before the events of this age.
    pub at_risk: u64,
    /// Events of every cause.
    pub events: u64,
    /// Events by cause.
    pub by_cause: Vec<u64>,
    /// Units last seen at this age without an event.
    pub censored: u64,
    /// Survival S just after this age: Π (1 − d/n).
    pub survival: f64,
    /// Greenwood's sum Σ d/(n(n − d)); infinite once S is 0.
    pub greenwood: f64,
    /// Nelson and Aalen's cumulative hazard Σ d/n.
    pub hazard: f64,
    /// Its variance Σ d/n².
    pub hazard_variance: f64,
}

/// What happened at one age.
struct Moment {
    at: f64,
    entered: u64,
    by_cause: Vec<u64>,
    censored: u64,
}

impl Moment {
    const fn at(at: f64) -> Self {
        Self { at, entered: 0, by_cause: Vec::new(), censored: 0 }
    }
}

/// An age as a key.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The life table turned into a survival curve.
///
/// Within an age, units enter first, then events happen, then watching ends.
/// Source: `kaplan1958`; hazard `aalen1978`; late entry as in `klein2003`.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    rows: Vec<AgeRow>,
    units: u64,
    /// True where ages were put into 2 % buckets.
    pub bucketed: bool,
}

impl Table {
    /// Builds the table.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::survival::Table;
    /// use cx_core::stats::Life;
    /// let mut life = Life::default();
    /// life.add(0, 3 << 20, Some(0), 1);
    /// life.add(0, 5 << 20, None, 1);
    /// life.add(0, 7 << 20, Some(0), 1);
    /// let table = Table::new(&life);
    /// let at_three = &table.rows()[1];
    /// assert_eq!((at_three.at_risk, at_three.events), (3, 1));
    /// assert!((at_three.survival - 2.0 / 3.0).abs() < 1e-15);
    /// assert_eq!(table.rows()[3].survival, 0.0);
    /// ```
    pub fn new(life: &Life) -> Self {
        let ages = life.rows().map(|(at, row)| Moment {
            at,
            entered: row.entered,
            by_cause: row.events.clone(),
            censored: row.censored,
        });
        Self::of(ages, life.units(), !life.is_exact())
    }

    /// Builds the table from spells (entry, exit, cause or `None` where still
    /// watched, units), every age kept apart however many there are.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::survival::Table;
    /// let spells = [(0.0, 3.0, Some(0), 1), (0.0, 5.5, None, 1), (2.0, 7.25, Some(0), 1)];
    /// let table = Table::exact(spells);
    /// assert_eq!((table.units(), table.at_risk(3.0)), (3, 3));
    /// assert_eq!(table.survival_at(7.25), 0.0);
    /// ```
    pub fn exact(spells: impl IntoIterator<Item = (f64, f64, Option<usize>, u64)>) -> Self {
        // −0 and 0 are one age.
        let key = |age: f64| Ordered(age + 0.0);
        let mut ages: BTreeMap<Ordered, Moment> = BTreeMap::new();
        let mut units = 0;
        for (entry, exit, cause, n) in spells {
            units += n;
            ages.entry(key(entry)).or_insert_with(|| Moment::at(entry)).entered += n;
            let row = ages.entry(key(exit)).or_insert_with(|| Moment::at(exit));
            match cause {
                None => row.censored += n,
                Some(cause) => {
                    row.by_cause.resize(row.by_cause.len().max(cause + 1), 0);
                    row.by_cause[cause] += n;
                }
            }
        }
        Self::of(ages.into_values(), units, false)
    }

    /// Builds the table from counts per age: (age, came under watch, left by
    /// cause, last seen without leaving). Rows of one age are added up.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::survival::Table;
    /// let table = Table::counted([(0.0, 3, vec![], 0), (1.0, 0, vec![1], 0), (2.0, 0, vec![1], 1)], false);
    /// assert_eq!((table.units(), table.events()), (3, 2));
    /// assert!((table.survival_at(1.0) - 2.0 / 3.0).abs() < 1e-15);
    /// ```
    pub fn counted(counts: impl IntoIterator<Item = (f64, u64, Vec<u64>, u64)>, bucketed: bool) -> Self {
        let mut ages: BTreeMap<Ordered, Moment> = BTreeMap::new();
        let mut units = 0;
        for (age, entered, by_cause, censored) in counts {
            units += entered;
            let row = ages.entry(Ordered(age + 0.0)).or_insert_with(|| Moment::at(age));
            row.entered += entered;
            row.censored += censored;
            row.by_cause.resize(row.by_cause.len().max(by_cause.len()), 0);
            row.by_cause.iter_mut().zip(by_cause).for_each(|(into, x)| *into += x);
        }
        Self::of(ages.into_values(), units, bucketed)
    }

    fn of(ages: impl Iterator<Item = Moment>, units: u64, bucketed: bool) -> Self {
        let mut rows = Vec::new();
        let (mut watched, mut survival, mut greenwood) = (0_u64, 1.0, 0.0);
        let (mut hazard, mut hazard_variance) = (0.0, 0.0);
        for Moment { at: age, entered, by_cause, censored } in ages {
            watched += entered;
            let events: u64 = by_cause.iter().sum();
            let (n, d) = (watched as f64, events as f64);
            if d > 0.0 && n > 0.0 {
                survival *= (n - d).max(0.0) / n;
                greenwood += d / (n * (n - d).max(0.0));
                hazard += d / n;
                hazard_variance += d / (n * n);
            }
            rows.push(AgeRow {
                age,
                at_risk: watched,
                events,
                by_cause,
                censored,
                survival,
                greenwood,
                hazard,
                hazard_variance,
            });
            watched = watched.saturating_sub(events + censored);
        }
        Self { rows, units, bucketed }
    }

    /// Rows by age.
    pub fn rows(&self) -> &[AgeRow] {
        &self.rows
    }

    /// Units in all.
    pub const fn units(&self) -> u64 {
        self.units
    }

    /// Events in all.
    pub fn events(&self) -> u64 {
        self.rows.iter().map(|row| row.events).sum()
    }

    /// The last age anybody was watched at.
    pub fn last_age(&self) -> Option<f64> {
        self.rows.last().map(|row| row.age)
    }

    /// The row in force at an age: the last one not after it.
    pub fn row_at(&self, age: f64) -> Option<&AgeRow> {
        let after = self.rows.partition_point(|row| row.age <= age);
        after.checked_sub(1).and_then(|i| self.rows.get(i))
    }

    /// Survival just after an age; 1 before the first row.
    pub fn survival_at(&self, age: f64) -> f64 {
        self.row_at(age).map_or(1.0, |row| row.survival)
    }

    /// Cumulative hazard just after an age; 0 before the first row.
    pub fn hazard_at(&self, age: f64) -> f64 {
        self.row_at(age).map_or(0.0, |row| row.hazard)
    }

    /// Units under watch at an age: those who have come and neither left nor ended before it.
    pub fn at_risk(&self, age: f64) -> u64 {
        match self.row_at(age) {
            None => 0,
            Some(row) if row.age == age => row.at_risk,
            Some(row) => row.at_risk.saturating_sub(row.events + row.censored),
        }
    }
}
