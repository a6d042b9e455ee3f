//! Time lived by one group and by another, up to the same horizon.

use super::{Table, restricted_mean};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::special::normal;

/// How much longer units of a group live than those of another.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanDifference {
    /// Mean time lived by the first group up to the horizon.
    pub first: Estimate,
    /// Mean time lived by the second group up to the horizon.
    pub second: Estimate,
    /// First less second.
    pub difference: Estimate,
    /// Two-sided normal p-value of no difference; `None` without a variance.
    pub p: Option<f64>,
}

/// The difference of the mean times lived up to a horizon.
///
/// It needs no proportional hazards, and it is in units of time. The interval
/// squares and adds the arms of the two intervals, so that it keeps their
/// ends: √(a² + b²) of the distances to the limits that pull apart. No
/// figure where either mean has none. Source: `irwin1949`; arms `newcombe1998`.
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// use cx_core::ground::unit::Unit;
/// let old = survival::Table::exact((1..=40).map(|i| (0.0, f64::from(i), Some(0), 1)));
/// let new = survival::Table::exact((1..=40).map(|i| (0.0, f64::from(2 * i), Some(0), 1)));
/// let gain = survival::restricted_mean_difference(&new, &old, 40.0, Unit::Months, Level::P95);
/// assert_eq!(gain.difference.value, Some(30.5 - 20.5));
/// assert!(gain.difference.interval.unwrap().low.unwrap() > 0.0 && gain.p.unwrap() < 0.001);
/// ```
pub fn restricted_mean_difference(
    first: &Table,
    second: &Table,
    horizon: f64,
    unit: Unit,
    level: Level,
) -> MeanDifference {
    let one = restricted_mean(first, horizon, unit, level);
    let two = restricted_mean(second, horizon, unit, level);
    let size = Size {
        n: one.size.n + two.size.n,
        clusters: one.size.clusters + two.size.clusters,
        events: one.size.events.zip(two.size.events).map(|(a, b)| a + b),
        effective: None,
    };
    let (Some(a), Some(b)) = (one.value, two.value) else {
        let why = one.absent.clone().or_else(|| two.absent.clone()).unwrap_or(Absent::NoData);
        let difference = Estimate::absent(why, unit, size);
        return MeanDifference { first: one, second: two, difference, p: None };
    };
    let se = one.se.zip(two.se).map(|(a, b)| a.hypot(b)).filter(|se| *se > 0.0);
    let interval = one.interval.zip(two.interval).and_then(|(i, j)| {
        let (down, up) = ((a - i.low?).hypot(j.high? - b), (i.high? - a).hypot(b - j.low?));
        Some(Interval::closed(a - b - down, a - b + up, level.value(), Method::SquaredArms))
    });
    let mut difference = Estimate::new(a - b, interval, unit, size);
    difference.se = se;
    for caveat in one.caveats.iter().chain(&two.caveats) {
        if !difference.caveats.contains(caveat) {
            difference.caveats.push(caveat.clone());
        }
    }
    let p = se.map(|se| normal::tails((a - b) / se).two_sided());
    MeanDifference { first: one, second: two, difference, p }
}
