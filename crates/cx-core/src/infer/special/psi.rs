//! Digamma, rising factorials and beta functions that keep their digits for large arguments.
//!
//! A model whose parameter runs to infinity takes differences of functions
//! that grow with it: lnΓ(a+n) − lnΓ(a) of a = 10¹⁴ has no digit left when both
//! are computed first. Here the difference is computed itself.

use super::density::{ln_gamma, stirling_error};

/// The digamma function ψ(x) = d ln Γ(x)/dx for x > 0.
///
/// The recurrence climbs to 12, where the asymptotic series is exact.
///
/// # Examples
/// ```
/// use cx_core::infer::special::psi::digamma;
/// assert!((digamma(1.0) + 0.577_215_664_901_532_9).abs() < 1e-15);
/// ```
pub fn digamma(mut x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let mut climbed = 0.0;
    while x < 12.0 {
        climbed += 1.0 / x;
        x += 1.0;
    }
    x.ln() - tail(x) - climbed
}

/// ln x − ψ(x) for x ≥ 12.
fn tail(x: f64) -> f64 {
    let y = 1.0 / (x * x);
    let terms =
        [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0, 1.0 / 12.0];
    0.5 / x + y * terms.iter().rev().fold(0.0, |sum, c| f64::mul_add(sum, y, *c))
}

/// ψ(a+n) − ψ(a) for a > 0, n ≥ 0: the slope of [`ln_rising`] in a.
///
/// # Examples
/// ```
/// use cx_core::infer::special::psi::digamma_rise;
/// assert!((digamma_rise(0.25, 3.0) - (4.0 + 0.8 + 1.0 / 2.25)).abs() < 1e-14);
/// ```
pub fn digamma_rise(a: f64, n: f64) -> f64 {
    if n == 0.0 {
        return 0.0;
    }
    if n.fract() == 0.0 && n <= 64.0 {
        return (0..n as u32).map(|i| 1.0 / (a + f64::from(i))).sum();
    }
    // Up to where the series holds; below, the recurrence term by term.
    let (mut low, mut climbed) = (a, 0.0);
    while low < 12.0 {
        climbed += n / (low * (low + n));
        low += 1.0;
    }
    let high = low + n;
    let halves = 0.5 * n / (low * high);
    let rest = |x: f64| tail(x) - 0.5 / x;
    climbed + (n / low).ln_1p() + halves + (rest(low) - rest(high))
}

/// ln of the rising factorial, lnΓ(a+n) − lnΓ(a) for a > 0, n ≥ 0.
///
/// # Examples
/// ```
/// use cx_core::infer::special::psi::ln_rising;
/// assert!((ln_rising(2.0, 3.0) - 24.0_f64.ln()).abs() < 1e-15);
/// assert!((ln_rising(1e14, 7.0) - 225.653_339_113_416_69).abs() < 1e-12);
/// ```
pub fn ln_rising(a: f64, n: f64) -> f64 {
    if n == 0.0 {
        return 0.0;
    }
    if n.fract() == 0.0 && n <= 16.0 {
        return (0..n as u32).map(|i| (a + f64::from(i)).ln()).sum();
    }
    if a < 1.0 {
        // Γ(a) = Γ(a+1)/a: no cancellation where a is small.
        return ln_rising(a + 1.0, n) - (n / a).ln_1p();
    }
    let difference = stirling_error(a + n) - stirling_error(a);
    difference + (a - 0.5).mul_add((n / a).ln_1p(), n * (a + n).ln()) - n
}

/// ln B(a, b) = lnΓ(a) + lnΓ(b) − lnΓ(a+b) for a, b > 0.
///
/// # Examples
/// ```
/// use cx_core::infer::special::psi::ln_beta;
/// assert!((ln_beta(0.5, 0.5) - std::f64::consts::PI.ln()).abs() < 1e-15);
/// ```
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    ln_gamma(small) - ln_rising(large, small)
}

/// ln Σ eˣ of two numbers, either of which may be −∞.
///
/// # Examples
/// ```
/// use cx_core::infer::special::psi::ln_add;
/// assert_eq!(ln_add(f64::NEG_INFINITY, -3.0), -3.0);
/// assert!((ln_add(1000.0, 1000.0) - 1000.0 - 2.0_f64.ln()).abs() < 1e-12);
/// ```
pub fn ln_add(x: f64, y: f64) -> f64 {
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, wanted: f64, relative: f64, what: &str) {
        assert!((got - wanted).abs() <= relative * wanted.abs(), "{what}: {got:e} instead of {wanted:e}");
    }

    // Twenty digits from mpmath at 60: digamma(x), loggamma(a + n) − loggamma(a), and so on.
    #[test]
    fn digamma_to_all_digits() {
        for (x, wanted) in [
            (1e-3, -1_000.575_571_931_810_3),
            (0.3, -3.502_524_222_200_133),
            (1.0, -0.577_215_664_901_532_9),
            (2.5, 0.703_156_640_645_243_2),
            (9.75, 2.225_109_535_044_576),
            (10.0, 2.251_752_589_066_721),
            (1234.5, 7.118_016_231_827_998),
            (1e9, 20.723_265_836_446_41),
        ] {
            close(digamma(x), wanted, 1e-14, &format!("digamma {x}"));
        }
        assert!(digamma(0.0).is_nan());
    }

    #[test]
    fn rises_to_all_digits() {
        for (a, n, ln, psi) in [
            (0.3, 0.0, 0.0, 0.0),
            (0.25, 3.0, -0.352_220_593_589_352_1, 5.244_444_444_444_444),
            (1e-6, 40.0, 92.816_253_956_221_41, 1_000_004.253_541_419_3),
            (12.5, 1000.0, 5_972.904_605_894_255, 4.434_488_239_256_875),
            (1e8, 3.0, 55.262_042_261_857_1, 2.999_999_970_000_000_4e-8),
            (1e14, 7.0, 225.653_339_113_416_68, 6.999_999_999_999_79e-14),
            (4.4, 0.6, 0.861_950_338_923_088_4, 0.142_432_185_005_712_13),
            (2000.0, 0.001, 0.007_600_652_688_771_218, 5.001_248_957_708_583e-7),
        ] {
            close(ln_rising(a, n), ln, 3e-14, &format!("ln rising {a} {n}"));
            close(digamma_rise(a, n), psi, 3e-14, &format!("digamma rise {a} {n}"));
        }
    }

    #[test]
    fn betas_to_all_digits() {
        for (a, b, wanted) in [
            (0.5, 0.5, 1.144_729_885_849_400_2),
            (1e-4, 3.0, 9.210_190_378_225_808),
            (1e7, 2.5, -40.010_556_444_422_87),
            (3000.0, 4000.0, -4_783.161_133_553_605),
            (1e12, 1e12, -1_386_294_361_132.440_7),
        ] {
            close(ln_beta(a, b), wanted, 1e-14, &format!("ln beta {a} {b}"));
            close(ln_beta(b, a), wanted, 1e-14, &format!("ln beta {b} {a}"));
        }
    }
}
