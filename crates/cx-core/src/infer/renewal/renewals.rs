//! Renewals counted: how many came up, how many were let go.

use crate::ground::estimate::Refused;

/// Renewals that must have been observed before a curve is fitted to them.
pub const LEAST_RENEWALS: usize = 4;

/// Customers whose first, second, … renewal came up, and those who left at it.
///
/// Cohorts that share one law add up: the chance to leave at a renewal depends
/// on its number alone. Counts may be weighted.
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::Renewals;
/// let mut all = Renewals::of_survivors(&[1000.0, 869.0, 743.0]).unwrap();
/// all.merge(&Renewals::of_survivors(&[500.0, 440.0]).unwrap());
/// assert_eq!(all.at(1), (1500.0, 191.0));
/// assert_eq!(all.at(2), (869.0, 126.0));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Renewals {
    due: Vec<f64>,
    lost: Vec<f64>,
}

impl Renewals {
    /// From survivors of one cohort: at the start, after the first renewal, the second, …
    ///
    /// # Errors
    /// A refusal where they rise, are negative or no numbers.
    pub fn of_survivors(survivors: &[f64]) -> Result<Self, Refused> {
        let mut renewals = Self::default();
        for (i, pair) in survivors.windows(2).enumerate() {
            let ([before, after], number) = (pair, i + 1) else { continue };
            if !(after.is_finite() && before.is_finite() && *after >= 0.0 && after <= before) {
                return Err(Refused {
                    rule: "renewals_rise".to_owned(),
                    reason: format!("{before} before renewal {number} and {after} after it"),
                    lift: "give survivors of one cohort, which never rise".to_owned(),
                });
            }
            renewals.add(number, *before, before - after);
        }
        Ok(renewals)
    }

    /// Adds customers whose renewal `number` (from 1) came up, and how many of them left at it.
    pub fn add(&mut self, number: usize, due: f64, lost: f64) {
        if number == 0 || due <= 0.0 {
            return;
        }
        if self.due.len() < number {
            self.due.resize(number, 0.0);
            self.lost.resize(number, 0.0);
        }
        self.due[number - 1] += due;
        self.lost[number - 1] += lost;
    }

    /// Adds another cohort of the same law.
    pub fn merge(&mut self, other: &Self) {
        self.add_times(other, 1.0);
    }

    /// Adds another cohort as if every customer of it stood there `times` times.
    pub(super) fn add_times(&mut self, other: &Self, times: f64) {
        for (i, (due, lost)) in other.due.iter().zip(&other.lost).enumerate() {
            self.add(i + 1, times * due, times * lost);
        }
    }

    /// Customers whose renewal `number` came up, and those who left at it.
    pub fn at(&self, number: usize) -> (f64, f64) {
        let i = number.wrapping_sub(1);
        self.due.get(i).zip(self.lost.get(i)).map_or((0.0, 0.0), |(due, lost)| (*due, *lost))
    }

    /// Number of the renewal, customers due and customers lost.
    pub fn rows(&self) -> impl Iterator<Item = (usize, f64, f64)> {
        self.due.iter().zip(&self.lost).enumerate().map(|(i, (due, lost))| (i + 1, *due, *lost))
    }

    /// Renewals that came up for anybody.
    pub fn observed(&self) -> usize {
        self.due.iter().filter(|due| **due > 0.0).count()
    }

    /// Customers lost at any renewal.
    pub fn lost(&self) -> f64 {
        self.lost.iter().sum()
    }

    /// Renewals due, all numbers together.
    pub fn due(&self) -> f64 {
        self.due.iter().sum()
    }

    /// Why no curve may be fitted; `None` where one may.
    pub(super) fn refusal(&self) -> Option<Refused> {
        let refused = |rule: &str, reason: String, lift: &str| {
            Some(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
        };
        if self.observed() < LEAST_RENEWALS {
            return refused(
                "few_renewals",
                format!("{} renewals were observed, {LEAST_RENEWALS} are needed", self.observed()),
                "watch longer, or take the life table with a constant tail",
            );
        }
        if self.lost() <= 0.0 {
            return refused(
                "nobody_left",
                "nobody has left at any renewal".to_owned(),
                "watch until some have left, or take the life table",
            );
        }
        if self.lost() >= self.due() {
            return refused(
                "nobody_stayed",
                "nobody has ever renewed".to_owned(),
                "there is nothing to project",
            );
        }
        None
    }
}
