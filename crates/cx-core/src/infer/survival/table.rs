//! The Kaplan-Meier table.

use crate::stats::Life;

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
        let mut rows = Vec::new();
        let (mut watched, mut survival, mut greenwood) = (0_u64, 1.0, 0.0);
        let (mut hazard, mut hazard_variance) = (0.0, 0.0);
        for (age, row) in life.rows() {
            watched += row.entered;
            let (n, d) = (watched as f64, row.all_events() as f64);
            if d > 0.0 && n > 0.0 {
                survival *= (n - d).max(0.0) / n;
                greenwood += d / (n * (n - d).max(0.0));
                hazard += d / n;
                hazard_variance += d / (n * n);
            }
            rows.push(AgeRow {
                age,
                at_risk: watched,
                events: row.all_events(),
                by_cause: row.events.clone(),
                censored: row.censored,
                survival,
                greenwood,
                hazard,
                hazard_variance,
            });
            watched = watched.saturating_sub(row.all_events() + row.censored);
        }
        Self { rows, units: life.units(), bucketed: !life.is_exact() }
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
