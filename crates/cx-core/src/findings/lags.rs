//! How long a change of score takes to show in an outcome.

use crate::ground::estimate::Estimate;
use serde::Serialize;

/// An outcome over periods and units, on a score of the same period and of those before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LagsReport {
    /// The score's metric by name.
    pub score: String,
    /// The outcome's metric by name.
    pub outcome: String,
    /// Columns whose values are the units; none where the company is the one unit.
    pub by: Vec<String>,
    /// Length of the periods.
    pub every: String,
    /// Units.
    pub units: u64,
    /// Periods.
    pub periods: u64,
    /// Most periods between score and outcome that were looked at.
    pub most: u64,
    /// Change of the outcome per score point, by periods between them.
    pub effects: Vec<LagEffect>,
    /// Their sum.
    pub long_run: Estimate,
    /// t of earlier scores on the outcome, and of earlier outcomes on the score.
    pub precedence: (f64, f64),
    /// True where the score goes before the outcome more strongly than the other way round.
    pub established: bool,
    /// True where the effects lie on a parabola.
    pub smoothed: bool,
}

/// The effect at one lag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LagEffect {
    /// Periods between score and outcome.
    pub lag: u64,
    /// Change of the outcome per score point.
    pub effect: Estimate,
}
