//! Raw, adjusted, and times the causal share: the three columns.

use super::banded::{Banded, Drawn};
use super::kappa::Kappa;
use super::worlds::limits;
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;

/// A difference between two bands in its three columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Three {
    /// The upper band.
    pub upper: usize,
    /// The lower band.
    pub lower: usize,
    /// As the answers have it.
    pub raw: Drawn,
    /// After adjustment, standardised to the base.
    pub adjusted: Drawn,
    /// Adjusted times κ: what moving the score would bring.
    pub causal: f64,
    /// Interval of that, over worlds and draws of κ.
    pub causal_interval: Interval,
    /// Draws of that.
    pub causal_draws: Vec<f64>,
    /// True where the intervals of the two adjusted bands share more than half of the shorter.
    pub not_distinguishable: bool,
}

/// The three columns of a contrast.
///
/// Draw d of κ meets world d mod B of the contrast, so that all money that
/// hangs on the same κ moves together.
pub fn three_columns(
    raw: &Banded,
    adjusted: &Banded,
    kappa: &Kappa,
    (upper, lower): (usize, usize),
    level: Level,
) -> Three {
    let (raw, contrast) = (raw.contrast(upper, lower), adjusted.contrast(upper, lower));
    let world = |d: usize| match contrast.draws.len() {
        0 => contrast.value,
        worlds => contrast.draws[d % worlds],
    };
    let causal_draws: Vec<f64> = kappa.draws.iter().enumerate().map(|(d, k)| k * world(d)).collect();
    let causal = kappa.mean * contrast.value;
    let (low, high) = limits(&causal_draws, level).unwrap_or((causal, causal));
    let causal_interval = Interval::closed(low, high, level.value(), Method::Draws);
    let apart = (adjusted.band(upper).interval(level), adjusted.band(lower).interval(level));
    Three {
        upper,
        lower,
        raw,
        adjusted: contrast,
        causal,
        causal_interval,
        causal_draws,
        not_distinguishable: super::not_distinguishable(&apart.0, &apart.1),
    }
}
