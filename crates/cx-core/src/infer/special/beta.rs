//! The beta distribution: exact limits of shares, and the core of t and F.

use super::gamma::away_from_zero;
use super::{Tails, density, increasing_root};

/// Regularised incomplete beta function I_x(a, b) and its complement.
///
/// # Examples
/// ```
/// use cx_core::infer::special::beta;
/// // Beta(2, 1) has the distribution function x².
/// assert!((beta::tails(0.3, 2.0, 1.0).below - 0.09).abs() < 1e-16);
/// ```
pub fn tails(x: f64, a: f64, b: f64) -> Tails {
    tails_at(x, 1.0 - x, a, b)
}

/// The same with 1 − x given as `y`, for x within rounding of 1.
///
/// # Examples
/// ```
/// use cx_core::infer::special::beta;
/// let tails = beta::tails_at(1.0, 1e-30, 3.0, 1.0);
/// assert!((tails.above / 3e-30 - 1.0).abs() < 1e-13);
/// ```
pub fn tails_at(x: f64, y: f64, a: f64, b: f64) -> Tails {
    if !(a > 0.0 && b > 0.0) || x.is_nan() || y.is_nan() {
        return Tails { below: f64::NAN, above: f64::NAN };
    }
    if x <= 0.0 {
        return Tails::below(0.0);
    }
    if y <= 0.0 {
        return Tails::above(0.0);
    }
    let front = density::binomial(a, a + b, x, y) * (a * b / (a + b));
    if x < (a + 1.0) / (a + b + 2.0) {
        Tails::below((front / fraction(x, y, a, b)).min(1.0))
    } else {
        Tails::above((front / fraction(y, x, b, a)).min(1.0))
    }
}

/// The continued fraction f with I_x(a, b) = xᵃ yᵇ / (B(a, b) f), by the modified
/// Lentz scheme. Its even part in the form of Didonato and Morris: a·y − b·x
/// stands where the classical form subtracts two numbers that agree in all but
/// their last digits. Source: `didonato1992`.
fn fraction(x: f64, y: f64, a: f64, b: f64) -> f64 {
    let tiny = 1e-300;
    let drift = a.mul_add(y, -(b * x)) + 1.0;
    let partial = |m: f64| {
        // The middle term is 0 at m = 0 also where a = 1 makes it 0/0.
        let middle = if m > 0.0 { m * (b - m) * x / (2.0f64.mul_add(m, a) - 1.0) } else { 0.0 };
        m + middle + (a + m) * m.mul_add(1.0 + y, drift) / (2.0f64.mul_add(m, a) + 1.0)
    };
    let mut f = away_from_zero(partial(0.0), tiny);
    let (mut c, mut d) = (f, 0.0);
    for m in 1..10_000_000_u32 {
        let m = f64::from(m);
        let odd = 2.0f64.mul_add(m, a) - 1.0;
        let numerator = (a + m - 1.0) * (a + b + m - 1.0) * m * (b - m) * x * x / (odd * odd);
        let denominator = partial(m);
        d = 1.0 / away_from_zero(f64::mul_add(numerator, d, denominator), tiny);
        c = away_from_zero(denominator + numerator / c, tiny);
        f *= c * d;
        // Beyond the range of numbers there is nothing to come near to.
        if (c * d - 1.0).abs() < f64::EPSILON || !f.is_finite() {
            break;
        }
    }
    f
}

/// The point with these tails.
///
/// # Examples
/// ```
/// use cx_core::infer::special::{beta, Tails};
/// assert!((beta::quantile(Tails::below(0.09), 2.0, 1.0) - 0.3).abs() < 1e-15);
/// ```
pub fn quantile(at: Tails, a: f64, b: f64) -> f64 {
    let u = logit_quantile(at, a, b);
    if u < 0.0 { u.exp() / (1.0 + u.exp()) } else { 1.0 / (1.0 + (-u).exp()) }
}

/// ln(x / (1 − x)) of the quantile x: exact at both ends, where x itself has no digits left.
///
/// # Examples
/// ```
/// use cx_core::infer::special::{beta, Tails};
/// assert!(beta::logit_quantile(Tails::below(0.5), 4.0, 4.0).abs() < 1e-14);
/// ```
pub fn logit_quantile(at: Tails, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && (0.0..=1.0).contains(&at.below)) {
        return f64::NAN;
    }
    if at.below == 0.0 {
        return f64::NEG_INFINITY;
    }
    if at.above == 0.0 {
        return f64::INFINITY;
    }
    let lower = at.below <= at.above;
    let goal = if lower { at.below.ln() } else { at.above.ln() };
    let f = |u: f64| {
        let (x, y) = (1.0 / (1.0 + (-u).exp()), 1.0 / (1.0 + u.exp()));
        let t = tails_at(x, y, a, b);
        // On u the density is xᵃ yᵇ / B(a, b).
        let rise = density::binomial(a, a + b, x, y) * (a * b / (a + b));
        if lower { (t.below.ln() - goal, rise / t.below) } else { (goal - t.above.ln(), rise / t.above) }
    };
    increasing_root(f, -745.0, 745.0, (a / b).ln())
}
