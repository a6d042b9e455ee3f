//! Fixed-point entry of real numbers into exact sums.
//!
//! A real input is rounded once, on entry, to a multiple of 2⁻²⁰ and then
//! summed as an integer. Integer sums do not depend on order, threads or
//! shards, which is what makes every accumulator a commutative monoid.
//! Money is already integer minor units and passes through unchanged.

use ethnum::I256;

/// Fractional bits of a fixed-point number.
pub const FRACTION_BITS: u32 = 20;
/// One, in fixed point.
pub const ONE: i128 = 1 << FRACTION_BITS;

/// A sum left the range that can be held exactly.
///
/// With amounts below 10⁹ units this needs more than 10⁸ rows of the largest
/// amount; it means that a column holds something else than its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sum of products left the exact range of 128 bits")]
pub struct Overflow;

/// Rounds to the nearest multiple of 2⁻²⁰, ties to even.
///
/// Returns `None` for infinities, NaN and magnitudes of 2⁸⁰ and more.
///
/// # Examples
/// ```
/// use cx_core::ground::fixed;
/// assert_eq!(fixed::from_f64(1.5), Some(fixed::ONE + fixed::ONE / 2));
/// assert_eq!(fixed::from_f64(f64::NAN), None);
/// ```
#[inline]
pub fn from_f64(x: f64) -> Option<i128> {
    let scaled = x * (ONE as f64);
    if scaled.abs() < 4.0e18 {
        // The usual path: the scaled value fits 64 bits, where the cast is one instruction.
        return Some(i128::from(round_even(scaled) as i64));
    }
    (x.abs() < (1_u128 << 80) as f64).then(|| scaled.round_ties_even() as i128)
}

/// Rounds to the nearest whole number, ties to even.
///
/// As [`f64::round_ties_even`], which is a call for every value on processors
/// that are not asked for by name; this is two additions.
///
/// # Examples
/// ```
/// use cx_core::ground::fixed::round_even;
/// assert_eq!([0.5, 1.5, -2.5, 1e300].map(round_even), [0.0, 2.0, -2.0, 1e300]);
/// ```
#[inline]
pub fn round_even(x: f64) -> f64 {
    // Beyond 2⁵² doubles have no fraction: adding that much rounds it away.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    if x.abs() < 2_251_799_813_685_248.0 { (x + WHOLE) - WHOLE } else { x.round_ties_even() }
}

/// The real number a fixed-point sum stands for.
#[inline]
pub fn to_f64(x: i128) -> f64 {
    x as f64 / ONE as f64
}

/// The real number a sum of products of two fixed-point numbers stands for.
#[inline]
pub fn product_to_f64(x: i128) -> f64 {
    x as f64 / (ONE as f64 * ONE as f64)
}

/// A 256-bit sum of products as a real number, still scaled by 2⁴⁰.
pub fn wide_to_f64(x: I256) -> f64 {
    let negative = x < I256::ZERO;
    let magnitude = x.unsigned_abs();
    let (high, low) = magnitude.into_words();
    let value = (high as f64).mul_add(2.0_f64.powi(128), low as f64);
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_paths_of_the_cast_agree() {
        for x in [0.1, -0.1, 1e9, 3.9e12, 4.1e12, -7.7e14] {
            let scaled = (x * ONE as f64).round_ties_even();
            assert_eq!(from_f64(x), Some(scaled as i128), "{x}");
            assert_eq!(round_even(x * ONE as f64), scaled, "{x}");
        }
        assert_eq!(from_f64(f64::INFINITY), None);
        assert_eq!(from_f64(1e30), None);
    }

    #[test]
    fn wide_numbers_convert_exactly_below_two_to_the_53() {
        assert_eq!(wide_to_f64(I256::from(-12_345_i64)), -12_345.0);
        let big = I256::from(1_i128 << 100) * I256::from(8);
        assert_eq!(wide_to_f64(big), 2.0_f64.powi(103));
    }
}
