//! The chi-square distribution.

use super::{Tails, gamma};

/// P(X ≤ x) and P(X > x) with `df` degrees of freedom.
///
/// # Examples
/// ```
/// use cx_core::infer::special::chi_square;
/// // With two degrees of freedom it is an exponential of mean 2.
/// assert!((chi_square::tails(3.0, 2.0).above - (-1.5_f64).exp()).abs() < 1e-16);
/// ```
pub fn tails(x: f64, df: f64) -> Tails {
    gamma::tails(0.5 * x, 0.5 * df)
}

/// The point with these tails.
///
/// # Examples
/// ```
/// use cx_core::infer::special::{chi_square, Tails};
/// assert!((chi_square::quantile(Tails::above(0.05), 1.0) - 3.841_458_820_694_124).abs() < 1e-13);
/// ```
pub fn quantile(at: Tails, df: f64) -> f64 {
    2.0 * gamma::quantile(at, 0.5 * df)
}
