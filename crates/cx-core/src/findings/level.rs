//! A figure: one metric, one slice, one period.

use crate::ground::estimate::Estimate;
use crate::ground::segment::Slice;
use serde::Serialize;

/// A stretch of time by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodName {
    /// `2026-03`, `2026-Q1`, `2026-01-01..2026-12-31`, or `all` where rows carry no time.
    pub label: String,
    /// First day, ISO; none where rows carry no time.
    pub first: Option<String>,
    /// Last day, ISO, included.
    pub last: Option<String>,
    /// True where the records do not hold all of its days.
    pub partial: bool,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// Stable id: `nps`, `nps/channel=email`, `nps/channel=email/2026-03`.
    pub id: String,
    /// Whom it speaks about.
    pub slice: Slice,
    /// When; the whole window of the run where no calendar cut was asked for.
    pub period: PeriodName,
    /// The figure with its interval, or why there is none.
    pub estimate: Estimate,
    /// The figure pulled towards the overall value by its reliability, for groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shrunk: Option<Shrunk>,
    /// Against everybody else in the same period, for groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against_rest: Option<AgainstRest>,
}

/// A figure pulled towards the overall value by its reliability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shrunk {
    /// The figure after.
    pub value: f64,
    /// Lower limit after.
    pub low: f64,
    /// Upper limit after.
    pub high: f64,
    /// Share of its distance to the overall value that is kept, 0..1.
    pub reliability: f64,
}

/// A group against everybody else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgainstRest {
    /// Group minus the rest.
    pub difference: Estimate,
    /// Two-sided p value.
    pub p: Option<f64>,
    /// The same, corrected for all looks of the family (Benjamini-Hochberg).
    pub p_adjusted: Option<f64>,
    /// True where the corrected p value is below 1 − level.
    pub significant: bool,
}
