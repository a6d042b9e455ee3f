//! Arms made of whole stores, teams or regions.

/// Factor on a sample size when whole clusters are assigned:
/// 1 + ((1 + cv²) m̄ − 1) ICC.
///
/// m̄ is the mean cluster size, cv the coefficient of variation of the sizes,
/// ICC the share of the variance that lies between clusters. `None` unless
/// m̄ ≥ 1, cv ≥ 0 and 0 ≤ ICC ≤ 1. Source: `eldridge2006`.
///
/// # Examples
/// ```
/// use cx_core::infer::power::cluster_effect;
/// assert!((cluster_effect(20.0, 0.5, 0.05).unwrap() - 2.2).abs() < 1e-12);
/// ```
pub fn cluster_effect(mean_size: f64, cv: f64, icc: f64) -> Option<f64> {
    (mean_size >= 1.0 && cv >= 0.0 && (0.0..=1.0).contains(&icc))
        .then_some(1.0 + ((1.0 + cv * cv) * mean_size - 1.0) * icc)
}
