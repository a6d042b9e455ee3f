//! Ratings on review sites.

use super::means::Summary;
use super::{Level, effective};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;

/// What is known before the ratings of one item are seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// How many ratings it weighs: by default the median count of the items.
    pub weight: f64,
    /// Mean of all items.
    pub mean: f64,
}

/// The mean rating pulled towards the prior, (C m₀ + Σx)/(C + n).
/// `None` where both sides weigh nothing.
///
/// # Examples
/// ```
/// use cx_core::infer::ratings::{bayes_mean, Prior};
/// let prior = Prior { weight: 20.0, mean: 4.1 };
/// assert!((bayes_mean(3, 5.0, prior).unwrap() - 4.217_391).abs() < 1e-6);
/// ```
pub fn bayes_mean(n: u64, mean: f64, prior: Prior) -> Option<f64> {
    let whole = prior.weight + n as f64;
    (whole > 0.0).then(|| prior.weight.mul_add(prior.mean, n as f64 * mean) / whole)
}

/// The Bayesian average of an item with its posterior t interval.
///
/// Formula: with n ratings of mean x̄ and squares S about it, and a prior worth
/// C ratings of mean m₀ and variance `spread`, the posterior of the mean is t
/// with C + n − 1 degrees of freedom about (C m₀ + n x̄)/(C + n), squared scale
/// (C·spread + S + C n (x̄−m₀)²/(C+n)) / ((C + n − 1)(C + n)). Limits stay
/// within the scale's `ends`. No interval where C + n ≤ 1. Source: `gelman2013`.
///
/// # Examples
/// ```
/// use cx_core::infer::{means::Summary, ratings::{estimate, Prior}, Level};
/// let three = Summary::of(&[5.0, 5.0, 5.0]).unwrap();
/// let prior = Prior { weight: 20.0, mean: 4.1 };
/// let rating = estimate(Some(&three), prior, 0.9, (1.0, 5.0), Level::P95);
/// assert!((rating.value.unwrap() - 4.217_391).abs() < 1e-6);
/// let interval = rating.interval.unwrap();
/// assert!(interval.low.unwrap() > 3.7 && interval.high.unwrap() < 4.7);
/// ```
pub fn estimate(
    ratings: Option<&Summary>,
    prior: Prior,
    spread: f64,
    ends: (f64, f64),
    level: Level,
) -> Estimate {
    let n = ratings.map_or(0, |r| r.n);
    let size = Size { n, clusters: n, events: None, effective: None };
    let mean = ratings.map_or(prior.mean, |r| r.mean);
    let Some(value) = bayes_mean(n, mean, prior) else {
        return Estimate::absent(Absent::NoData, Unit::Stars, size);
    };
    let own = n as f64;
    let whole = prior.weight + own;
    let squares = ratings.and_then(|r| r.variance).unwrap_or(0.0) * (own - 1.0).max(0.0);
    let apart = prior.weight * own * (mean - prior.mean) * (mean - prior.mean) / whole;
    let df = whole - 1.0;
    let mut estimate = Estimate::new(value, None, Unit::Stars, size);
    if df > 0.0 {
        let se = ((prior.weight * spread + squares + apart) / (df * whole)).sqrt();
        if se <= 0.0 {
            estimate.caveats.push(effective::no_spread());
            return estimate;
        }
        let half = level.t(df) * se;
        let interval = Interval::closed(value - half, value + half, level.value(), Method::PosteriorT);
        estimate.interval = Some(interval.clamped((Some(ends.0), Some(ends.1))));
        estimate.se = Some(se);
    }
    estimate
}

/// The rating that visitors see: rounded to the nearest `step` of a star,
/// halves up (half a star on most sites). `None` unless the step is positive.
///
/// # Examples
/// ```
/// use cx_core::infer::ratings::displayed;
/// assert_eq!(displayed(4.25, 0.5), Some(4.5));
/// assert_eq!(displayed(4.24, 0.5), Some(4.0));
/// assert_eq!(displayed(4.24, 0.1), Some(4.2));
/// ```
pub fn displayed(mean: f64, step: f64) -> Option<f64> {
    if step.is_nan() || step <= 0.0 {
        return None;
    }
    // Dividing by a whole number of steps in a star keeps 42 tenths at 4.2.
    let per_star = 1.0 / step;
    let per_star = if (per_star - per_star.round()).abs() < 1e-9 { per_star.round() } else { per_star };
    Some((mean * per_star + 0.5 + 1e-9).floor() / per_star)
}
