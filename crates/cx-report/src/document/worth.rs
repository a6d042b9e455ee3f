//! What charts of value draw: curves of staying, outcomes by score band, forecasts held against what happened.

use super::figure::{Figure, Format, Mark};
use schemars::JsonSchema;
use serde::Serialize;

/// One group's curve: the share that is still there.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SurvivalCurve {
    /// Finding id.
    pub finding: String,
    /// Group name.
    pub label: String,
    /// Where the curve steps, in time order, the first at 0; it keeps each share until the next step.
    pub steps: Vec<SurvivalStep>,
    /// The last moment at which anybody was watched: the curve ends there.
    pub end: f64,
    /// Moments at which somebody was last seen and had not left; may be empty where they are many.
    pub censored: Vec<f64>,
    /// The share at each tick of the time axis; its `n` counts those still watched then.
    pub at_ticks: Vec<Figure>,
    /// When half have left; absent where fewer than half ever do.
    pub median: Figure,
}

/// One step of a curve.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SurvivalStep {
    /// When, in the unit of the time axis.
    pub time: f64,
    /// The share from here on, 0..1.
    pub share: f64,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
}

/// One outcome by score band.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BandPanel {
    /// Name of the outcome: `kept for a year`, `margin a year`.
    pub title: String,
    /// One row per band, the lowest first.
    pub rows: Vec<BandRow>,
    /// How values are written.
    pub format: Format,
    /// True where the axis holds zero: money, differences.
    pub zero: bool,
}

/// One band of an outcome, or one difference between bands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BandRow {
    /// Finding id.
    pub finding: String,
    /// Name of the band or of the difference.
    pub label: String,
    /// One cell per column.
    pub cells: Vec<BandCell>,
}

/// One band's value in one column.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BandCell {
    /// The value with its interval.
    pub figure: Figure,
    /// True where it can be told from the band it is held against; none for that band itself.
    pub apart: Option<bool>,
}

/// One period of a backtest.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BacktestPoint {
    /// Period name.
    pub label: String,
    /// What happened, where it is known.
    pub actual: Option<Mark>,
    /// What the model says, with its interval.
    pub model: Option<Figure>,
    /// What the simple forecast says.
    pub baseline: Option<Mark>,
}
