//! The causal share: how much of an adjusted difference moving the score would bring.

use super::initiatives::{Initiative, pooled_shares, predictive};
use super::worlds::limits;
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::{Tails, beta, normal};
use crate::stats::{cluster_hash, world_bits};

/// A share above this is not believed: measurement error makes slopes too small, not by more than half.
const MOST: f64 = 1.5;

/// Points of the grid on which the prior is updated.
const GRID: usize = 3001;

/// Where the causal share comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Beta(2, 2): nobody has measured it here.
    Prior,
    /// The prior with the likelihood of few initiatives.
    Updated,
    /// Random effects over five initiatives or more.
    Measured,
}

/// The causal share κ as draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Kappa {
    /// Mean of the draws.
    pub mean: f64,
    /// Percentile interval of the draws.
    pub interval: Interval,
    /// The draws, 0..1.5.
    pub draws: Vec<f64>,
    /// Where it comes from.
    pub origin: Origin,
    /// Initiatives that entered.
    pub initiatives: usize,
    /// Initiatives left out because the change they should have brought is not told from 0.
    pub left_out: usize,
    /// Share of the draws that were cut at 0 or 1.5.
    pub clipped: f64,
}

/// κ of a new initiative, from those that were measured both ways.
///
/// None: Beta(2, 2). One or two: that prior times their normal likelihoods, on
/// a grid. Three or four: the same with their spread τ² (REML) added to each
/// variance, and to the draws, since a new initiative is not the mean of the
/// old. Five or more: μ + t_{k−2} √(τ² + se²) replaces the prior; the interval
/// of the mean would hold a new share far too seldom. Draws are cut to 0..1.5
/// and the share cut is given. An initiative counts only where the interval of
/// its promised change keeps clear of 0. Deterministic in `seed`.
/// Source: definition of this product; pooling as in [`pooled_shares`].
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{kappa, Origin};
/// use cx_core::infer::Level;
/// let prior = kappa(&[], 4000, 1, Level::P95);
/// assert_eq!(prior.origin, Origin::Prior);
/// assert!((prior.mean - 0.5).abs() < 0.01);
/// // The 2.5 % point of Beta(2, 2).
/// assert!((prior.interval.low.unwrap() - 0.094_299).abs() < 0.02);
/// ```
pub fn kappa(initiatives: &[Initiative], draws: usize, seed: u64, level: Level) -> Kappa {
    let shares: Vec<(f64, f64)> = initiatives.iter().filter_map(|i| i.share(level)).collect();
    let left_out = initiatives.len() - shares.len();
    let uniform = |input: &str, d: usize| {
        let bits = world_bits(cluster_hash(seed, input.as_bytes()), u32::try_from(d).unwrap_or(u32::MAX));
        ((bits >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    };
    let count = shares.len();
    let (origin, raw): (Origin, Vec<f64>) = match count {
        0 => {
            let draw = |d| beta::quantile(Tails::below(uniform("kappa", d)), 2.0, 2.0);
            (Origin::Prior, (0..draws).map(draw).collect())
        }
        1..=4 => {
            let spread =
                if count > 2 { pooled_shares(&shares, level).map_or(0.0, |p| p.spread) } else { 0.0 };
            let cumulated = updated(&shares, spread);
            let draw = |d| {
                let new = normal::quantile(Tails::below(uniform("kappa of a new one", d)));
                spread.sqrt().mul_add(new, at(&cumulated, uniform("kappa", d)))
            };
            (Origin::Updated, (0..draws).map(draw).collect())
        }
        _ => (Origin::Measured, predictive(&shares, level, (0..draws).map(|d| uniform("kappa", d)))),
    };
    let cut = raw.iter().filter(|x| !(0.0..=MOST).contains(*x)).count();
    let kept: Vec<f64> = raw.into_iter().map(|x| x.clamp(0.0, MOST)).collect();
    let (low, high) = limits(&kept, level).unwrap_or((0.0, MOST));
    Kappa {
        mean: kept.iter().sum::<f64>() / draws.max(1) as f64,
        interval: Interval::closed(low, high, level.value(), Method::Draws),
        clipped: cut as f64 / draws.max(1) as f64,
        draws: kept,
        origin,
        initiatives: count,
        left_out,
    }
}

/// The distribution function of prior times likelihoods on the grid 0..1.
fn updated(shares: &[(f64, f64)], spread: f64) -> Vec<f64> {
    let log = |x: f64| {
        let likelihood = |(share, se): &(f64, f64)| -0.5 * (share - x) * (share - x) / (se * se + spread);
        (x * (1.0 - x)).ln() + shares.iter().map(likelihood).sum::<f64>()
    };
    let points: Vec<f64> = (0..GRID).map(|i| log((i as f64 + 0.5) / GRID as f64)).collect();
    let top = points.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    let mut cumulated: Vec<f64> = points
        .iter()
        .map(|x| {
            sum += (x - top).exp();
            sum
        })
        .collect();
    for x in &mut cumulated {
        *x /= sum;
    }
    cumulated
}

/// The point of the grid below which `u` of the weight lies, within its step.
fn at(cumulated: &[f64], u: f64) -> f64 {
    let place = cumulated.partition_point(|x| *x < u).min(GRID - 1);
    let below = if place == 0 { 0.0 } else { cumulated[place - 1] };
    let inside = if cumulated[place] > below { (u - below) / (cumulated[place] - below) } else { 0.5 };
    (place as f64 + inside.clamp(0.0, 1.0)) / GRID as f64
}

/// The causal share at which a gain just pays its cost.
///
/// Formula: cost/gain, with `gain` the present value at κ = 1 and `cost` the
/// present value of the cost. `None` where no share up to 1.5 pays; 0 where
/// nothing has to be paid. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::break_even;
/// assert_eq!(break_even(200.0, 50.0), Some(0.25));
/// assert_eq!(break_even(20.0, 50.0), None);
/// assert_eq!(break_even(-20.0, 0.0), Some(0.0));
/// ```
pub fn break_even(gain: f64, cost: f64) -> Option<f64> {
    if cost <= 0.0 {
        return Some(0.0);
    }
    (gain > 0.0).then(|| cost / gain).filter(|share| *share <= MOST)
}
