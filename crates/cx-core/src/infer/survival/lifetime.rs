//! Median and mean lifetimes from a survival curve.

use super::{CurveScale, Table, limits_at};
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::{Level, shares::wilson};

fn size_of(table: &Table) -> Size {
    Size { n: table.units(), clusters: table.units(), events: Some(table.events()), effective: None }
}

/// The age by which half have left. See [`quantile`].
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Life;
/// let mut life = Life::default();
/// for age in 1..=20_i128 {
///     life.add(0, age << 20, Some(0), 1);
/// }
/// let median = survival::median(&survival::Table::new(&life), Unit::Months, Level::P95);
/// assert_eq!(median.value, Some(10.5));
/// let interval = median.interval.unwrap();
/// assert_eq!((interval.low, interval.high), (Some(5.0), Some(15.0)));
/// ```
pub fn median(table: &Table, unit: Unit, level: Level) -> Estimate {
    quantile(table, 0.5, unit, level)
}

/// The age by which a share `left` of the units have left.
///
/// The value is the first age with S ≤ 1 − left, and the middle of the flat
/// stretch where S equals 1 − left exactly. Its limits are the ages where the
/// limits of the curve (log-log) cross the same height; a limit that is never
/// crossed is an open end. No value where the curve never comes down to it.
/// Source: `brookmeyer1982`.
pub fn quantile(table: &Table, left: f64, unit: Unit, level: Level) -> Estimate {
    let size = size_of(table);
    if table.rows().is_empty() {
        return Estimate::absent(Absent::NoData, unit, size);
    }
    let height = 1.0 - left;
    let curve: Vec<(f64, f64)> = table.rows().iter().map(|row| (row.age, row.survival)).collect();
    let limit = |upper: bool| {
        let steps: Vec<(f64, f64)> = table
            .rows()
            .iter()
            .filter_map(|row| {
                let (low, high) = limits_at(table, row.age, CurveScale::LogLog, level)?;
                Some((row.age, if upper { high } else { low }))
            })
            // Before the first event the lower limit only says how few were asked.
            .filter(|(age, _)| table.survival_at(*age) < 1.0)
            .collect();
        crossing(&steps, height)
    };
    let Some(value) = crossing(&curve, height) else {
        let why = format!("{:.0} % is never reached while anybody is watched", 100.0 * left);
        return Estimate::absent(Absent::Undefined { why }, unit, size);
    };
    let interval = Interval {
        low: limit(false),
        high: limit(true),
        level: level.value(),
        method: Method::BrookmeyerCrowley,
    };
    let estimate = Estimate::new(value, Some(interval), unit, size);
    if table.bucketed { estimate.with_caveat(Caveat::Bucketed) } else { estimate }
}

/// Where a falling step curve comes down to a height: the first age at or
/// below it, or the middle of the stretch on which it equals it.
fn crossing(steps: &[(f64, f64)], height: f64) -> Option<f64> {
    let tolerance = 1e-12;
    let (first, level) = *steps.iter().find(|(_, s)| *s <= height + tolerance)?;
    if (level - height).abs() > tolerance {
        return Some(first);
    }
    let end = steps.iter().find(|(_, s)| *s < height - tolerance).map(|(age, _)| *age);
    Some(end.map_or(first, |end| f64::midpoint(first, end)))
}

/// Mean time lived up to a horizon: the area under the curve from 0 to `horizon`.
///
/// Formula: Var = Σ (∫_t^h S)² d/(n(n−d)) over event ages t ≤ h. The interval
/// is Wilson's for the share m of the horizon that was lived, on the effective
/// size m(1−m)h²/Var: with few leaving, a normal one covers 55 % at n = 10 and
/// has no width at all where nobody left. Where the variance is 0 the size is
/// the number still watched at the horizon, or all if everybody left at one
/// age. No value where watching ends before the horizon while some still live.
/// Source: `irwin1949`, variance as in `klein2003`, limits `wilson1927`.
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Life;
/// let mut life = Life::default();
/// for age in 1..=4_i128 {
///     life.add(0, age << 20, Some(0), 1);
/// }
/// let mean = survival::restricted_mean(&survival::Table::new(&life), 4.0, Unit::Months, Level::P95);
/// assert_eq!(mean.value, Some(2.5));
/// let mut stayed = Life::default();
/// stayed.add(0, 12 << 20, None, 20);
/// let year = survival::restricted_mean(&survival::Table::new(&stayed), 12.0, Unit::Months, Level::P95);
/// assert!((year.interval.unwrap().low.unwrap() - 12.0 * 0.838_874_842).abs() < 1e-8);
/// ```
pub fn restricted_mean(table: &Table, horizon: f64, unit: Unit, level: Level) -> Estimate {
    let size = size_of(table);
    let Some(last) = table.last_age() else {
        return Estimate::absent(Absent::NoData, unit, size);
    };
    if last < horizon && table.survival_at(last) > 0.0 {
        return Estimate::absent(Absent::CensoredWindow, unit, size);
    }
    // Backwards: the area to the right of each event age comes first.
    let (mut area, mut variance, mut right) = (0.0, 0.0, horizon);
    for row in table.rows().iter().rev().filter(|row| row.age < horizon) {
        area += row.survival * (right - row.age);
        right = row.age;
        let (n, d) = (row.at_risk as f64, row.events as f64);
        if d > 0.0 && n > d {
            variance += area * area * d / (n * (n - d));
        }
    }
    area += right;
    let lived = (area / horizon).clamp(0.0, 1.0);
    let n = if variance > 0.0 {
        lived * (1.0 - lived) * horizon * horizon / variance
    } else if lived < 1.0 {
        table.units() as f64
    } else {
        table.at_risk(horizon) as f64
    };
    let interval = wilson(lived * n, n, level)
        .map(|i| Interval { method: Method::WilsonEffective, ..i.affine(horizon, 0.0) });
    let estimate = Estimate::new(area, interval, unit, size).with_se(variance.sqrt());
    if table.bucketed { estimate.with_caveat(Caveat::Bucketed) } else { estimate }
}
