//! Survival at an age, with its interval.

use super::Table;
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;

/// The scale on which Greenwood's standard error is added and subtracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveScale {
    /// S itself, clamped to 0..1.
    Plain,
    /// ln S, clamped to 1.
    Log,
    /// ln(−ln S), the default: stays inside 0..1 by itself.
    LogLog,
}

/// Survival just after `age`, with the log-log interval.
///
/// No figure beyond the last age anybody was watched at while some still
/// live: nothing is known there. Source: `kalbfleisch2002`.
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// use cx_core::stats::Life;
/// let mut life = Life::default();
/// for age in 1..=20_i128 {
///     life.add(0, age << 20, (age % 2 == 0).then_some(0), 1);
/// }
/// let table = survival::Table::new(&life);
/// let ten = survival::estimate_at(&table, 10.0, Level::P95);
/// assert!((ten.value.unwrap() - 0.698_348_091_537).abs() < 1e-11);
/// let late = survival::estimate_at(&table, 21.0, Level::P95);
/// assert_eq!(late.value, Some(0.0));
/// ```
pub fn estimate_at(table: &Table, age: f64, level: Level) -> Estimate {
    let size =
        Size { n: table.units(), clusters: table.units(), events: Some(table.events()), effective: None };
    let Some(last) = table.last_age() else {
        return Estimate::absent(Absent::NoData, Unit::Share, size);
    };
    let s = table.survival_at(age);
    if age > last && s > 0.0 {
        return Estimate::absent(Absent::CensoredWindow, Unit::Share, size);
    }
    let mut estimate = Estimate::new(s, interval_at(table, age, level), Unit::Share, size);
    estimate.se = table.row_at(age).filter(|_| s > 0.0).map(|row| s * row.greenwood.sqrt());
    if table.bucketed { estimate.with_caveat(Caveat::Bucketed) } else { estimate }
}

/// The log-log interval of survival just after an age; see [`limits_at`].
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// use cx_core::stats::Life;
/// let mut life = Life::default();
/// life.add(0, 12 << 20, None, 20);
/// let nobody_left = survival::interval_at(&survival::Table::new(&life), 6.0, Level::P95).unwrap();
/// assert!((nobody_left.low.unwrap() - 0.838_874_842).abs() < 1e-9);
/// assert_eq!(nobody_left.high, Some(1.0));
/// ```
pub fn interval_at(table: &Table, age: f64, level: Level) -> Option<Interval> {
    let (low, high) = limits_at(table, age, CurveScale::LogLog, level)?;
    Some(Interval::closed(low, high, level.value(), Method::GreenwoodLogLog))
}

/// Lower and upper limit of survival just after an age.
///
/// Formula, G Greenwood's sum: S ± z S√G; S e^(±z√G); S^exp(±z √G / ln S).
/// Where nobody has left yet (S = 1) the lower limit is 1/(1 + z²/n) with n
/// still at risk, as for a share of all out of n. Where nobody is left (S = 0)
/// it reaches from 0 to the upper limit just before the last event. `None`
/// where nobody is at risk and nobody has left.
/// Source: `kalbfleisch2002`; the two ends after `wilson1927`.
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// use cx_core::stats::Life;
/// let mut life = Life::default();
/// life.add(0, 12 << 20, None, 20);
/// let table = survival::Table::new(&life);
/// let (low, high) = survival::limits_at(&table, 6.0, survival::CurveScale::Plain, Level::P95).unwrap();
/// assert!((low - 0.838_874_842).abs() < 1e-9 && high == 1.0);
/// ```
pub fn limits_at(table: &Table, age: f64, scale: CurveScale, level: Level) -> Option<(f64, f64)> {
    let z = level.z();
    let row = table.row_at(age)?;
    let s = row.survival;
    if s >= 1.0 {
        let n = table.at_risk(age) as f64;
        return (n > 0.0).then(|| (1.0 / (1.0 + z * z / n), 1.0));
    }
    if s <= 0.0 {
        let before = table.rows().iter().rev().find(|row| row.survival > 0.0);
        let high = before
            .filter(|row| row.survival < 1.0)
            .map_or(1.0, |row| limits(row.survival, row.greenwood, scale, z).1);
        return Some((0.0, high));
    }
    Some(limits(s, row.greenwood, scale, z))
}

/// Limits of a survival strictly between 0 and 1.
fn limits(s: f64, greenwood: f64, scale: CurveScale, z: f64) -> (f64, f64) {
    let half = z * greenwood.sqrt();
    let (low, high) = match scale {
        CurveScale::Plain => (s - half * s, s + half * s),
        CurveScale::Log => (s * (-half).exp(), s * half.exp()),
        CurveScale::LogLog => {
            let stretch = (half / -s.ln()).exp();
            (s.powf(stretch), s.powf(1.0 / stretch))
        }
    };
    (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
}
