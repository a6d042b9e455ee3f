//! A metric on one card, against its target and against the time before.

use super::figure::{Figure, Tone, Way};
use schemars::JsonSchema;
use serde::Serialize;

/// A metric on one card.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tile {
    /// Finding id.
    pub finding: String,
    /// Metric id with its variant: `csat_t2b`, `fcr_window[W=7d]`.
    pub metric: String,
    /// Name in the report's language.
    pub name: String,
    /// The figure.
    pub figure: Figure,
    /// Ends of the bullet bar's axis.
    pub axis: (f64, f64),
    /// Which way is better.
    pub direction: Way,
    /// The plan's value and verdict.
    pub target: Option<Target>,
    /// Change against the previous period; absent where none may be given.
    pub change: Option<Change>,
}

/// A target and how the figure stands to it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Target {
    /// The planned value.
    pub value: f64,
    /// As text.
    pub text: String,
    /// `meets`, `misses` or `cannot be told from`.
    pub verdict: String,
    /// How the verdict bears on the reader.
    pub tone: Tone,
}

/// A change with its interval.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Change {
    /// Against what: `vs 2026-02`.
    pub against: String,
    /// The difference.
    pub figure: Figure,
    /// True where the interval excludes 0 after correction for many looks:
    /// only then is there an arrow.
    pub significant: bool,
    /// How it bears on the reader.
    pub tone: Tone,
}
