//! Group values pulled towards their common mean, each by how little it is known.

use super::Level;
use super::special::bisect;

/// One group after shrinkage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// The shrunk value.
    pub value: f64,
    /// How much of the group's own deviation is kept, 0..1.
    pub reliability: f64,
    /// Standard error of the shrunk value.
    pub se: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// All groups after shrinkage.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrinkage {
    /// The common mean.
    pub mean: f64,
    /// Variance of the true values about it.
    pub true_variance: f64,
    /// Groups in the order given.
    pub groups: Vec<Shrunk>,
}

/// Empirical-Bayes shrinkage of group values with their sampling variances.
///
/// Formula: τ² from Σ(yᵢ − μ)²/(vᵢ + τ²) = k − 1, μ the mean with weights
/// wᵢ = 1/(vᵢ + τ²); the pull of group i is
/// λᵢ = (k−3)/(k−1) · vᵢ/(vᵢ + τ²), its value μ + (1 − λᵢ)(yᵢ − μ) and its variance
/// vᵢ (1 − (1 − wᵢ/Σw) λᵢ) + 2/(k−3) λᵢ² (v̄ + τ²)/(vᵢ + τ²) (yᵢ − μ)², which
/// counts that μ and τ² are estimates too. Limits are normal. Values must be
/// roughly normal about their true ones; variances above 0. `None` below four
/// groups. Source: `morris1983`, τ² `paule1982`.
///
/// # Examples
/// ```
/// use cx_core::infer::{shrinkage::shrink, Level};
/// let stores = [(38.0, 160.0), (52.0, 160.0), (45.0, 160.0), (21.0, 160.0), (60.0, 16.0)];
/// let result = shrink(&stores, Level::P95).unwrap();
/// // The fourth store keeps less of its distance than the well-measured fifth.
/// assert!(result.groups[3].value > 25.0);
/// assert!(result.groups[3].reliability < result.groups[4].reliability);
/// ```
pub fn shrink(groups: &[(f64, f64)], level: Level) -> Option<Shrinkage> {
    let k = groups.len() as f64;
    let fine = groups.iter().all(|(y, v)| y.is_finite() && *v > 0.0 && v.is_finite());
    if groups.len() < 4 || !fine {
        return None;
    }
    let mean_at = |tau2: f64| {
        let weight: f64 = groups.iter().map(|(_, v)| 1.0 / (v + tau2)).sum();
        (groups.iter().map(|(y, v)| y / (v + tau2)).sum::<f64>() / weight, weight)
    };
    let excess = |tau2: f64| {
        let (mean, _) = mean_at(tau2);
        groups.iter().map(|(y, v)| (y - mean) * (y - mean) / (v + tau2)).sum::<f64>() - (k - 1.0)
    };
    // The sum falls as τ² grows and is below k − 1 once τ² exceeds the whole spread.
    let plain = groups.iter().map(|(y, _)| y).sum::<f64>() / k;
    let ceiling = groups.iter().map(|(y, _)| (y - plain) * (y - plain)).sum::<f64>();
    let true_variance = if excess(0.0) <= 0.0 { 0.0 } else { bisect(excess, 0.0, ceiling, true) };
    let (mean, weight) = mean_at(true_variance);
    let mean_sampling = groups.iter().map(|(_, v)| v / (v + true_variance)).sum::<f64>() / weight;
    let z = level.z();
    let shrunk = groups.iter().map(|(y, v)| {
        let whole = v + true_variance;
        let pull = (k - 3.0) / (k - 1.0) * v / whole;
        let value = (1.0 - pull).mul_add(y - mean, mean);
        let own = v * (1.0 - (1.0 - 1.0 / (whole * weight)) * pull);
        let from_tau = 2.0 / (k - 3.0) * pull * pull * (mean_sampling + true_variance) / whole;
        let se = (own + from_tau * (y - mean) * (y - mean)).sqrt();
        Shrunk { value, reliability: 1.0 - pull, se, low: value - z * se, high: value + z * se }
    });
    Some(Shrinkage { mean, true_variance, groups: shrunk.collect() })
}
