//! Units of measured figures, and which way is better.
//!
//! Shares are 0..1 everywhere in the engine. Percent signs, thousands
//! separators and currency symbols appear only where numbers become text
//! (`cx-report`).

use serde::{Deserialize, Serialize};

/// Which way a metric improves. Colour and arrows come from this field alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Both ends are bad (handle time, containment): only the distance to a target judges.
    Target,
    /// Describes, never judges.
    Neutral,
}

/// The unit of a figure.
///
/// # Examples
/// ```
/// use cx_core::ground::unit::Unit;
/// assert!(Unit::Points.has_arbitrary_zero());
/// assert!(!Unit::Share.has_arbitrary_zero());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share of a whole, 0..1.
    Share,
    /// A ratio that may exceed 1 (net revenue retention, clients per seat).
    Ratio,
    /// Net points, -100..100 (NPS and other nets).
    Points,
    /// Points of the question's own scale.
    ScalePoints,
    /// An index 0..100.
    Index,
    /// Stars of a review scale.
    Stars,
    /// A plain count.
    Count,
    /// A mean number of things per unit (contacts per case, orders per buyer).
    PerUnit,
    /// Events per 100 exposure units.
    PerHundred,
    /// Events per 1000 exposure units.
    PerThousand,
    /// Events per customer-month.
    PerMonth,
    /// Events per headcount-year.
    PerYear,
    /// Money in the reporting currency, major units (euros, not cents).
    Money,
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Months of 365.25/12 days.
    Months,
}

impl Unit {
    /// True where the zero is a convention, so that a percentage change means
    /// nothing: nets and scale means. Only differences are given there.
    pub const fn has_arbitrary_zero(self) -> bool {
        matches!(self, Self::Points | Self::ScalePoints | Self::Index | Self::Stars)
    }

    /// Legal range of a figure in this unit, where the unit has one.
    pub const fn range(self) -> (Option<f64>, Option<f64>) {
        match self {
            Self::Share => (Some(0.0), Some(1.0)),
            Self::Points => (Some(-100.0), Some(100.0)),
            Self::Index => (Some(0.0), Some(100.0)),
            Self::Count
            | Self::PerUnit
            | Self::PerHundred
            | Self::PerThousand
            | Self::PerMonth
            | Self::PerYear => (Some(0.0), None),
            _ => (None, None),
        }
    }
}
