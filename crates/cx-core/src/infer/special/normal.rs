//! The normal distribution.

use super::{Tails, gamma};
use statrs::function::erf::erfc_inv;
use std::f64::consts::{SQRT_2, TAU};

/// The density φ(x).
///
/// # Examples
/// ```
/// use cx_core::infer::special::normal;
/// assert!((normal::density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-16);
/// ```
pub fn density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / TAU.sqrt()
}

/// Φ(x) and its complement.
///
/// # Examples
/// ```
/// use cx_core::infer::special::normal;
/// assert!((normal::tails(1.96).above - 0.024_997_895_148_220_434).abs() < 1e-16);
/// ```
pub fn tails(x: f64) -> Tails {
    // Half a chi-square tail with one degree of freedom; the library's erfc keeps ten digits only.
    let small = 0.5 * gamma::tails(0.5 * x * x, 0.5).above;
    if x < 0.0 { Tails::below(small) } else { Tails::above(small) }
}

/// The point with these tails.
///
/// # Examples
/// ```
/// use cx_core::infer::special::{normal, Tails};
/// assert!((normal::quantile(Tails::above(0.025)) - 1.959_963_984_540_054).abs() < 1e-14);
/// ```
pub fn quantile(at: Tails) -> f64 {
    let small = at.below.min(at.above);
    if !(0.0..=0.5).contains(&small) {
        return f64::NAN;
    }
    if small == 0.0 {
        return if at.below == 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    // Newton steps on the log of the tail take the library's start to the last digits.
    let mut x = SQRT_2 * erfc_inv(2.0 * small);
    for _ in 0..4 {
        let tail = tails(x).above;
        let step = tail * (tail / small).ln() / density(x);
        x += step;
        if step.abs() < 1e-15 * x.abs() {
            break;
        }
    }
    if at.below < at.above { -x } else { x }
}
