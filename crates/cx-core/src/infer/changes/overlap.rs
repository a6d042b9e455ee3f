//! Change between two windows that may share customers.

use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::special::student;
use crate::stats::Totals;

/// A change over units of either window.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// First window minus second.
    pub difference: Estimate,
    /// Two-sided p-value of no change; `None` without a standard error.
    pub p: Option<f64>,
    /// Correlation of the two ratios that the shared units cause; `None` where either has no spread.
    pub correlation: Option<f64>,
}

/// The change R₁ − R₂ of a ratio between two windows, whatever their overlap.
///
/// `totals` holds (a₁, b₁, a₂, b₂) per unit of either window, an absent side 0.
/// Formula: d_g = (a₁ − R₁b₁)/B₁ − (a₂ − R₂b₂)/B₂, Var = G/(G−1) Σd², t with
/// G − 1 degrees of freedom. The paired difference when every unit is in both
/// windows, the independent one when none is. Where no unit differs from the
/// others there is no interval: one without width would claim certainty. `scale` turns shares into the
/// unit shown (100 for points). Source: `cochran1977`, applied to two ratios.
///
/// # Examples
/// ```
/// use cx_core::infer::{changes, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Totals;
/// let mut totals = Totals::new(4);
/// for (a1, b1, a2, b2) in [(9, 1, 0, 0), (7, 1, 8, 1), (5, 1, 8, 1), (0, 0, 10, 1), (0, 0, 6, 1)] {
///     totals.add(&[a1 << 20, b1 << 20, a2 << 20, b2 << 20], (b1 + b2) as u64).unwrap();
/// }
/// let change = changes::overlap(&totals, 1.0, Unit::ScalePoints, Level::P95);
/// assert_eq!(change.difference.value, Some(-1.0));
/// assert!((change.difference.se.unwrap() - 1.317_615_692).abs() < 1e-9);
/// ```
pub fn overlap(totals: &Totals, scale: f64, unit: Unit, level: Level) -> Overlap {
    let size = Size { n: totals.rows, clusters: totals.units, events: None, effective: None };
    let nothing =
        |why: Absent| Overlap { difference: Estimate::absent(why, unit, size), p: None, correlation: None };
    let (b1, b2) = (totals.sum(1), totals.sum(3));
    if b1 == 0.0 || b2 == 0.0 {
        return nothing(Absent::Undefined { why: "one of the two windows is empty".to_owned() });
    }
    let (r1, r2) = (totals.sum(0) / b1, totals.sum(2) / b2);
    let gradient = [1.0 / b1, -r1 / b1, -1.0 / b2, r2 / b2];
    let covariance = |left: &[usize], right: &[usize]| {
        let mut sum = 0.0;
        for &i in left {
            for &j in right {
                sum += gradient[i] * gradient[j] * totals.centred_product(i, j);
            }
        }
        sum
    };
    let g = totals.units as f64;
    let (first, second) = (covariance(&[0, 1], &[0, 1]), covariance(&[2, 3], &[2, 3]));
    let shared = -covariance(&[0, 1], &[2, 3]);
    let squares = (first + second - 2.0 * shared).max(0.0);
    let value = scale * (r1 - r2);
    let mut difference = Estimate::new(value, None, unit, size);
    let mut p = None;
    if totals.units > 1 {
        let se = (g / (g - 1.0) * squares).sqrt();
        // Units that all agree leave a sliver of rounding, which is no spread.
        if se > 1e-9 * (r1.abs() + r2.abs()) {
            let se = scale.abs() * se;
            let half = level.t(g - 1.0) * se;
            difference.interval =
                Some(Interval::closed(value - half, value + half, level.value(), Method::OverlapT));
            difference.se = Some(se);
            p = Some(student::tails(value / se, g - 1.0).two_sided());
        }
    }
    let correlation =
        (first > 0.0 && second > 0.0).then(|| (shared / (first * second).sqrt()).clamp(-1.0, 1.0));
    Overlap { difference, p, correlation }
}
