//! A difference between two figures.

use super::PeriodName;
use crate::ground::estimate::Estimate;
use crate::ground::segment::Slice;
use serde::Serialize;

/// A change of one metric between two periods, for one slice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Stable id: `nps/2026-03-vs-2026-02`, `nps/channel=email/2026-03-vs-2026-02`.
    pub id: String,
    /// Whom it speaks about.
    pub slice: Slice,
    /// Before.
    pub before: PeriodName,
    /// After.
    pub after: PeriodName,
    /// After minus before, or why it must not be given.
    pub difference: Estimate,
    /// Two-sided p value of no change.
    pub p: Option<f64>,
    /// The same, corrected for all looks of the family (Benjamini-Hochberg).
    pub p_adjusted: Option<f64>,
    /// True where the corrected p value is below 1 − level: only then is there an arrow.
    pub significant: bool,
    /// Difference over the value before; none where the unit's zero is a convention.
    pub relative: Option<f64>,
    /// Customers who stand in both periods, where they are known.
    pub in_both: Option<u64>,
    /// What happened within groups and what their mix did, per dimension asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub splits: Vec<MixSplit>,
}

/// A change split into what happened within groups and what their mix did:
/// `within + mix` is the change of the weighted mean, exactly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixSplit {
    /// The dimension whose groups were looked at.
    pub dimension: String,
    /// Figure before, over the groups that have one.
    pub before: f64,
    /// Figure after.
    pub after: f64,
    /// Part that happened within groups.
    pub within: f64,
    /// Part that the mix of groups did.
    pub mix: f64,
    /// Each group.
    pub parts: Vec<MixPart>,
}

/// One group's part of a split.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixPart {
    /// The group.
    pub value: String,
    /// Its share of the weight before and after, 0..1.
    pub weight: (f64, f64),
    /// Its figure before and after.
    pub score: (Option<f64>, Option<f64>),
    /// Its part within.
    pub within: f64,
    /// Its part by mix.
    pub mix: f64,
}
