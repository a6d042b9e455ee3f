//! What charts of pairs draw: what was said beside what was found, row by row on one axis.

use super::figure::{Figure, Format, Tone};
use schemars::JsonSchema;
use serde::Serialize;

/// Pairs on one axis: promised and delivered, said and held, claimed and found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Pairs {
    /// Rows in the order to draw them.
    pub rows: Vec<PairRow>,
    /// Name of what was said: `promised`.
    pub first: String,
    /// Name of what was found: `delivered`.
    pub second: String,
    /// Name of what was said later; empty where there is none.
    pub beside: String,
    /// How values are written.
    pub format: Format,
    /// True where the axis holds zero.
    pub zero: bool,
}

/// One pair.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PairRow {
    /// Finding id.
    pub finding: String,
    /// Name.
    pub label: String,
    /// What was said; none where it has no place on this axis.
    pub first: Option<Span>,
    /// What was said later, in order.
    pub beside: Vec<Span>,
    /// What was found.
    pub second: Figure,
    /// How the two stand to each other, in a few words.
    pub text: String,
    /// How that bears on the reader.
    pub tone: Tone,
}

/// A point, a range, or both. A limit that is not there is open where the other is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Span {
    /// The point.
    pub value: Option<f64>,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// All of it as text.
    pub text: String,
}
