//! Values of a customer and of the base, how equity moved, and customers in tenths.

use super::figures::{bare, estimate, found, resampled};
use cx_core::ground::estimate::{Absent, Caveat, Estimate, Method, Size};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{Decile, EquityPart, Step, Value, ValueKind};

/// Customers of today.
const CUSTOMERS: u64 = 214_406;

/// Margin of one customer a month, share that stays from month to month, monthly rate of 10 % a year.
const MARGIN: f64 = 41.2;
const STAYS: f64 = 0.981;
const RATE: f64 = 0.007_974;

pub(super) fn values() -> Vec<Value> {
    let value = |kind, id: &str, formula: &str, estimate| Value { kind, found: found(id, formula, estimate) };
    let convention = |kind, id: &str, formula: &str, factor: f64| {
        let worth = MARGIN * factor / (1.0 + RATE - STAYS);
        value(kind, id, formula, resampled(worth, worth * 0.031, Unit::Money, CUSTOMERS))
    };
    let referrals = Estimate::absent(
        Absent::BelowMinN { n: 31, wanted: 50 },
        Unit::Money,
        Size { n: 31, ..Size::default() },
    );
    let skewed =
        resampled(1_962.0, 61.0, Unit::Money, CUSTOMERS).with_caveat(Caveat::Skewed { skewness: 1.9 });
    vec![
        value(
            ValueKind::ClvModel,
            "clv_contractual_sbg",
            "sum over t of m S(t) / (1 + i)^t, S by shifted beta-geometric",
            resampled(1_788.0, 74.0, Unit::Money, 41_220),
        ),
        value(
            ValueKind::Residual,
            "residual_clv",
            "m (b + n − 1) / (a + b + n − 1) 2F1(1, b + n; a + b + n; 1 / (1 + i))",
            skewed,
        ),
        value(
            ValueKind::Equity,
            "customer_equity",
            "sum of residual_clv over customers",
            resampled(420_664_000.0, 13_100_000.0, Unit::Money, CUSTOMERS),
        ),
        value(
            ValueKind::ClvToCac,
            "clv_cac_ratio",
            "clv before acquisition cost / cac",
            estimate(4.71, (3.88, 5.83), Unit::Ratio, 41_220, Method::PercentileBootstrap),
        ),
        value(
            ValueKind::AtRisk,
            "revenue_at_risk",
            "sum over customers of chance of leaving × revenue of 12 months",
            resampled(21_480_000.0, 1_190_000.0, Unit::Money, CUSTOMERS),
        ),
        value(
            ValueKind::CostToServe,
            "cost_to_serve",
            "mean over customers of contacts × cost of a contact",
            resampled(3.84, 0.07, Unit::Money, CUSTOMERS),
        ),
        convention(ValueKind::ClvImmediate, "clv:immediate", "m (1 + i) / (1 + i − r)", 1.0 + RATE),
        convention(ValueKind::ClvEndCertain, "clv:end_certain", "m / (1 + i − r)", 1.0),
        convention(ValueKind::ClvEndConditional, "clv:end_conditional", "m r / (1 + i − r)", STAYS),
        value(
            ValueKind::Referral,
            "customer_referral_value",
            "sum over customers brought of (value − reward), discounted",
            referrals,
        ),
    ]
}

pub(super) fn equity() -> Vec<Step<EquityPart>> {
    let step = |part, id: &str, estimate| Step {
        part,
        found: found(
            &format!("customer_equity/{id}"),
            "sum of residual_clv, by what became of the customer",
            estimate,
        ),
    };
    let million = |value: f64, half: f64| resampled(value * 1e6, half * 1e6, Unit::Money, CUSTOMERS);
    vec![
        step(EquityPart::Before, "before", million(398.2, 12.4)),
        step(EquityPart::Lost, "lost", million(-41.5, 2.9)),
        step(EquityPart::Stayed, "stayed", million(9.764, 4.2)),
        step(EquityPart::New, "new", million(47.6, 3.3)),
        step(
            EquityPart::Unknown,
            "unknown",
            estimate(2.1e6, (0.0, 5.4e6), Unit::Money, 1_904, Method::WorstCaseBounds),
        ),
        step(EquityPart::Terms, "terms", bare(4.5e6, Unit::Money, CUSTOMERS)),
        step(EquityPart::After, "after", million(420.664, 13.1)),
    ]
}

pub(super) fn deciles() -> Vec<Decile> {
    const SHARES: [f64; 10] = [0.31, 0.19, 0.13, 0.1, 0.08, 0.065, 0.05, 0.035, 0.025, 0.015];
    let marked = |at: usize| -> Vec<(String, String, f64)> {
        let one = |dimension: &str, group: &str, lift: f64| (dimension.to_owned(), group.to_owned(), lift);
        match at {
            0 => vec![one("plan", "Contract, mobile and internet", 2.6), one("region", "Mazowieckie", 1.4)],
            1 => vec![one("plan", "Contract, mobile and internet", 1.8)],
            8 => vec![one("plan", "Prepaid", 1.9)],
            9 => vec![one("plan", "Prepaid", 2.7), one("acquisition_channel", "comparison site", 2.1)],
            _ => vec![],
        }
    };
    SHARES
        .iter()
        .enumerate()
        .map(|(at, share)| {
            let mean = share * 420_664_000.0 / 21_440.6;
            Decile {
                n: 21_441 - u64::from(at > 5),
                share: *share,
                mean: found(
                    &format!("residual_clv/decile={}", at + 1),
                    "mean of residual_clv of one tenth of customers",
                    resampled(mean, mean * 0.04, Unit::Money, 21_440),
                ),
                marked: marked(at),
            }
        })
        .collect()
}
