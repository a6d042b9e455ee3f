//! The gamma distribution with scale 1, and the Poisson sums it stands for.

use super::{Tails, density, increasing_root};

/// Regularised incomplete gamma functions P(a, x) and Q(a, x).
///
/// # Examples
/// ```
/// use cx_core::infer::special::gamma;
/// // The sum of two exponentials: Q(2, x) = (1 + x) e^(−x).
/// let above = gamma::tails(3.0, 2.0).above;
/// assert!((above - 4.0 * (-3.0_f64).exp()).abs() < 1e-16);
/// ```
pub fn tails(x: f64, shape: f64) -> Tails {
    if x.is_nan() || shape.is_nan() || shape <= 0.0 {
        return Tails { below: f64::NAN, above: f64::NAN };
    }
    if x <= 0.0 {
        return Tails::below(0.0);
    }
    if x.is_infinite() {
        return Tails::above(0.0);
    }
    let front = density::poisson(shape, x);
    if x < shape + 1.0 {
        let (mut sum, mut term, mut a) = (1.0, 1.0, shape);
        for _ in 0..10_000_000 {
            a += 1.0;
            term *= x / a;
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        return Tails::below((front * sum).min(1.0));
    }
    // Legendre's continued fraction, evaluated by the modified Lentz scheme.
    let tiny = 1e-300;
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..10_000_000_u32 {
        let i = f64::from(i);
        let a = -i * (i - shape);
        b += 2.0;
        d = 1.0 / away_from_zero(a.mul_add(d, b), tiny);
        c = away_from_zero(b + a / c, tiny);
        h *= d * c;
        if (d * c - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    Tails::above((front * shape * h).min(1.0))
}

pub(super) fn away_from_zero(x: f64, tiny: f64) -> f64 {
    if x.abs() < tiny { tiny } else { x }
}

/// The point with these tails.
///
/// # Examples
/// ```
/// use cx_core::infer::special::{gamma, Tails};
/// assert!((gamma::quantile(Tails::below(0.025), 7.0) - 2.814_363_051_519_866).abs() < 1e-13);
/// ```
pub fn quantile(at: Tails, shape: f64) -> f64 {
    if shape.is_nan() || shape <= 0.0 || !(0.0..=1.0).contains(&at.below) {
        return f64::NAN;
    }
    if at.below == 0.0 {
        return 0.0;
    }
    if at.above == 0.0 {
        return f64::INFINITY;
    }
    // On u = ln x the slope of ln P is x·pdf/P, and x·pdf = a·poisson(a, x).
    let lower = at.below <= at.above;
    let goal = if lower { at.below.ln() } else { at.above.ln() };
    let f = |u: f64| {
        let x = u.exp();
        let t = tails(x, shape);
        let rise = shape * density::poisson(shape, x);
        if lower { (t.below.ln() - goal, rise / t.below) } else { (goal - t.above.ln(), rise / t.above) }
    };
    increasing_root(f, -745.0, 709.0, shape.ln()).exp()
}
