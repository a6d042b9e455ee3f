//! Comparing two means by Student's t.

use super::Aim;
use crate::infer::Level;
use crate::infer::special::{bisect, noncentral_t};

/// Power of the two-sided t test of two groups of n each at an effect of
/// `d` standard deviations: noncentral t with 2n − 2 degrees of freedom and
/// noncentrality d √(n/2). `None` unless n > 1. Source: `cohen1988`.
///
/// # Examples
/// ```
/// use cx_core::infer::{power::mean_power, Level};
/// assert!((mean_power(0.5, 10.0, Level::P95).unwrap() - 0.185_095_656_291).abs() < 1e-11);
/// ```
pub fn mean_power(d: f64, n: f64, level: Level) -> Option<f64> {
    if n.is_nan() || n <= 1.0 || d.is_nan() {
        return None;
    }
    let df = 2.0 * n - 2.0;
    let edge = level.t(df);
    let shift = d * (0.5 * n).sqrt();
    Some(noncentral_t::tails(edge, df, shift).above + noncentral_t::tails(-edge, df, shift).below)
}

/// Answers per arm for an effect of `d` standard deviations, at least two.
/// `None` where d is 0. Source: `cohen1988`.
///
/// # Examples
/// ```
/// use cx_core::infer::power::{mean_size, Aim};
/// assert!((mean_size(0.5, Aim::USUAL).unwrap() - 63.765_610).abs() < 1e-5);
/// ```
pub fn mean_size(d: f64, aim: Aim) -> Option<f64> {
    let d = d.abs();
    if d.is_nan() || d <= 0.0 {
        return None;
    }
    let missing = |n: f64| aim.power() - mean_power(d, n, aim.level()).unwrap_or(0.0);
    // The normal size is a little too small; t needs some more, most at small sizes.
    let normal = 2.0 * (aim.reach() / d).powi(2);
    let (low, high) = (2.0, 4.0 * normal + 40.0);
    Some(if missing(low) > 0.0 { bisect(missing, low, high, true) } else { low })
}

/// Smallest effect, in standard deviations, that n answers per arm find with
/// the power asked for. `None` unless n > 1.
///
/// # Examples
/// ```
/// use cx_core::infer::power::{mean_detectable, Aim};
/// assert!((mean_detectable(63.765_610, Aim::USUAL).unwrap() - 0.5).abs() < 1e-7);
/// ```
pub fn mean_detectable(n: f64, aim: Aim) -> Option<f64> {
    mean_power(0.0, n, aim.level())?;
    let missing = |d: f64| aim.power() - mean_power(d, n, aim.level()).unwrap_or(0.0);
    // Beyond the normal effect times what t adds at two answers, power is practically 1.
    let high = 20.0 * aim.reach() * (2.0 / n).sqrt();
    Some(bisect(missing, 0.0, high, true))
}
