//! Poisson and binomial densities that keep their digits for large arguments.
//!
//! Source: `loader2000`.

use std::f64::consts::TAU;

/// ln √(2π).
const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;

/// The error of Stirling's formula, δ(x) = ln Γ(x+1) − (x+½) ln x + x − ln √(2π), for x > 0.
///
/// # Examples
/// ```
/// use cx_core::infer::special::density::stirling_error;
/// assert!((stirling_error(1.0) - 0.081_061_466_795_327_26).abs() < 1e-15);
/// ```
pub fn stirling_error(mut x: f64) -> f64 {
    // Below 16 the recurrence δ(x) = δ(x+1) + (x+½) ln(1+1/x) − 1 climbs to where the series is exact.
    let mut climbed = 0.0;
    while x < 16.0 {
        climbed += (x + 0.5).mul_add((1.0 / x).ln_1p(), -1.0);
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let tail = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    climbed + tail.iter().rev().fold(0.0, |sum, c| f64::mul_add(sum, y, *c)) / x
}

/// ln Γ(x) for x > 0.
///
/// # Examples
/// ```
/// use cx_core::infer::special::density::ln_gamma;
/// assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-15);
/// ```
pub fn ln_gamma(x: f64) -> f64 {
    if x > 0.0 { stirling_error(x) + (x - 0.5).mul_add(x.ln(), -x) + LN_SQRT_TAU } else { f64::NAN }
}

/// x ln(x/m) + m − x: how far x lies from its mean m, without cancellation when they are close.
///
/// # Examples
/// ```
/// use cx_core::infer::special::density::deviance;
/// assert_eq!(deviance(3.0, 3.0), 0.0);
/// ```
pub fn deviance(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return m;
    }
    let difference = x - m;
    if difference.abs() >= 0.1 * (x + m) {
        return x.mul_add((x / m).ln(), -difference);
    }
    let v = difference / (x + m);
    let mut sum = difference * v;
    let mut term = 2.0 * x * v;
    for j in 1..1000 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// λᵏ e^(−λ) / Γ(k+1) for real k ≥ 0.
///
/// # Examples
/// ```
/// use cx_core::infer::special::density::poisson;
/// assert!((poisson(2.0, 3.0) - 4.5 * (-3.0_f64).exp()).abs() < 1e-16);
/// ```
pub fn poisson(k: f64, lambda: f64) -> f64 {
    if k == 0.0 {
        return (-lambda).exp();
    }
    if lambda == 0.0 {
        return 0.0;
    }
    (-stirling_error(k) - deviance(k, lambda)).exp() / (TAU * k).sqrt()
}

/// Γ(n+1) / (Γ(k+1) Γ(n−k+1)) pᵏ qⁿ⁻ᵏ for real 0 ≤ k ≤ n and q = 1 − p.
///
/// # Examples
/// ```
/// use cx_core::infer::special::density::binomial;
/// assert!((binomial(2.0, 4.0, 0.5, 0.5) - 0.375).abs() < 1e-15);
/// ```
pub fn binomial(k: f64, n: f64, p: f64, q: f64) -> f64 {
    let log = |part: f64, other: f64| if part > 0.5 { (-other).ln_1p() } else { part.ln() };
    if k == 0.0 {
        return if n == 0.0 { 1.0 } else { (n * log(q, p)).exp() };
    }
    if k == n {
        return (n * log(p, q)).exp();
    }
    if p == 0.0 || q == 0.0 {
        return 0.0;
    }
    let rest = n - k;
    let exponent = stirling_error(n)
        - stirling_error(k)
        - stirling_error(rest)
        - deviance(k, n * p)
        - deviance(rest, n * q);
    exponent.exp() * (n / (TAU * k * rest)).sqrt()
}
