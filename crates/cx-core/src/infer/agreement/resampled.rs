//! Uncertainty of alpha from resampled units.

use super::krippendorff::{Scale, weighted};
use crate::infer::ratios::Draws;
use crate::stats::{cluster_hash, poisson_weight};

/// Krippendorff's alpha in `worlds` resampled worlds: each unit counts
/// Poisson(1) times, from the seed and its place. Their limits are the
/// percentile interval of alpha. Source: `hanley2006`.
///
/// # Examples
/// ```
/// use cx_core::infer::{agreement::{krippendorff, resampled, Scale}, Level};
/// let units: Vec<Vec<f64>> = (0..40).map(|i| vec![f64::from(i % 4), f64::from(i % 4 + i % 9 / 8)]).collect();
/// let draws = resampled(&units, Scale::Interval, 1, 400);
/// let (low, high) = draws.limits(Level::P95).unwrap();
/// let alpha = krippendorff(&units, Scale::Interval).unwrap();
/// assert!(low < alpha && alpha < high);
/// ```
pub fn resampled(units: &[Vec<f64>], scale: Scale, seed: u64, worlds: u32) -> Draws {
    let hashes: Vec<u64> = (0..units.len() as u64).map(|i| cluster_hash(seed, &i.to_le_bytes())).collect();
    Draws::collect((0..worlds).map(|b| {
        let weights: Vec<f64> = hashes.iter().map(|hash| poisson_weight(*hash, b) as f64).collect();
        weighted(units, &weights, scale)
    }))
}
