//! Where the revenue of the half-year comes from.

use super::figures::{bare, estimate, found, resampled};
use cx_core::ground::estimate::{Estimate, Method};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{Growth, GrowthPart, GrowthRate, Step};

/// Customers with revenue in either half-year.
const N: u64 = 231_870;

fn bounds(value: f64, limits: (f64, f64), unit: Unit) -> Estimate {
    estimate(value, limits, unit, N, Method::WorstCaseBounds)
}

pub(super) fn growth() -> Growth {
    let step = |part, id: &str, estimate| Step {
        part,
        found: found(
            &format!("earned_growth_rate/{id}"),
            "sum of revenue by origin of the customer",
            estimate,
        ),
    };
    let million = |x: f64, half: f64| resampled(x * 1e6, half * 1e6, Unit::Money, N);
    let rate = |part, id: &str, formula: &str, estimate| Step { part, found: found(id, formula, estimate) };
    let before = 118.4;
    Growth {
        steps: vec![
            step(GrowthPart::Before, "before", million(before, 1.4)),
            step(GrowthPart::Lost, "lost", million(-12.9, 0.6)),
            step(GrowthPart::Returning, "returning", million(6.1, 0.8)),
            step(GrowthPart::Earned, "earned", bounds(7.3e6, (7.3e6, 10.5e6), Unit::Money)),
            step(GrowthPart::Bought, "bought", bounds(9.0e6, (9.0e6, 12.2e6), Unit::Money)),
            step(GrowthPart::Unknown, "unknown", bare(3.2e6, Unit::Money, N)),
            step(GrowthPart::After, "after", million(131.1, 1.6)),
        ],
        rates: vec![
            rate(GrowthRate::Total, "revenue_growth", "R1 / R0 − 1", resampled(0.107, 0.012, Unit::Share, N)),
            rate(
                GrowthRate::NetRetention,
                "nrr",
                "R1(returning) / R0",
                resampled(0.943, 0.009, Unit::Ratio, N),
            ),
            rate(
                GrowthRate::Earned,
                "earned_growth_rate",
                "nrr + R1(earned new) / R0 − 1",
                bounds(0.004, (0.004, 0.031), Unit::Share),
            ),
            rate(
                GrowthRate::Bought,
                "bought_growth_rate",
                "R1(bought new) / R0",
                bounds(0.076, (0.076, 0.103), Unit::Share),
            ),
            rate(
                GrowthRate::Ratio,
                "earned_growth_ratio",
                "earned_growth_rate / (R1 / R0 − 1)",
                bounds(0.04, (0.04, 0.291), Unit::Ratio),
            ),
        ],
    }
}
