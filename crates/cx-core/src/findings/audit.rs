//! Whether the metrics in use earn their place.

use super::value::or_absent;
use super::{Fact, Verdict};
use crate::ground::estimate::{Absent, Estimate};
use crate::ground::unit::Unit;
use serde::Serialize;

/// Metrics, scores and tables, looked at one by one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditReport {
    /// The last complete day of records.
    pub as_of: Option<String>,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// Level of every interval.
    pub level: f64,
    /// Metrics in use that have data or a target.
    pub metrics: Vec<MetricAudited>,
    /// Scores that customers give.
    pub scores: Vec<ScoreAudited>,
    /// Tables, those that are there first.
    pub tables: Vec<TableHeld>,
    /// Every figure, for `cx explain`.
    pub facts: Vec<Fact>,
}

/// One metric in use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricAudited {
    /// Id, variant and changed constants.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Unit of its figures.
    pub unit: Unit,
    /// The figure.
    pub estimate: Estimate,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The value to reach.
    pub target: Option<f64>,
    /// How it stands to that.
    pub against_target: Option<Verdict>,
    /// The table that it counts.
    pub table: String,
    /// Day of the newest row of that table.
    pub newest: Option<String>,
    /// Days from that to the last day of records.
    pub age_days: Option<i32>,
    /// The score that it is made of.
    pub score: Option<String>,
    /// Initiatives that are to move it.
    pub initiatives: Vec<String>,
    /// What it lacks: `owner`, `target`, `decision`, `fresh rows`, `figure`.
    pub lacks: Vec<String>,
}

/// A score that customers give.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreAudited {
    /// `nps`, `csat`, `effort`.
    pub score: String,
    /// First and last day of the two periods that are compared, the earlier first.
    pub periods: [(String, String); 2],
    /// Answers in them.
    pub answers: [u64; 2],
    /// How far the answers moved along their scale.
    #[serde(serialize_with = "or_absent")]
    pub drift: Result<Shift, Absent>,
    /// How far what the answers are made of moved: a break, after which figures are not those of before.
    pub makeup: Vec<(String, Shift)>,
    /// Times that a known customer who answered did so in the last year, on average.
    pub times_answered: Option<Estimate>,
    /// Share of them who answered more than four times.
    pub answered_often: Option<Estimate>,
    /// Share of the differences between units that is not chance.
    pub reliability: Option<Estimate>,
    /// What it adds to what is known of customers.
    #[serde(serialize_with = "or_absent")]
    pub added: Result<AddedFound, Absent>,
    /// Figures of initiatives that hang on it.
    pub dependents: Vec<String>,
}

/// A distribution that moved, or did not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shift {
    /// Population stability index.
    pub index: f64,
    /// What it would stay below in 95 of 100 cases if nothing had moved.
    pub chance: f64,
    /// True above 0.2 and above chance.
    pub alarm: bool,
}

/// What a score adds to a forecast of who stays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AddedFound {
    /// What is known without it.
    pub known: Vec<String>,
    /// Days after the answer.
    pub window_days: u32,
    /// Customers foretold.
    pub customers: u64,
    /// Mean log loss without it, out of sample.
    pub without: f64,
    /// The same with it.
    pub with: f64,
    /// Log loss that it takes away.
    pub gain: Estimate,
    /// Area under the curve without it and with it.
    pub areas: (Option<f64>, Option<f64>),
    /// `adds`, `nothing`, `harms`.
    pub verdict: AddsWord,
}

/// What can be said of what a score adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AddsWord {
    /// The whole interval is above 0.
    Adds,
    /// The interval holds 0.
    Nothing,
    /// The whole interval is below 0.
    Harms,
}

/// A table, there or missing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableHeld {
    /// Its name.
    pub table: String,
    /// Rows; none where it is missing.
    pub rows: Option<u64>,
    /// Day of its newest row.
    pub newest: Option<String>,
    /// Days from that to the last day of records.
    pub age_days: Option<i32>,
    /// What it makes possible.
    pub allows: String,
    /// Metrics that it alone keeps from being computed.
    pub waiting: usize,
}
