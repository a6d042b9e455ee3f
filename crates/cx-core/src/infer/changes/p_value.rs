//! The p-value that goes with an interval.

use crate::ground::estimate::Interval;
use crate::infer::Level;
use crate::infer::special::{bisect, normal};

/// The smallest α whose interval excludes `null`: the p-value that never
/// contradicts the interval shown beside it.
///
/// `interval` gives the interval at any level; intervals must grow with the
/// level. 1 where every interval holds the value, 0 where none does down to
/// α of about 10⁻³⁰⁰. `None` where there is no interval.
///
/// # Examples
/// ```
/// use cx_core::infer::{changes::p_by_inversion, shares};
/// // Wilson's interval is the score test turned round: z = (0.6 − 0.5)/√(0.25/100) = 2.
/// let p = p_by_inversion(|level| shares::wilson(60.0, 100.0, level), 0.5).unwrap();
/// assert!((p - 0.045_500_263_896).abs() < 1e-11);
/// ```
pub fn p_by_inversion(interval: impl Fn(Level) -> Option<Interval>, null: f64) -> Option<f64> {
    let alpha_at = |z: f64| 2.0 * normal::tails(z).above;
    let holds = |z: f64| Some(interval(Level::from_alpha(alpha_at(z))?)?.contains(null));
    let (narrow, wide) = (1e-9, 37.0);
    if holds(narrow)? {
        return Some(1.0);
    }
    if !holds(wide)? {
        return Some(0.0);
    }
    // On the normal scale the search is even from p = 1 to p = 10⁻³⁰⁰.
    let z = bisect(|z| if holds(z) == Some(true) { 1.0 } else { -1.0 }, narrow, wide, false);
    Some(alpha_at(z))
}
