//! A number as value and as text, and how it bears on the reader.

use schemars::JsonSchema;
use serde::Serialize;

/// A number with its interval, as value and as text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Figure {
    /// The number in engine units (shares 0..1, time in seconds), or none with `absent`.
    pub value: Option<f64>,
    /// Lower limit; none when open or without interval.
    pub low: Option<f64>,
    /// Upper limit; none when open or without interval.
    pub high: Option<f64>,
    /// Stable name of the unit of value and limits: `share`, `points`, `money`, `seconds`.
    pub unit: String,
    /// The number as text: `54.7 %`, `+30.0`, `€ 1,204`.
    pub text: String,
    /// The interval as text: `54.4 to 55.0`; empty without one.
    pub interval: String,
    /// Rows behind it, as text: `129,880`.
    pub n: String,
    /// How axis ticks of this figure are written.
    pub format: Format,
    /// Why there is no number, in words.
    pub absent: Option<String>,
    /// Doubts to show beside it, in words.
    pub caveats: Vec<String>,
}

/// How the numbers of an axis are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Share 0..1 written in percent.
    Percent,
    /// A plain number.
    Number,
    /// A signed net.
    Points,
    /// Money in the document's currency.
    Money,
    /// Seconds, written in the fitting unit of time.
    Duration,
}

/// A value marked on a chart's axis, with its text: a target, an overall value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Mark {
    /// Where it stands, in engine units.
    pub value: f64,
    /// The number as text.
    pub text: String,
}

/// A label and its value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value as text.
    pub value: String,
    /// How to take it: decides its colour.
    pub tone: Tone,
}

/// How a statement bears on the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Neither good nor bad.
    Neutral,
    /// Good.
    Good,
    /// Bad.
    Bad,
    /// Needs attention before the numbers are used.
    Warning,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither by itself.
    None,
}
