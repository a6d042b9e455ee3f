//! Comparing two shares, in answers per arm.

use super::Aim;
use super::aim::two_sided;
use crate::infer::Level;
use crate::infer::special::bisect;

fn fine(p1: f64, p2: f64) -> bool {
    (0.0..=1.0).contains(&p1) && (0.0..=1.0).contains(&p2) && p1 != p2
}

/// Answers per arm to tell p₁ from p₂, pooled variance under no effect.
///
/// Formula: [z_α/2 √(2p̄(1−p̄)) + z_β √(p₁q₁ + p₂q₂)]²/(p₁ − p₂)²,
/// p̄ = (p₁ + p₂)/2. `None` where the shares are equal or no shares.
/// Source: `fleiss2003`.
///
/// # Examples
/// ```
/// use cx_core::infer::power::{share_size, Aim};
/// // Churn from 20 to 17 %: 2629 customers per arm.
/// assert!((share_size(0.20, 0.17, Aim::USUAL).unwrap() - 2628.631_515).abs() < 1e-5);
/// ```
pub fn share_size(p1: f64, p2: f64, aim: Aim) -> Option<f64> {
    let p = f64::midpoint(p1, p2);
    let own = (p1 * (1.0 - p1) + p2 * (1.0 - p2)).max(0.0).sqrt();
    let sum = aim.z_level() * (2.0 * p * (1.0 - p)).max(0.0).sqrt() + aim.z_power() * own;
    fine(p1, p2).then(|| (sum / (p1 - p2)).powi(2))
}

/// The same with the unpooled variance: (z_α/2 + z_β)² (p₁q₁ + p₂q₂)/(p₁ − p₂)².
/// Source: `fleiss2003`.
///
/// # Examples
/// ```
/// use cx_core::infer::power::{share_size_unpooled, Aim};
/// assert!((share_size_unpooled(0.5, 0.55, Aim::USUAL).unwrap() - 1561.927_067).abs() < 1e-5);
/// ```
pub fn share_size_unpooled(p1: f64, p2: f64, aim: Aim) -> Option<f64> {
    let variance = p1 * (1.0 - p1) + p2 * (1.0 - p2);
    fine(p1, p2).then(|| (aim.reach() / (p1 - p2)).powi(2) * variance)
}

/// The same on the arcsine scale, where variances are equal: the size at which
/// the two-sided normal test of h = 2 asin √p₁ − 2 asin √p₂ with standard error
/// √(2/n) has the power asked for. Source: `cohen1988`.
///
/// # Examples
/// ```
/// use cx_core::infer::power::{share_size_arcsine, Aim};
/// assert!((share_size_arcsine(0.5, 0.55, Aim::USUAL).unwrap() - 1564.529_011).abs() < 1e-3);
/// ```
pub fn share_size_arcsine(p1: f64, p2: f64, aim: Aim) -> Option<f64> {
    if !fine(p1, p2) {
        return None;
    }
    let h = 2.0 * (p1.sqrt().asin() - p2.sqrt().asin()).abs();
    let missing = |n: f64| aim.power() - two_sided(h * (0.5 * n).sqrt(), aim.level());
    // One tail alone needs this size; the other one can only help.
    let most = 2.0 * (aim.reach() / h).powi(2) * (1.0 + 1e-9) + 1e-9;
    Some(bisect(missing, 0.0, most, true))
}

/// Power to tell p₁ from p₂ with n answers per arm, pooled variance under no effect.
/// `None` where the shares are equal or no shares, or n is not positive.
///
/// # Examples
/// ```
/// use cx_core::infer::{power::share_power, Level};
/// assert!((share_power(0.20, 0.17, 2628.631_515, Level::P95).unwrap() - 0.8).abs() < 1e-6);
/// ```
pub fn share_power(p1: f64, p2: f64, n: f64, level: Level) -> Option<f64> {
    let p = f64::midpoint(p1, p2);
    let under_null = (2.0 * p * (1.0 - p) / n).sqrt();
    let own = ((p1 * (1.0 - p1) + p2 * (1.0 - p2)) / n).sqrt();
    if !fine(p1, p2) || n.is_nan() || n <= 0.0 || own <= 0.0 {
        return None;
    }
    let d = (p1 - p2).abs();
    let normal = |x: f64| crate::infer::special::normal::tails(x);
    let edge = level.z() * under_null;
    Some(normal((edge - d) / own).above + normal((-edge - d) / own).below)
}

/// Smallest difference from p₀ that n answers per arm can find:
/// (z_α/2 + z_β) √(2p₀(1−p₀)/n). `None` unless p₀ is a share and n positive.
/// Source: `cohen1988`.
///
/// # Examples
/// ```
/// use cx_core::infer::power::{share_detectable, Aim};
/// assert!((share_detectable(0.18, 12_000.0, Aim::USUAL).unwrap() - 0.013_895_411).abs() < 1e-8);
/// ```
pub fn share_detectable(p0: f64, n: f64, aim: Aim) -> Option<f64> {
    ((0.0..=1.0).contains(&p0) && n > 0.0).then(|| aim.reach() * (2.0 * p0 * (1.0 - p0) / n).sqrt())
}
