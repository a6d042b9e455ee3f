//! Values of a customer and of the base, how equity moved, and customers in tenths.

use super::figures::{bare, estimate, fact, resampled};
use cx_core::ground::estimate::{Absent, Caveat, Estimate, Method, Size};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{Decile, Ledger, Step, Value};

/// Customers of today.
const CUSTOMERS: u64 = 214_406;
/// Their value still to come, all together.
const EQUITY: f64 = 420_664_000.0;

/// Margin of one customer a month, share that stays from month to month, monthly rate of 10 % a year.
const MARGIN: f64 = 41.2;
const STAYS: f64 = 0.981;
const RATE: f64 = 0.007_974;

pub(super) fn values() -> Vec<Value> {
    let own = |id: &str, name: &str, formula: &str, estimate| Value {
        ledger: Ledger::Own,
        fact: fact(&format!("value/{id}"), name, formula, estimate),
    };
    let convention = |id: &str, name: &str, formula: &str, factor: f64| {
        let worth = MARGIN * factor / (1.0 + RATE - STAYS);
        let estimate = resampled(worth, worth * 0.031, Unit::Money, CUSTOMERS);
        Value { ledger: Ledger::Convention, fact: fact(&format!("value/clv/{id}"), name, formula, estimate) }
    };
    let few = Absent::BelowMinN { n: 31, wanted: 50 };
    let referrals = Estimate::absent(few, Unit::Money, Size { n: 31, ..Size::default() });
    let residual =
        resampled(1_962.0, 61.0, Unit::Money, CUSTOMERS).with_caveat(Caveat::Skewed { skewness: 1.9 });
    let ratio = estimate(4.71, (3.88, 5.83), Unit::Ratio, 41_220, Method::PercentileBootstrap);
    vec![
        own(
            "customer_equity",
            "Customer equity",
            "sum of residual_clv over customers of today",
            resampled(EQUITY, 13_100_000.0, Unit::Money, CUSTOMERS),
        ),
        own(
            "residual_clv",
            "Value still to come from a customer of today",
            "m (b + n − 1) / (a + b + n − 1) 2F1(1, b + n; a + b + n; 1 / (1 + i))",
            residual,
        ),
        own(
            "clv",
            "Lifetime value of a new customer",
            "sum over t of m S(t) / (1 + i)^t, S by shifted beta-geometric",
            resampled(1_788.0, 74.0, Unit::Money, 41_220),
        ),
        own(
            "clv_cac_ratio",
            "Lifetime value over cost of winning",
            "clv before acquisition cost / cac",
            ratio,
        ),
        own(
            "revenue_at_risk",
            "Revenue at risk",
            "sum over customers of chance of leaving × revenue of 12 months",
            resampled(21_480_000.0, 1_190_000.0, Unit::Money, CUSTOMERS),
        ),
        own(
            "cost_to_serve",
            "Cost to serve a customer, a month",
            "mean over customers of contacts × cost of a contact",
            resampled(3.84, 0.07, Unit::Money, CUSTOMERS),
        ),
        convention("immediate", "First payment now, sure", "m (1 + i) / (1 + i − r)", 1.0 + RATE),
        convention("end_certain", "First payment after one period, sure", "m / (1 + i − r)", 1.0),
        convention(
            "end_conditional",
            "First payment after one period, if still a customer",
            "m r / (1 + i − r)",
            STAYS,
        ),
        Value {
            ledger: Ledger::Referral,
            fact: fact(
                "value/customer_referral_value",
                "Value of customers brought by customers",
                "sum over customers brought of (value − reward), discounted",
                referrals,
            ),
        },
    ]
}

pub(super) fn equity() -> Vec<Step> {
    let step = |name: &str, amount, total| Step { name: name.to_owned(), amount, total };
    let million = |value: f64, half: f64| resampled(value * 1e6, half * 1e6, Unit::Money, CUSTOMERS);
    let unknown = estimate(2.1e6, (0.0, 5.4e6), Unit::Money, 1_904, Method::WorstCaseBounds);
    vec![
        step("a year ago", million(398.2, 12.4), true),
        step("customers who left", million(-41.5, 2.9), false),
        step("customers who stayed", million(9.764, 4.2), false),
        step("customers who came", million(47.6, 3.3), false),
        step("customers of unknown first day", unknown, false),
        step("a lower discount rate", bare(4.5e6, Unit::Money, CUSTOMERS), false),
        step("today", million(EQUITY / 1e6, 13.1), true),
    ]
}

pub(super) fn deciles() -> Vec<Decile> {
    const SHARES: [f64; 10] = [0.31, 0.19, 0.13, 0.1, 0.08, 0.065, 0.05, 0.035, 0.025, 0.015];
    let marked = |at: usize| -> Vec<(String, String, f64, f64)> {
        let one =
            |dimension: &str, group: &str, here, base| (dimension.to_owned(), group.to_owned(), here, base);
        match at {
            0 => vec![one("plan", "Contract, mobile and internet", 0.81, 0.31)],
            1 => vec![one("plan", "Contract, mobile and internet", 0.56, 0.31)],
            8 => vec![one("plan", "Prepaid", 0.42, 0.22)],
            9 => vec![
                one("plan", "Prepaid", 0.6, 0.22),
                one("acquisition_channel", "comparison site", 0.25, 0.12),
            ],
            _ => vec![],
        }
    };
    SHARES
        .iter()
        .enumerate()
        .map(|(at, share)| Decile {
            customers: if at < 6 { 21_441.0 } else { 21_440.0 },
            value: share * EQUITY,
            share: *share,
            marked: marked(at),
        })
        .collect()
}
