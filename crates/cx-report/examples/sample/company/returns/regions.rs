//! One desk for all channels, opened region after region.

use super::figures::{bell, check, designs, drawn, effect, input, points};
use cx_core::findings::{Compared, InitiativeFound, MoneyFound, OutcomeEffect, PathPoint, StreamFound};
use cx_core::ground::estimate::Estimate;
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

/// The worth of it: its median and how far draws spread.
pub(super) const WORTH: (f64, f64) = (1_240_000.0, 690_000.0);

/// Effects by month since the start on cost to serve per customer and month.
const PATH: [(i64, f64, f64); 17] = [
    (-8, 0.02, 0.11),
    (-7, -0.03, 0.1),
    (-6, 0.04, 0.1),
    (-5, 0.01, 0.09),
    (-4, -0.02, 0.09),
    (-3, 0.03, 0.08),
    (-2, -0.01, 0.08),
    (0, -0.05, 0.09),
    (1, -0.12, 0.09),
    (2, -0.18, 0.1),
    (3, -0.2, 0.1),
    (4, -0.24, 0.11),
    (5, -0.22, 0.12),
    (6, -0.25, 0.13),
    (7, -0.23, 0.15),
    (8, -0.27, 0.17),
    (9, -0.24, 0.2),
];

pub(super) fn desk() -> InitiativeFound {
    InitiativeFound {
        id: "DESK".into(),
        name: "One desk for all channels".into(),
        strategy: Some("omnichannel".into()),
        owner: Some("P. Zieliński".into()),
        started: Some("2025-06-01".into()),
        target_metric: Some("cost_to_serve".into()),
        stream: Some("service".into()),
        designs: designs(&["differences", "synthetic"]),
        design: Some("differences".into()),
        compared: Some(Compared {
            assigned: "region".into(),
            treated: 9,
            control: 7,
            population: 118_400,
            reached: None,
            from: "2025-06-01".into(),
            until: "2026-06-30".into(),
            months: 13.0,
        }),
        outcomes: outcomes(),
        checks: vec![
            check(
                "parallel before",
                true,
                "p = 0.62; a drift of 0.014 a month would have been seen in four of five cases",
            ),
            check(
                "holds against a break of the trend",
                true,
                "it holds up to 1.30 times the largest departure seen before",
            ),
        ],
        path: PATH
            .iter()
            .map(|(month, value, half)| PathPoint {
                month: *month,
                value: *value,
                low: Some(value - half),
                high: Some(value + half),
            })
            .collect(),
        grade: Some(Grade::Q),
        money: Ok(money()),
        refused: vec![],
        claims: Vec::new(),
        overlaps: vec![],
    }
}

fn outcomes() -> Vec<OutcomeEffect> {
    let outcome = |id: &str, name: &str, unit: Unit, (value, half): (f64, f64), without: f64| OutcomeEffect {
        id: id.into(),
        name: name.into(),
        unit,
        effect: effect(value, half, unit, 9),
        without: Some(without),
        relative: Some(value / without),
        before_after: Some(Estimate { interval: None, ..effect(1.9 * value, half, unit, 9) }),
        as_they_stand: Some(Estimate { interval: None, ..effect(-0.4 * value, half, unit, 9) }),
        takers: None,
        detectable: Some(1.43 * half),
        priced: id == "cost_to_serve",
    };
    vec![
        outcome("cost_to_serve", "Cost to serve per customer and month", Unit::Money, (-0.21, 0.08), 1.58),
        outcome("contacts", "Contacts per customer and month", Unit::PerUnit, (-0.012, 0.009), 0.147),
        outcome("satisfied", "Share satisfied", Unit::Share, (0.011, 0.021), 0.671),
    ]
}

fn money() -> MoneyFound {
    let (middle, spread) = WORTH;
    MoneyFound {
        horizon_months: 48,
        rate: 0.1,
        draws: 10_000,
        streams: vec![
            StreamFound {
                id: "service".into(),
                name: "spared in service, in cash".into(),
                value: 2_106_000.0,
                counted: true,
            },
            StreamFound {
                id: "service_not_cash".into(),
                name: "spared in service, but not in cash".into(),
                value: 1_134_000.0,
                counted: false,
            },
        ],
        benefit: drawn(2_110_000.0, (980_000.0, 3_260_000.0), Unit::Money),
        cost: drawn(868_000.0, (822_000.0, 921_000.0), Unit::Money),
        npv: drawn(middle, (middle - 1.645 * spread, middle + 1.645 * spread), Unit::Money),
        roi: drawn(1.43, (0.12, 2.77), Unit::Ratio),
        internal_rate: drawn(0.62, (0.05, 1.3), Unit::Share),
        forms: Some([1.426, 2.426, 0.426]),
        quantiles: points(middle, spread),
        density: bell(middle, spread),
        pays: 0.964,
        hurdle: 0.15,
        above_hurdle: 0.946,
        shortfall: -180_000.0,
        payback_years: Some(1.7),
        half_year_delay: Some(58_000.0),
        break_even: Some(0.086),
        always_pays: false,
        detectability: Some(0.75),
        inputs: vec![
            input(
                "effect",
                "design",
                "normal, 0.2100 with standard error 0.0408",
                (612_000.0, 1_869_000.0),
                (Some(0.58), 6_900.0),
            ),
            input(
                "share that lasts beyond what was seen",
                "judgement",
                "triangular from 0 over 0.5 to 1",
                (744_000.0, 1_737_000.0),
                (Some(0.41), 2_200.0),
            ),
            input(
                "running cost still to come, times",
                "judgement",
                "log-normal around 1, spread 0.1",
                (1_288_000.0, 1_187_000.0),
                (Some(0.01), 0.0),
            ),
        ],
        perfect_information: 10_800.0,
        costs_go_on: true,
        held: None,
    }
}
