//! Comparing two nets, in answers per arm.

use super::Aim;
use super::aim::two_sided;
use crate::infer::Level;
use crate::infer::nets::Groups;

/// Answers per arm to find a change of `points` when the groups are as
/// `expected` in both arms: 2 v (z_α/2 + z_β)²/δ². `None` where points is 0.
/// Source: `rocks2016`, `cohen1988`.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets::Groups, power::{net_size, Aim}};
/// let expected = Groups::new(50.0, 30.0, 20.0).unwrap();
/// assert!((net_size(&expected, 5.0, Aim::USUAL).unwrap() - 3830.253_31).abs() < 1e-4);
/// ```
pub fn net_size(expected: &Groups, points: f64, aim: Aim) -> Option<f64> {
    let delta = points / 100.0;
    let n = 2.0 * expected.variance() * (aim.reach() / delta).powi(2);
    n.is_finite().then_some(n)
}

/// Power to find a change of `points` with n answers per arm; `None` unless n
/// is positive and the groups vary.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets::Groups, power::net_power, Level};
/// let expected = Groups::new(50.0, 30.0, 20.0).unwrap();
/// assert!((net_power(&expected, 5.0, 3830.253_31, Level::P95).unwrap() - 0.8).abs() < 1e-5);
/// ```
pub fn net_power(expected: &Groups, points: f64, n: f64, level: Level) -> Option<f64> {
    let se = (2.0 * expected.variance() / n).sqrt();
    (n > 0.0 && se > 0.0).then(|| two_sided(points.abs() / 100.0 / se, level))
}

/// Smallest change in points that n answers per arm can find; `None` unless n is positive.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets::Groups, power::{net_detectable, Aim}};
/// let expected = Groups::new(50.0, 30.0, 20.0).unwrap();
/// assert!((net_detectable(&expected, 3830.253_31, Aim::USUAL).unwrap() - 5.0).abs() < 1e-8);
/// ```
pub fn net_detectable(expected: &Groups, n: f64, aim: Aim) -> Option<f64> {
    (n > 0.0).then(|| 100.0 * aim.reach() * (2.0 * expected.variance() / n).sqrt())
}
