//! Whether what was planted in the company's own records is found again.

use super::CheckFound;
use super::value::or_absent;
use crate::ground::estimate::{Absent, Estimate};
use crate::ground::unit::Unit;
use serde::Serialize;

/// Everything the recovery test says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecoveryReport {
    /// The last complete day of records.
    pub as_of: String,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// Level of every interval.
    pub level: f64,
    /// The effect that was planted, as a share of what the treated bring: 0.1 for +10 %.
    pub effect: f64,
    /// Lots that were asked for.
    pub repeats: u32,
    /// Seed of the lots.
    pub seed: u64,
    /// What was found; why the records do not allow it.
    #[serde(serialize_with = "or_absent")]
    pub recovered: Result<Recovered, Absent>,
}

/// What the study said of effects that are known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recovered {
    /// True where coverage and placebo are as they should be, or chance explains the rest.
    pub holds: bool,
    /// What was judged.
    pub checks: Vec<CheckFound>,
    /// The outcome it was planted in: `margin` or `spend`.
    pub outcome: String,
    /// Unit of every effect: of one customer over the window.
    pub unit: Unit,
    /// The design by which the study measured.
    pub design: String,
    /// The first day of the effect, and of outcomes.
    pub from: String,
    /// The last day of outcomes.
    pub until: String,
    /// Months of outcomes.
    pub months: f64,
    /// Customers who bought in the year before the first day and had not left.
    pub active: u64,
    /// Of these, drawn in each lot and treated.
    pub treated: u64,
    /// Drawn and not treated.
    pub control: u64,
    /// What a customer brings where nothing is planted, mean over lots.
    pub without: f64,
    /// Lots with the effect planted.
    pub planted: Tried,
    /// The same lots with nothing planted.
    pub placebo: Tried,
    /// What before and after among the treated say of the planted effect, none where there are too few days before.
    pub before_after: Option<Naive>,
    /// The smallest effect that is found in four of five lots, median over lots; none where no lot gave one.
    pub detectable: Option<f64>,
    /// The same as a share of what a customer brings.
    pub detectable_share: Option<f64>,
}

/// One effect, planted again and again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tried {
    /// The effect that was planted, mean over lots.
    pub truth: f64,
    /// The effect that was measured, mean over lots.
    pub measured: Estimate,
    /// Measured less planted, mean over lots.
    pub bias: Estimate,
    /// Share of lots whose interval holds what was planted, of those with an interval.
    pub covered: Estimate,
    /// Share of lots in which an effect of the planted sign was called; of either sign for a placebo.
    pub called: Estimate,
    /// Lots in which an effect of the other sign was called; none for a placebo.
    pub wrong_sign: u64,
    /// Lots in which a check failed or no interval came, so that nothing was called.
    pub withheld: u64,
}

/// A comparison that knows no control.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Naive {
    /// What it said, mean over lots.
    pub measured: Estimate,
    /// Share of lots whose interval holds what was planted.
    pub covered: Estimate,
}
