//! The F distribution.

use super::{Tails, beta};

/// P(F ≤ f) and P(F > f) with `d1` and `d2` degrees of freedom.
///
/// # Examples
/// ```
/// use cx_core::infer::special::fisher;
/// assert!((fisher::tails(6.607_890_973_703_364, 1.0, 5.0).above - 0.05).abs() < 1e-13);
/// ```
pub fn tails(f: f64, d1: f64, d2: f64) -> Tails {
    let whole = d1.mul_add(f, d2);
    beta::tails_at(d1 * f / whole, d2 / whole, 0.5 * d1, 0.5 * d2)
}

/// The point with these tails.
///
/// # Examples
/// ```
/// use cx_core::infer::special::{fisher, Tails};
/// assert!((fisher::quantile(Tails::above(0.05), 1.0, 5.0) - 6.607_890_973_703_364).abs() < 1e-12);
/// ```
pub fn quantile(at: Tails, d1: f64, d2: f64) -> f64 {
    d2 / d1 * beta::logit_quantile(at, 0.5 * d1, 0.5 * d2).exp()
}
