//! Claims of others held against figures of the invented company.

use cx_core::claims::{Verdict, shipped, verdict};
use cx_core::findings::{ClaimFound, ClaimsReport, Fact, FivePoints, OwnFigure, as_effect};
use cx_core::ground::estimate::{Estimate, Interval, Method, Size};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

/// A share or a ratio with its interval.
fn found(value: f64, low: f64, high: f64, unit: Unit) -> Estimate {
    let interval = Interval::closed(low, high, 0.95, Method::Draws);
    Estimate::new(value, Some(interval), unit, Size { n: 41_260, ..Size::default() })
}

/// The own figures by the claims that they test.
fn own() -> Vec<(&'static str, OwnFigure)> {
    let one = |name: &str, from: &str, estimate: Estimate, grade: Option<Grade>, near: bool| OwnFigure {
        name: name.into(),
        from: from.into(),
        estimate,
        grade,
        near,
    };
    let talk = found(0.52, 0.49, 0.55, Unit::Share);
    let kept = found(0.031, 0.012, 0.05, Unit::Share);
    let call = found(0.0098, 0.0033, 0.0163, Unit::Share);
    let desk = found(-0.127, -0.193, -0.06, Unit::Share);
    let five = found(0.41, 0.33, 0.5, Unit::Share);
    let costs = found(4.1, 3.6, 4.7, Unit::Ratio);
    vec![
        ("C03", one("word_of_mouth_rate:good", "word_of_mouth_rate:good", talk, None, false)),
        (
            "C06",
            one("share kept, 9-10 less 0-6, adjusted", "linkage/kept/adjusted", kept, Some(Grade::A), false),
        ),
        (
            "C08",
            one("lifetime value under five more points of retention", "cx audit --claims", five, None, true),
        ),
        (
            "C15",
            one(
                "effect of Welcome call in the first month on: Still a customer at the end",
                "roi/WELCOME/kept/effect",
                call,
                Some(Grade::R),
                false,
            ),
        ),
        (
            "C16",
            one(
                "effect of One desk for all channels on: Cost to serve per customer and month",
                "roi/DESK/cost_to_serve/effect",
                desk,
                Some(Grade::Q),
                false,
            ),
        ),
        (
            "C28",
            one("acquisition_retention_cost_ratio", "acquisition_retention_cost_ratio", costs, None, false),
        ),
    ]
}

/// Claims that a person would ask about: those with an own figure, and some that no record tests.
pub(crate) fn claims() -> Option<ClaimsReport> {
    let mut own = own();
    let library = shipped().ok()?;
    let wanted = ["C03", "C06", "C08", "C10", "C15", "C16", "C23", "C28", "C29"];
    let claims: Vec<ClaimFound> = wanted
        .iter()
        .filter_map(|id| library.claim(id))
        .map(|claim| {
            let at = own.iter().position(|(id, _)| *id == claim.claim_id);
            let figure = at.map(|at| own.swap_remove(at).1);
            let effect = figure.as_ref().and_then(|figure| as_effect(&figure.estimate));
            let verdict: Verdict = verdict(claim, effect.as_ref(), None);
            let remark = cx_core::claims::remark(&claim.claim_id).map(str::to_owned);
            ClaimFound { claim: claim.clone(), own: figure, verdict, remark }
        })
        .collect();
    let facts = claims.iter().filter_map(|one| {
        let own = one.own.as_ref()?;
        let id = format!("claims/{}", one.claim.claim_id);
        let formula = format!("as {}, in the terms of the claim", own.from);
        Some(Fact::new(id, own.name.clone(), own.estimate.clone()).by(formula, "practice"))
    });
    Some(ClaimsReport {
        as_of: Some("2026-06-30".into()),
        level: 0.95,
        facts: facts.collect(),
        claims,
        five_points: Some(FivePoints {
            retention: found(0.918, 0.915, 0.921, Unit::Share),
            rate: 0.1,
            values: vec![
                ("advance".into(), found(0.41, 0.33, 0.5, Unit::Share)),
                ("arrears".into(), found(0.44, 0.36, 0.53, Unit::Share)),
            ],
            profits: vec![
                (1, found(0.054, 0.054, 0.055, Unit::Share)),
                (5, found(0.24, 0.23, 0.25, Unit::Share)),
            ],
            profit_in_the_end: found(1.56, 1.41, 1.73, Unit::Share),
        }),
    })
}
