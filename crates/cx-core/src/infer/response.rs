//! Who did not answer, and what that could hide.

/// Invited and answered in one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stratum {
    /// Invited.
    pub invited: u64,
    /// Of these, answered.
    pub answered: u64,
}

/// How evenly the strata answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Representativeness {
    /// R = 1 − 2 S(ρ): 1 where every stratum answers alike.
    pub r: f64,
    /// Standard deviation S of the propensities over all invited (divisor n − 1).
    pub propensity_sd: f64,
    /// Mean propensity: the response rate.
    pub response_rate: f64,
    /// (1 − R)/(2 ρ̄): times the standard deviation of the answers it bounds the bias of their mean.
    pub bias_factor: f64,
}

impl Representativeness {
    /// Largest bias that non-response along these strata can put on a mean
    /// whose answers have standard deviation `sd`.
    pub fn largest_bias(&self, sd: f64) -> f64 {
        self.bias_factor * sd
    }
}

/// The R-indicator from response by stratum.
///
/// Formula: R = 1 − 2S, S the standard deviation of the strata's response
/// rates over all invited; |bias of a mean| ≤ (1 − R) S(y)/(2ρ̄). Only as good
/// as the strata: what they do not tell apart it cannot see. `None` below two
/// invited, where nobody answered, or where more answered than were invited.
/// Source: `schouten2009`.
///
/// # Examples
/// ```
/// use cx_core::infer::response::{representativeness, Stratum};
/// let strata = [Stratum { invited: 100, answered: 5 }, Stratum { invited: 100, answered: 15 }];
/// let result = representativeness(&strata).unwrap();
/// assert_eq!(result.response_rate, 0.1);
/// assert!((result.r - 0.899_749).abs() < 1e-6);
/// ```
pub fn representativeness(strata: &[Stratum]) -> Option<Representativeness> {
    let fine = strata.iter().all(|s| s.answered <= s.invited);
    let propensities: Vec<(f64, f64)> = strata
        .iter()
        .filter(|s| s.invited > 0)
        .map(|s| (s.answered as f64 / s.invited as f64, s.invited as f64))
        .collect();
    if fine { of_propensities(&propensities) } else { None }
}

/// The R-indicator from propensities, each with the number of invited it stands for.
///
/// # Examples
/// ```
/// use cx_core::infer::response::of_propensities;
/// let result = of_propensities(&[(0.05, 50.0), (0.15, 50.0)]).unwrap();
/// assert!((result.r - 0.899_496_218).abs() < 1e-9);
/// assert!((result.bias_factor - 0.502_518_908).abs() < 1e-9);
/// ```
pub fn of_propensities(propensities: &[(f64, f64)]) -> Option<Representativeness> {
    let n: f64 = propensities.iter().map(|(_, n)| n).sum();
    if n.is_nan() || n <= 1.0 {
        return None;
    }
    let mean = propensities.iter().map(|(p, n)| p * n).sum::<f64>() / n;
    if mean.is_nan() || mean <= 0.0 {
        return None;
    }
    let squares: f64 = propensities.iter().map(|(p, n)| n * (p - mean) * (p - mean)).sum();
    let sd = (squares / (n - 1.0)).sqrt();
    Some(Representativeness {
        r: 1.0 - 2.0 * sd,
        propensity_sd: sd,
        response_rate: mean,
        bias_factor: sd / mean,
    })
}

/// The score that those who did not answer would need for the base to stand at `target`.
///
/// Formula: (target − rr·score)/(1 − rr). `None` unless 0 ≤ rr < 1.
/// Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::response::tipping_point;
/// // 12 % answered and gave 45: at −6.1 the silent would bring the base to 0.
/// assert!((tipping_point(0.12, 45.0, 0.0).unwrap() + 6.136_363_636).abs() < 1e-9);
/// assert_eq!(tipping_point(1.0, 45.0, 0.0), None);
/// ```
pub fn tipping_point(response_rate: f64, score: f64, target: f64) -> Option<f64> {
    (0.0..1.0).contains(&response_rate).then(|| (target - response_rate * score) / (1.0 - response_rate))
}
