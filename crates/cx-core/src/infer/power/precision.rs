//! Sizes for an interval of a given half-width.

use crate::infer::Level;
use crate::infer::nets::Groups;

fn positive(n: f64) -> Option<f64> {
    (n.is_finite() && n > 0.0).then_some(n)
}

/// Answers for a share of about `p` within ± `half`: z² p(1−p)/h². `None`
/// where the arguments make no sense. Source: `cochran1977`.
///
/// # Examples
/// ```
/// use cx_core::infer::{power::share_precision, Level};
/// assert!((share_precision(0.5, 0.05, Level::P95).unwrap() - 384.145_882).abs() < 1e-6);
/// ```
pub fn share_precision(p: f64, half: f64, level: Level) -> Option<f64> {
    let z = level.z();
    (0.0..=1.0).contains(&p).then(|| z * z * p * (1.0 - p) / (half * half)).and_then(positive)
}

/// Answers for a mean within ± `half` when one answer has standard deviation
/// `sd`: z² sd²/h². Source: `cochran1977`.
///
/// # Examples
/// ```
/// use cx_core::infer::{power::mean_precision, Level};
/// assert!((mean_precision(1.0, 0.1, Level::P95).unwrap() - 384.145_882).abs() < 1e-6);
/// ```
pub fn mean_precision(sd: f64, half: f64, level: Level) -> Option<f64> {
    let z = level.z() * sd / half;
    positive(z * z)
}

/// Answers for a net within ± `points` when the groups are as `expected`:
/// z² v/h², v = p + d − (p − d)². Source: `rocks2016`.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets::Groups, power::net_precision, Level};
/// let expected = Groups::new(50.0, 30.0, 20.0).unwrap();
/// assert!((net_precision(&expected, 5.0, Level::P95).unwrap() - 937.315_952).abs() < 1e-6);
/// ```
pub fn net_precision(expected: &Groups, points: f64, level: Level) -> Option<f64> {
    mean_precision(100.0 * expected.variance().sqrt(), points, level)
}

/// The size left when only `population` people exist: n/(1 + (n − 1)/N).
/// `None` unless N > 0. Source: `cochran1977`.
///
/// # Examples
/// ```
/// use cx_core::infer::power::finite_population;
/// assert!((finite_population(384.145_882, 2000.0).unwrap() - 322.385_537).abs() < 1e-5);
/// ```
pub fn finite_population(n: f64, population: f64) -> Option<f64> {
    (population > 0.0).then(|| n / (1.0 + (n - 1.0) / population)).and_then(positive)
}
