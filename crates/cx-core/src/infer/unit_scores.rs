//! Scores of stores, teams and agents: how much of their spread is real.

use super::special::{Tails, normal};

/// What the spread of unit scores is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// Share of the variance between units that is signal, τ²/(τ² + mean sampling variance).
    pub reliability: f64,
    /// Variance of the true scores, τ².
    pub true_variance: f64,
    /// Mean sampling variance.
    pub sampling_variance: f64,
}

/// Reliability of unit scores.
///
/// Formula: τ² = max(0, variance of the scores (divisor k − 1) − mean sampling
/// variance). Units are ranked only where it is at least 0.5. `None` below two
/// units or where nothing varies. Source: `lord1968`.
///
/// # Examples
/// ```
/// use cx_core::infer::unit_scores::reliability;
/// let units = [(10.0, 4.0), (14.0, 4.0), (18.0, 4.0)];
/// assert_eq!(reliability(&units).unwrap().reliability, 0.75);
/// ```
pub fn reliability(scores_and_variances: &[(f64, f64)]) -> Option<Reliability> {
    let k = scores_and_variances.len() as f64;
    if k < 2.0 {
        return None;
    }
    let mean = scores_and_variances.iter().map(|(y, _)| y).sum::<f64>() / k;
    let spread = scores_and_variances.iter().map(|(y, _)| (y - mean) * (y - mean)).sum::<f64>() / (k - 1.0);
    let sampling_variance = scores_and_variances.iter().map(|(_, v)| v).sum::<f64>() / k;
    let true_variance = (spread - sampling_variance).max(0.0);
    let total = true_variance + sampling_variance;
    (total > 0.0).then(|| Reliability {
        reliability: true_variance / total,
        true_variance,
        sampling_variance,
    })
}

/// How far the chosen units will move back with nobody doing anything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounce {
    /// Reliability ρ of the scores.
    pub reliability: f64,
    /// Standard deviation of the observed scores.
    pub total_sd: f64,
    /// Expected rise of the chosen units, in score units.
    pub expected: f64,
}

/// Regression to the mean of units chosen for their low scores.
///
/// Formula: (1 − ρ) σ φ(z)/Φ(z), z the normal quantile of the share chosen, σ
/// the observed and ρ = true variance/observed variance. Printed beside every
/// improvement of units that were chosen because they were bad.
/// `None` unless 0 < share < 1 and the variances are not negative.
/// Source: `davis1976`.
///
/// # Examples
/// ```
/// use cx_core::infer::unit_scores::bounce;
/// // Stores with 40 answers each: true spread 8, one answer's spread 80; the bottom fifth.
/// let bounce = bounce(8.0, 80.0 / 40.0_f64.sqrt(), 0.2).unwrap();
/// assert!((bounce.expected - 14.964_594).abs() < 1e-6);
/// ```
pub fn bounce(true_sd: f64, sampling_sd: f64, share: f64) -> Option<Bounce> {
    let variance = true_sd * true_sd + sampling_sd * sampling_sd;
    if !(share > 0.0 && share < 1.0 && variance > 0.0 && variance.is_finite()) {
        return None;
    }
    let (reliability, total_sd) = (true_sd * true_sd / variance, variance.sqrt());
    let z = normal::quantile(Tails::below(share));
    Some(Bounce {
        reliability,
        total_sd,
        expected: (1.0 - reliability) * total_sd * normal::density(z) / share,
    })
}
