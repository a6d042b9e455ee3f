//! Everything found about one metric.

use super::{Change, Level, MetricInfo};
use crate::ground::estimate::{Estimate, Refused};
use serde::Serialize;

/// Everything a run found about one metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// Which metric, exactly.
    pub metric: MetricInfo,
    /// The figure for everybody over the whole window; its absence says what
    /// is missing where the metric cannot be computed at all.
    pub overall: Level,
    /// Figures by slice and period, in order of slice and time; empty where none were asked for.
    pub levels: Vec<Level>,
    /// Changes between neighbouring periods, or against the previous window.
    pub changes: Vec<Change>,
    /// How the overall figure stands to its plan.
    pub target: Option<TargetCheck>,
    /// Comparisons that must not be made, with the rule.
    pub refused: Vec<Refused>,
    /// Where the rows of its table went.
    pub records: Records,
}

/// Rows that did and did not make it into the figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Records {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// Units that passed the conditions of the formula.
    pub units: u64,
    /// Of these: without a moment.
    pub undated: u64,
    /// Of these: outside the window.
    pub outside: u64,
    /// Of these: too young for the window they need.
    pub censored: u64,
    /// Of these: with a blank where the formula needs a value.
    pub blank: u64,
    /// Of these: without the key or cluster.
    pub lone: u64,
}

/// How a figure stands to its plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetCheck {
    /// The planned value, in engine units.
    pub target: f64,
    /// Where it stood when the plan was made.
    pub baseline: Option<f64>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Figure minus target.
    pub distance: Estimate,
    /// What can be said.
    pub verdict: Verdict,
}

/// What can be said about a figure and its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The whole interval lies on the good side of the target.
    Meets,
    /// The whole interval lies on the bad side.
    Misses,
    /// The interval holds the target.
    CannotBeTold,
}
