//! Initiatives of which nothing, or little, can be said.

use super::figures::{check, designs, effect};
use cx_core::findings::{Compared, InitiativeFound, OutcomeEffect};
use cx_core::ground::estimate::{Absent, Refused};
use cx_core::ground::unit::Unit;

fn refused(rule: &str, reason: &str, lift: &str) -> Refused {
    Refused { rule: rule.into(), reason: reason.into(), lift: lift.into() }
}

fn initiative(id: &str, name: &str, allowed: &[&str], why: Refused) -> InitiativeFound {
    InitiativeFound {
        id: id.into(),
        name: name.into(),
        strategy: None,
        owner: Some("P. Zieliński".into()),
        started: Some("2025-11-03".into()),
        target_metric: None,
        stream: None,
        designs: designs(allowed),
        design: None,
        compared: None,
        outcomes: vec![],
        checks: vec![],
        path: vec![],
        grade: None,
        money: Err(Absent::Refused(why.clone())),
        refused: vec![why],
        claims: Vec::new(),
        overlaps: vec![],
    }
}

/// Customers took it up themselves.
pub(super) fn app() -> InitiativeFound {
    let why = refused(
        "customers chose in",
        "those who chose it were other customers before, so with and without is no comparison",
        "invite a random half, and compare the invited with the others",
    );
    InitiativeFound {
        strategy: Some("technology_ai".into()),
        stream: Some("spend".into()),
        ..initiative("APP", "Mobile application", &["weighted"], why)
    }
}

/// The regions moved apart before it began.
pub(super) fn training() -> InitiativeFound {
    let why = refused("checks", "a check that must hold failed", "what the checks say");
    InitiativeFound {
        strategy: Some("training".into()),
        stream: Some("service".into()),
        design: Some("differences".into()),
        compared: Some(Compared {
            assigned: "region".into(),
            treated: 6,
            control: 10,
            population: 74_900,
            reached: None,
            from: "2025-11-03".into(),
            until: "2026-06-30".into(),
            months: 8.0,
        }),
        outcomes: vec![OutcomeEffect {
            id: "cost_to_serve".into(),
            name: "Cost to serve per customer and month".into(),
            unit: Unit::Money,
            effect: effect(-0.17, 0.11, Unit::Money, 6),
            without: Some(1.66),
            relative: Some(-0.17 / 1.66),
            before_after: Some(effect(-0.31, 0.1, Unit::Money, 6)),
            as_they_stand: Some(effect(-0.02, 0.14, Unit::Money, 6)),
            takers: None,
            detectable: Some(0.157),
            priced: true,
        }],
        checks: vec![
            check(
                "parallel before",
                false,
                "p = 0.01; a drift of 0.019 a month would have been seen in four of five cases",
            ),
            check(
                "holds against a break of the trend",
                false,
                "it holds up to 0.20 times the largest departure seen before",
            ),
        ],
        ..initiative("TRAIN", "Training of the evening shift", &["differences", "synthetic"], why)
    }
}
