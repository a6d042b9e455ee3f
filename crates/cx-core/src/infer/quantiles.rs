//! Quantiles with distribution-free intervals.

use super::Level;
use super::special::binomial;
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::stats::Sketch;

/// The ranks of the order statistics that bound a quantile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranks {
    /// Rank of the lower limit; `None` where no value is low enough.
    pub low: Option<u64>,
    /// Rank of the upper limit; `None` where no value is high enough.
    pub high: Option<u64>,
}

/// Ranks whose order statistics bound the `q` quantile of n values, α/2 on either side.
///
/// Formula: with K binomial (n, q), the lower rank is the largest l with
/// P(K < l) ≤ α/2, the upper one the smallest u with P(K ≥ u) ≤ α/2; a rank
/// outside 1..n is an open end (a median needs six values for 95 %, a 90 %
/// point 36). Source: `conover1999`.
///
/// # Examples
/// ```
/// use cx_core::infer::{quantiles::{ranks, Ranks}, Level};
/// assert_eq!(ranks(0.5, 6, Level::P95), Ranks { low: Some(1), high: Some(6) });
/// assert_eq!(ranks(0.5, 5, Level::P95), Ranks { low: None, high: None });
/// assert_eq!(ranks(0.9, 36, Level::P95).high, Some(36));
/// assert_eq!(ranks(0.9, 35, Level::P95).high, None);
/// ```
pub fn ranks(q: f64, n: u64, level: Level) -> Ranks {
    let tail = level.alpha() / 2.0;
    // The smallest k with P(K ≤ k) above the tail is the largest l with P(K < l) at most the tail.
    let (mut l, mut r) = (0, n);
    while l < r {
        let middle = l + (r - l) / 2;
        if binomial::tails(middle, n, q).below > tail {
            r = middle;
        } else {
            l = middle + 1;
        }
    }
    let low = Some(l).filter(|l| *l >= 1 && *l <= n);
    // The smallest u with P(K ≥ u) = P(K > u − 1) at most the tail.
    let (mut l, mut r) = (0, n);
    while l < r {
        let middle = l + (r - l) / 2;
        if binomial::tails(middle, n, q).above <= tail {
            r = middle;
        } else {
            l = middle + 1;
        }
    }
    let high = Some(l + 1).filter(|u| *u <= n);
    Ranks { low, high }
}

/// The `q` quantile of a sketch with its interval from order statistics.
///
/// The value interpolates linearly between the neighbours of rank
/// (n − 1)q + 1, as spreadsheets and data-frame libraries do by default.
/// Values in buckets add their own width: the lower limit is the low end of
/// its bucket, the upper one the high end of its, and a caveat says so. Rows
/// are taken as independent.
///
/// # Examples
/// ```
/// use cx_core::infer::{quantiles, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Sketch;
/// let mut hours = Sketch::default();
/// for x in 1..=9_i128 {
///     hours.add(x << 20, 1).unwrap();
/// }
/// let median = quantiles::estimate(&hours, 0.5, Unit::Hours, Level::P95);
/// assert_eq!(median.value, Some(5.0));
/// let interval = median.interval.unwrap();
/// assert_eq!((interval.low, interval.high), (Some(2.0), Some(8.0)));
/// ```
pub fn estimate(sketch: &Sketch, q: f64, unit: Unit, level: Level) -> Estimate {
    let n = sketch.n();
    let size = Size { n, clusters: n, events: None, effective: None };
    if n == 0 {
        return Estimate::absent(Absent::NoData, unit, size);
    }
    let Some(value) = value_at(sketch, q) else {
        let why = format!("a quantile lies between 0 and 1, not at {q}");
        return Estimate::absent(Absent::Undefined { why }, unit, size);
    };
    let Ranks { low, high } = ranks(q, n, level);
    let interval = Interval {
        low: low.and_then(|r| sketch.order_statistic(r)).map(|b| b.low),
        high: high.and_then(|r| sketch.order_statistic(r)).map(|b| b.high),
        level: level.value(),
        method: Method::OrderStatistics,
    };
    let estimate = Estimate::new(value, Some(interval), unit, size);
    if sketch.is_exact() { estimate } else { estimate.with_caveat(Caveat::Bucketed) }
}

/// The interpolated quantile; `None` outside 0..=1 or without values.
fn value_at(sketch: &Sketch, q: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&q) {
        return None;
    }
    let place = (sketch.n() as f64 - 1.0) * q;
    let below = place.floor();
    let left = sketch.order_statistic(below as u64 + 1)?.middle();
    let right = sketch.order_statistic((below as u64 + 2).min(sketch.n()))?.middle();
    Some((right - left).mul_add(place - below, left))
}
