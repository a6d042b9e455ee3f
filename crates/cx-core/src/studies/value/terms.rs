//! What the study runs on.

use crate::findings::Fact;
use crate::ground::period::{Day, Instant};
use crate::infer::Level;
use crate::infer::lifetime_value::Convention;
use crate::tables::dataset::Dataset;

/// What money needs besides the records.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Contribution margin as a share of revenue, where lines carry none.
    pub margin: Option<f64>,
    /// Discount rate a year.
    pub rate: f64,
    /// Whether the rate was set, and is not the default.
    pub rate_is_set: bool,
    /// Years that values look ahead.
    pub years: f64,
    /// When payments count.
    pub convention: Convention,
    /// Customers to be won, by year from now.
    pub new_customers: Vec<f64>,
    /// Share of the referred who would not have come anyway, where it was asked.
    pub referral_new: Option<f64>,
    /// Reward for a referral.
    pub referral_reward: f64,
}

/// The records and how figures are judged.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The records.
    pub data: &'a Dataset,
    /// First day of records, and the first day after them.
    pub covered: (Day, Day),
    /// Level of every interval.
    pub level: Level,
    /// Seed of resampled worlds.
    pub seed: u64,
    /// The reporting currency's code, and its minor units in a major one.
    pub currency: Option<(&'a str, f64)>,
    /// What money needs besides the records.
    pub terms: &'a Terms,
    /// Figures of the catalogue that belong beside values, as `value/ID`.
    pub measured: &'a [Fact],
    /// Columns of customers or purchases that profiles of the best are cut by.
    pub segments: &'a [String],
}

impl Context<'_> {
    /// The last complete day of records.
    pub(super) fn last(&self) -> Day {
        self.covered.1.plus(-1)
    }

    /// Days of records.
    pub(super) fn days(&self) -> i32 {
        self.covered.1.0 - self.covered.0.0
    }

    /// The start of a day in the project's zone.
    pub(super) fn start(&self, day: Day) -> Instant {
        self.data.calendar.start_of(day)
    }

    /// Minor units in a major one of the reporting currency.
    pub(super) fn minor(&self) -> f64 {
        self.currency.map_or(100.0, |(_, minor)| minor)
    }

    /// The discount factor of so many years from now.
    pub(super) fn discount(&self, years: f64) -> f64 {
        (1.0 + self.terms.rate).powf(-years)
    }
}
