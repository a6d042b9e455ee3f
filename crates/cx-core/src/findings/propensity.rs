//! Chances to leave or to buy again, with the check they passed.

use super::Fact;
use crate::ground::estimate::{Estimate, Refused};
use serde::Serialize;

/// What predictions were held against.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum HoldOut {
    /// The same customers at a later date.
    LaterDate {
        /// Day the model was fitted at.
        fitted_at: String,
        /// Day it was checked at.
        checked_at: String,
    },
    /// Other customers, where the records know no dates.
    OtherCustomers {
        /// Share of customers the model has not seen.
        share: f64,
    },
}

/// Chances of an event within some days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Propensity {
    /// What may happen: `leaves`, `buys`.
    pub event: String,
    /// Within how many days.
    pub days: u32,
    /// Day the chances speak from.
    pub from: String,
    /// What predictions were held against.
    pub hold_out: HoldOut,
    /// What the chances depend on: odds ratios of levels against another.
    pub terms: Vec<Term>,
    /// What was looked at and is not in the model, each with its reason.
    pub left_out: Vec<(String, String)>,
    /// How predictions did on the hold-out.
    pub calibration: Calibration,
    /// Why no chances are shown, where the calibration failed.
    pub refused: Option<Refused>,
    /// Customers by chance, from the highest; empty where refused.
    pub bands: Vec<Band>,
    /// How many are expected: `retention/leaving/expected`.
    pub expected: Fact,
    /// Money that goes with it: `retention/revenue_at_risk`; none without amounts.
    pub revenue: Option<Fact>,
}

/// A level of a covariate in a model of chances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// The covariate.
    pub covariate: String,
    /// The level.
    pub level: String,
    /// The level it is held against.
    pub against: String,
    /// Customers, or months that customers were watched, at the level when the model was fitted.
    pub n: u64,
    /// Odds ratio.
    pub odds_ratio: Estimate,
}

/// How predictions did on rows the model has not seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// What a row is: a customer, or a customer in a month.
    pub unit: String,
    /// Rows.
    pub rows: u64,
    /// Events among them.
    pub events: u64,
    /// Mean predicted chance.
    pub predicted: f64,
    /// Share that happened: `retention/leaving/observed`.
    pub observed: Fact,
    /// Constant to add on the logit scale; 0 is right on average.
    pub in_the_large: Option<Estimate>,
    /// Slope of the outcome on the predicted logit; 1 is right, below 1 predictions are too extreme.
    pub slope: Option<Estimate>,
    /// Chance that one with the event was given more than one without.
    pub area: Option<f64>,
    /// Mean squared error.
    pub brier: Option<f64>,
    /// Tenths of the rows by predicted chance.
    pub bins: Vec<Bin>,
    /// What this says.
    pub said: String,
}

/// Rows of like chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Mean predicted chance.
    pub predicted: f64,
    /// Share that happened.
    pub happened: f64,
    /// Lower limit (Wilson).
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Rows.
    pub n: u64,
}

/// Customers of like chance, now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Lowest chance in it.
    pub low: f64,
    /// Highest.
    pub high: f64,
    /// Customers.
    pub customers: u64,
    /// How many events are expected.
    pub expected: f64,
    /// Their revenue of twelve months, major units.
    pub revenue: Option<f64>,
    /// Chance times revenue, added up.
    pub at_risk: Option<f64>,
}

impl Propensity {
    pub(super) fn facts(&self) -> impl Iterator<Item = &Fact> {
        [&self.expected, &self.calibration.observed].into_iter().chain(&self.revenue)
    }
}
