//! Exact limits of a Poisson count.

use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::chi_square;

/// Garwood's exact interval of the mean of a Poisson count.
///
/// Formula: χ²(α/2; 2k)/2 to χ²(1−α/2; 2k+2)/2; the lower limit of 0 events is
/// 0. Valid where events are independent, at most one per customer. Divide by
/// the exposure for a rate. Source: `garwood1936`.
///
/// # Examples
/// ```
/// use cx_core::infer::{ratios, Level};
/// let none = ratios::poisson_exact(0, Level::P95);
/// assert_eq!(none.low, Some(0.0));
/// assert!((none.high.unwrap() - 3.688_879_454).abs() < 1e-9);
/// ```
pub fn poisson_exact(k: u64, level: Level) -> Interval {
    let k = k as f64;
    let low = if k == 0.0 { 0.0 } else { 0.5 * chi_square::quantile(level.upper().mirrored(), 2.0 * k) };
    let high = 0.5 * chi_square::quantile(level.upper(), 2.0 * k + 2.0);
    Interval::closed(low, high, level.value(), Method::PoissonExact)
}
