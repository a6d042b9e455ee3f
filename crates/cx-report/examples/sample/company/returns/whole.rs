//! All of them together, held against what the company earned.

use super::figures::{bell, drawn, fact};
use super::{lot, open, regions};
use cx_core::findings::{ClaimHeld, Fact, GuardFound, InitiativeFound, Programme, RoiReport};
use cx_core::ground::estimate::{Estimate, Interval, Method, Size};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

/// Findings on the initiatives of Telefonia Bałtyk.
pub(crate) fn returns() -> RoiReport {
    let initiatives = vec![regions::desk(), lot::welcome(), open::training(), open::app()];
    let programme = programme();
    let mut facts: Vec<Fact> = initiatives.iter().flat_map(facts_of).collect();
    for (id, name, estimate) in [
        ("npv", "Net present value of the programme", &programme.npv),
        ("cost", "Present value of the cost of the programme", &programme.cost),
        ("roi", "Return of the programme", &programme.roi),
    ] {
        let id = format!("roi/programme/{id}");
        facts.push(fact(&id, name, "sum over initiatives in every draw", estimate, programme.grade));
    }
    let assumption = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let foretold = Interval::closed(96_800_000.0, 99_900_000.0, 0.90, Method::Predictive);
    let months = Size { n: 41, ..Size::default() };
    RoiReport {
        as_of: "2026-06-30".into(),
        currency: Some("PLN".into()),
        level: 0.95,
        assumptions: vec![
            assumption("discount rate a year", "0.1"),
            assumption("horizon", "36 months from the start, unless the register says otherwise"),
            assumption("draws", "10000"),
        ],
        initiatives,
        programme: Ok(programme),
        guard: Ok(GuardFound {
            months: 12,
            actual: 99_400_000.0,
            foretold: Estimate::new(98_350_000.0, Some(foretold), Unit::Money, months),
            bound: 2_600_000.0,
            claimed: 729_000.0,
            factor: 1.0,
            claims: [("DESK", 612_000.0), ("WELCOME", 117_000.0)]
                .map(|(id, x)| ClaimHeld { initiative: id.into(), claimed: x, fits: x })
                .to_vec(),
        }),
        facts,
        records: vec![],
    }
}

fn programme() -> Programme {
    let (middle, spread) = (lot::WORTH.0 + regions::WORTH.0, lot::WORTH.1.hypot(regions::WORTH.1));
    Programme {
        initiatives: vec!["DESK".into(), "WELCOME".into()],
        left_out: vec!["TRAIN".into(), "APP".into()],
        npv: drawn(middle, (middle - 1.645 * spread, middle + 1.645 * spread), Unit::Money),
        benefit: drawn(2_714_000.0, (1_481_000.0, 3_962_000.0), Unit::Money),
        cost: drawn(1_054_000.0, (1_004_000.0, 1_112_000.0), Unit::Money),
        roi: drawn(1.57, (0.4, 2.77), Unit::Ratio),
        pays: 0.986,
        grade: Grade::Q,
        density: bell(middle, spread),
        as_claimed: None,
    }
}

fn facts_of(one: &InitiativeFound) -> Vec<Fact> {
    let grade = one.grade.unwrap_or(Grade::T);
    let effects = one.outcomes.iter().map(|outcome| {
        let id = format!("roi/{}/{}/effect", one.id, outcome.id);
        let name = format!("Effect of {} on: {}", one.name, outcome.name);
        let formula = "change of the treated less change of the others";
        fact(&id, &name, formula, &outcome.effect, grade)
    });
    let money = one.money.iter().flat_map(|money| {
        [
            ("npv", "Net present value", &money.npv),
            ("benefit", "Present value of the benefit", &money.benefit),
            ("cost", "Present value of the cost", &money.cost),
            ("roi", "Return on investment", &money.roi),
        ]
    });
    let money = money.map(|(id, name, estimate)| {
        let name = format!("{name} of {}", one.name);
        fact(&format!("roi/{}/{id}", one.id), &name, "median of joint draws", estimate, grade)
    });
    effects.chain(money).collect()
}
