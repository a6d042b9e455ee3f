//! What charts of initiatives draw: effects over time, draws, swings, amounts and grades.

use super::figure::{Figure, Mark};
use schemars::JsonSchema;
use serde::Serialize;

/// An effect at a time since the start.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EventPoint {
    /// Periods since the start; negative before it.
    pub at: i64,
    /// The effect, with the band that holds all points at once.
    pub figure: Figure,
}

/// One input and what an amount would be if it stood low or high.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Swing {
    /// Name of the input.
    pub label: String,
    /// Stable name of where it comes from: `data`, `design`, `prior`, `judgement`, `fixed`.
    pub origin: String,
    /// The same in words.
    pub origin_text: String,
    /// The amount with the input low.
    pub low: Mark,
    /// The amount with the input high.
    pub high: Mark,
}

/// One amount as a bar from zero.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Amount {
    /// Name.
    pub label: String,
    /// What it belongs to; may be empty.
    pub group: String,
    /// The amount.
    pub mark: Mark,
}

/// One chain of evidence on the scale of grades.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GradeRow {
    /// Name.
    pub label: String,
    /// Number of its grade among the columns; none where it has none.
    pub grade: Option<usize>,
    /// Number of the best grade that the records allow.
    pub best: Option<usize>,
    /// The weakest arrow, in words.
    pub text: String,
}
