//! Where the revenue of the half-year comes from.

use super::figures::{bare, estimate, resampled};
use cx_core::ground::estimate::{Estimate, Method};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::Step;

/// Customers with revenue in either half-year.
const N: u64 = 231_870;

pub(super) fn growth() -> Vec<Step> {
    let step = |name: &str, amount: Estimate, total: bool| Step { name: name.to_owned(), amount, total };
    let million = |x: f64, half: f64| resampled(x * 1e6, half * 1e6, Unit::Money, N);
    let bounds = |x: f64, (low, high): (f64, f64)| {
        estimate(x * 1e6, (low * 1e6, high * 1e6), Unit::Money, N, Method::WorstCaseBounds)
    };
    vec![
        step("revenue a year before", million(118.4, 1.4), true),
        step("customers who did not come back", million(-12.9, 0.6), false),
        step("more or less from those who did", million(6.1, 0.8), false),
        step("new by recommendation", bounds(7.3, (7.3, 10.5)), false),
        step("new by paid acquisition", bounds(9.0, (9.0, 12.2)), false),
        step("new, origin unknown", bare(3.2e6, Unit::Money, N), false),
        step("revenue now", million(131.1, 1.6), true),
    ]
}
