//! Student's t distribution.

use super::{Tails, beta, normal};

/// P(T ≤ t) and P(T > t) with `df` degrees of freedom (any positive number; infinite gives the normal).
///
/// # Examples
/// ```
/// use cx_core::infer::special::student;
/// // One degree of freedom is the Cauchy distribution.
/// assert!((student::tails(1.0, 1.0).above - 0.25).abs() < 1e-15);
/// ```
pub fn tails(t: f64, df: f64) -> Tails {
    if df == f64::INFINITY {
        return normal::tails(t);
    }
    let square = t * t;
    let whole = df + square;
    let (x, y) = if whole.is_infinite() { (df / square, 1.0) } else { (df / whole, square / whole) };
    let small = 0.5 * beta::tails_at(x, y, 0.5 * df, 0.5).below;
    if t < 0.0 { Tails::below(small) } else { Tails::above(small) }
}

/// The point with these tails.
///
/// # Examples
/// ```
/// use cx_core::infer::special::{student, Tails};
/// assert!((student::quantile(Tails::above(0.025), 4.0) - 2.776_445_105_197_794).abs() < 1e-13);
/// ```
pub fn quantile(at: Tails, df: f64) -> f64 {
    if df == f64::INFINITY {
        return normal::quantile(at);
    }
    let small = at.below.min(at.above);
    if df.is_nan() || df <= 0.0 || !(0.0..=0.5).contains(&small) {
        return f64::NAN;
    }
    // t² = df (1 − x)/x with x from Beta(df/2, ½).
    let u = beta::logit_quantile(Tails::below(2.0 * small), 0.5 * df, 0.5);
    let t = df.sqrt() * (-0.5 * u).exp();
    if at.below < at.above { -t } else { t }
}
