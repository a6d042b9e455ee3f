//! Estimates with intervals and origins.

use cx_core::findings::{Fact, Records};
use cx_core::ground::estimate::{Estimate, Interval, Method, Size};
use cx_core::ground::unit::Unit;

/// A number of n rows with its interval.
pub(super) fn estimate(value: f64, (low, high): (f64, f64), unit: Unit, n: u64, method: Method) -> Estimate {
    let interval = Interval::closed(low, high, 0.95, method);
    Estimate::new(value, Some(interval), unit, Size { n, ..Size::default() })
}

/// The same by bootstrap over customers, half as wide as `half` on either side.
pub(super) fn resampled(value: f64, half: f64, unit: Unit, n: u64) -> Estimate {
    estimate(value, (value - half, value + half), unit, n, Method::PercentileBootstrap)
}

/// A number without an interval.
pub(super) fn bare(value: f64, unit: Unit, n: u64) -> Estimate {
    Estimate::new(value, None, unit, Size { n, ..Size::default() })
}

/// A figure with its formula, where that comes from and the rows it stands on.
pub(super) fn fact(id: &str, name: &str, formula: &str, estimate: Estimate) -> Fact {
    let records =
        Records { table: "subscriptions".into(), rows: 318_204, units: 231_870, ..Records::default() };
    Fact::new(id, name, estimate)
        .by(formula, "faderHardie2010")
        .from_records(&[records])
        .assuming("discount_rate", "10 % a year")
}

/// `first`, then month after month: 2025-01, 2025-02, …
pub(crate) fn months(first: (u32, u32), n: u32) -> Vec<String> {
    (0..n)
        .map(|i| {
            let month = first.1 - 1 + i;
            format!("{}-{:02}", first.0 + month / 12, month % 12 + 1)
        })
        .collect()
}

/// A wobble between −1 and 1 that looks like chance and is the same every time.
pub(crate) fn wobble(i: usize) -> f64 {
    let x = i as f64;
    (x * 12.9898).sin() * 0.6 + (x * 4.1414 + 1.0).sin() * 0.4
}
