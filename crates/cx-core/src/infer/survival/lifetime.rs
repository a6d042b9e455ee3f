//! Median and mean lifetimes from a survival curve.

use super::{CurveScale, Table, limits_at};
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;

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
/// Formula: Var = Σ (∫_t^h S)² d/(n(n−d)) over event ages t ≤ h, normal
/// interval clamped to 0..h. No value where watching ends before the horizon
/// while some still live. Source: `irwin1949`, variance as in `klein2003`.
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
    let se = variance.sqrt();
    let half = level.z() * se;
    let interval = Interval::closed(area - half, area + half, level.value(), Method::Wald)
        .clamped((Some(0.0), Some(horizon)));
    let estimate = Estimate::new(area, Some(interval), unit, size).with_se(se);
    if table.bucketed { estimate.with_caveat(Caveat::Bucketed) } else { estimate }
}
