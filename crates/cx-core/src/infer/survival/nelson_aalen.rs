//! The cumulative hazard at an age, with its interval.

use super::Table;
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;

/// Nelson and Aalen's cumulative hazard just after `age`: expected events per
/// unit watched from the start, if each that left were replaced.
///
/// Formula: Σ d/n with variance Σ d/n²; limits H e^(±z se/H). Where nobody has
/// left yet the upper limit is ln(1 + z²/n) with n still at risk, the hazard of
/// the lower limit of the survival there. No figure beyond the last age anybody
/// was watched at. Source: `aalen1978`; limits `kalbfleisch2002`, the end after
/// `wilson1927`.
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// let table = survival::Table::exact([(0.0, 3.0, Some(0), 1), (0.0, 5.0, None, 1), (0.0, 7.0, Some(0), 2)]);
/// let five = survival::hazard_at(&table, 5.0, Level::P95);
/// assert_eq!(five.value, Some(0.25));
/// let interval = five.interval.unwrap();
/// assert!(interval.low.unwrap() < 0.04 && interval.high.unwrap() > 1.7);
/// let nobody = survival::Table::exact([(0.0, 12.0, None, 20)]);
/// let high = survival::hazard_at(&nobody, 6.0, Level::P95).interval.unwrap().high.unwrap();
/// assert!(((-high).exp() - 0.838_874_842).abs() < 1e-9);
/// ```
pub fn hazard_at(table: &Table, age: f64, level: Level) -> Estimate {
    let size =
        Size { n: table.units(), clusters: table.units(), events: Some(table.events()), effective: None };
    let Some(last) = table.last_age() else {
        return Estimate::absent(Absent::NoData, Unit::PerUnit, size);
    };
    if age > last {
        return Estimate::absent(Absent::CensoredWindow, Unit::PerUnit, size);
    }
    let interval = limits(table, age, level)
        .map(|(low, high)| Interval::closed(low, high, level.value(), Method::LogWald));
    let mut estimate = Estimate::new(table.hazard_at(age), interval, Unit::PerUnit, size);
    estimate.se = table.row_at(age).filter(|row| row.hazard > 0.0).map(|row| row.hazard_variance.sqrt());
    if table.bucketed { estimate.with_caveat(Caveat::Bucketed) } else { estimate }
}

/// Lower and upper limit; `None` where nobody is at risk and nobody has left.
fn limits(table: &Table, age: f64, level: Level) -> Option<(f64, f64)> {
    let z = level.z();
    let row = table.row_at(age)?;
    if row.hazard > 0.0 {
        let stretch = (z * row.hazard_variance.sqrt() / row.hazard).exp();
        return Some((row.hazard / stretch, row.hazard * stretch));
    }
    let n = table.at_risk(age) as f64;
    (n > 0.0).then(|| (0.0, (z * z / n).ln_1p()))
}
