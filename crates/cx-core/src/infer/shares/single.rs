//! Intervals of one share.
//!
//! Each takes k successes out of n. Both may be fractional: under weights and
//! clustering n is an effective size. `None` where n = 0 or k lies outside 0..n.

use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::special::{Tails, beta};
use crate::infer::{Level, effective};
use crate::stats::RatioSums;

fn valid(k: f64, n: f64) -> bool {
    n > 0.0 && (0.0..=n).contains(&k)
}

fn within_bounds(low: f64, high: f64, level: Level, method: Method) -> Interval {
    Interval::closed(low.clamp(0.0, 1.0), high.clamp(0.0, 1.0), level.value(), method)
}

/// Wilson's score interval, the default of every share.
///
/// Formula: centre (p + z²/2n) / (1 + z²/n), half-width
/// z √(p(1−p)/n + z²/4n²) / (1 + z²/n), with p = k/n and z the normal quantile.
/// Source: `wilson1927`.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// let interval = shares::wilson(8.0, 10.0, Level::P95).unwrap();
/// assert!((interval.low.unwrap() - 0.490_162).abs() < 1e-6);
/// assert!((interval.high.unwrap() - 0.943_318).abs() < 1e-6);
/// ```
pub fn wilson(k: f64, n: f64, level: Level) -> Option<Interval> {
    if !valid(k, n) {
        return None;
    }
    let z = level.z();
    let square = z * z;
    let whole = n + square;
    let centre = (0.5 * square + k) / whole;
    let half = z * (k * (n - k) / n + 0.25 * square).sqrt() / whole;
    // At the ends centre and half-width are equal; rounding must not leave a sliver.
    let low = if k == 0.0 { 0.0 } else { centre - half };
    let high = if k == n { 1.0 } else { centre + half };
    Some(within_bounds(low, high, level, Method::Wilson))
}

/// Wald's interval p ± z √(p(1−p)/n), clamped to 0..1.
///
/// Kept because other tools print it; near 0 and 1 and below n = 100 it covers
/// far less than it says. Source: `brown2001`.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// // No width at all where everybody agrees: the reason not to use it.
/// let interval = shares::wald(10.0, 10.0, Level::P95).unwrap();
/// assert_eq!((interval.low, interval.high), (Some(1.0), Some(1.0)));
/// ```
pub fn wald(k: f64, n: f64, level: Level) -> Option<Interval> {
    if !valid(k, n) {
        return None;
    }
    let p = k / n;
    let half = level.z() * (p * (1.0 - p) / n).sqrt();
    Some(within_bounds(p - half, p + half, level, Method::Wald))
}

/// Agresti and Coull's interval: Wald's after adding z²/2 to both sides, clamped to 0..1.
/// Source: `agresti1998`.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// let interval = shares::agresti_coull(152.0, 180.0, Level::P95).unwrap();
/// assert!((interval.low.unwrap() - 0.783_886_894).abs() < 1e-8);
/// ```
pub fn agresti_coull(k: f64, n: f64, level: Level) -> Option<Interval> {
    if !valid(k, n) {
        return None;
    }
    let z = level.z();
    let whole = z.mul_add(z, n);
    let p = (0.5 * z).mul_add(z, k) / whole;
    let half = z * (p * (1.0 - p) / whole).sqrt();
    Some(within_bounds(p - half, p + half, level, Method::AgrestiCoull))
}

/// Jeffreys' interval: the equal-tailed quantiles of Beta(k + ½, n − k + ½);
/// the end is 0 where k = 0 and 1 where k = n. Source: `brown2001`.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// let interval = shares::jeffreys(152.0, 180.0, Level::P95).unwrap();
/// assert!((interval.low.unwrap() - 0.786_195_738).abs() < 1e-8);
/// ```
pub fn jeffreys(k: f64, n: f64, level: Level) -> Option<Interval> {
    if !valid(k, n) {
        return None;
    }
    let (a, b) = (k + 0.5, n - k + 0.5);
    let low = if k == 0.0 { 0.0 } else { beta::quantile(level.upper().mirrored(), a, b) };
    let high = if k == n { 1.0 } else { beta::quantile(level.upper(), a, b) };
    Some(within_bounds(low, high, level, Method::Jeffreys))
}

/// Clopper and Pearson's exact interval: covers at least the level for every
/// share, and therefore more for most. Source: `clopper1934`.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// let interval = shares::clopper_pearson(152.0, 180.0, Level::P95).unwrap();
/// assert!((interval.high.unwrap() - 0.894_077_159).abs() < 1e-8);
/// ```
pub fn clopper_pearson(k: f64, n: f64, level: Level) -> Option<Interval> {
    if !valid(k, n) {
        return None;
    }
    let upper: Tails = level.upper();
    let low = if k == 0.0 { 0.0 } else { beta::quantile(upper.mirrored(), k, n - k + 1.0) };
    let high = if k == n { 1.0 } else { beta::quantile(upper, k + 1.0, n - k) };
    Some(within_bounds(low, high, level, Method::ClopperPearson))
}

/// A share with its interval, from the totals of (w·x, w) over units.
///
/// Plain answers: Wilson. Weighted answers or several of one customer: Wilson
/// on the effective size (see [`effective::size`]), which takes the spread
/// between units into account. One unit alone gives no interval; no row gives
/// no share.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// use cx_core::stats::Totals;
/// let mut totals = Totals::new(2);
/// for (a, b) in [(4, 4), (0, 2), (2, 3), (6, 6), (0, 3)] {
///     totals.add(&[a << 20, b << 20], b as u64).unwrap();
/// }
/// let share = shares::estimate(&totals.ratio_sums(0, 1), Level::P95);
/// assert!((share.interval.unwrap().low.unwrap() - 0.184_397).abs() < 1e-6);
/// ```
pub fn estimate(sums: &RatioSums, level: Level) -> Estimate {
    let Some(p) = sums.ratio() else {
        return Estimate::absent(Absent::NoData, Unit::Share, effective::size_of(sums, None));
    };
    if !sums.is_clustered() && !sums.is_weighted() {
        return plain(sums.numerator, sums.denominator, effective::size_of(sums, None), level);
    }
    let n_eff = effective::size(sums, p * (1.0 - p));
    let interval = n_eff
        .and_then(|n| effective::for_interval(n, sums.units, level))
        .and_then(|n| wilson(p.clamp(0.0, 1.0) * n, n, level))
        .map(|i| Interval { method: Method::WilsonEffective, ..i });
    let mut share = Estimate::new(p, interval, Unit::Share, effective::size_of(sums, n_eff));
    share.se = sums.variance().map(f64::sqrt);
    share.caveats = effective::caveats_of(sums);
    share
}

/// A share of plain counts with Wilson's interval; no share of nothing.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// let share = shares::estimate_counts(150, 200, Level::P95);
/// assert_eq!(share.value, Some(0.75));
/// assert_eq!(shares::estimate_counts(0, 0, Level::P95).value, None);
/// ```
pub fn estimate_counts(k: u64, n: u64, level: Level) -> Estimate {
    let size = Size { n, clusters: n, events: Some(k), effective: None };
    if n == 0 {
        Estimate::absent(Absent::NoData, Unit::Share, size)
    } else {
        plain(k as f64, n as f64, size, level)
    }
}

fn plain(k: f64, n: f64, size: Size, level: Level) -> Estimate {
    let p = k / n;
    Estimate::new(p, wilson(k, n, level), Unit::Share, size).with_se((p * (1.0 - p) / n).max(0.0).sqrt())
}
