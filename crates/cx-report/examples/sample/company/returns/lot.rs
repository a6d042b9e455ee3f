//! A programme that half of the customers were drawn for by lot.

use super::figures::{bell, check, designs, drawn, effect, input, points};
use cx_core::claims::{shipped, verdict};
use cx_core::findings::{
    ClaimBeside, Compared, InitiativeFound, MoneyFound, OutcomeEffect, OwnFigure, StreamFound, as_effect,
};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

const N: u64 = 41_260;

/// Share of the invited less that of the others whom the call reached.
const REACHED: f64 = 0.79;

/// The worth of it: its median and how far draws spread.
pub(super) const WORTH: (f64, f64) = (418_000.0, 301_000.0);

pub(super) fn welcome() -> InitiativeFound {
    InitiativeFound {
        id: "WELCOME".into(),
        name: "Welcome call in the first month".into(),
        strategy: Some("proactive".into()),
        owner: Some("A. Lewandowska".into()),
        started: Some("2025-09-01".into()),
        target_metric: Some("retention_rate".into()),
        stream: Some("spend".into()),
        designs: designs(&["randomised"]),
        design: Some("randomised".into()),
        compared: Some(Compared {
            assigned: "customers".into(),
            treated: 20_611,
            control: 20_649,
            population: 20_611,
            reached: Some((0.82, 0.03)),
            from: "2025-09-01".into(),
            until: "2026-06-30".into(),
            months: 10.0,
        }),
        outcomes: outcomes(),
        checks: vec![
            check("sample ratio", true, "20,611 and 20,649 customers: p = 0.85"),
            check("margin before alike", true, "standardised difference +0.004, p = 0.71"),
            check("contacts before alike", true, "standardised difference −0.009, p = 0.36"),
            check(
                "leavers are followed",
                true,
                "−0.9 points of closed accounts, treated less control; they count with 0",
            ),
        ],
        path: vec![],
        grade: Some(Grade::R),
        money: Ok(money()),
        refused: vec![],
        claims: beside(),
        overlaps: vec![],
    }
}

fn outcome(id: &str, name: &str, unit: Unit, (value, half): (f64, f64), without: f64) -> OutcomeEffect {
    OutcomeEffect {
        id: id.into(),
        name: name.into(),
        unit,
        effect: effect(value, half, unit, N),
        without: Some(without),
        relative: Some(value / without),
        before_after: (id != "kept").then(|| effect(value - 0.08 * without, half, unit, N / 2)),
        as_they_stand: None,
        takers: Some(effect(value / REACHED, half / REACHED, unit, N)),
        detectable: Some(1.43 * half),
        priced: id == "margin",
    }
}

fn outcomes() -> Vec<OutcomeEffect> {
    vec![
        outcome("margin", "Margin", Unit::Money, (3.9, 2.4), 214.0),
        outcome("kept", "Still a customer at the end", Unit::Share, (0.009, 0.006), 0.918),
        outcome("spend", "Spend", Unit::Money, (8.4, 6.1), 563.0),
        outcome("contacts", "Contacts", Unit::PerUnit, (0.02, 0.05), 1.31),
        outcome("satisfied", "Share satisfied", Unit::Share, (0.041, 0.018), 0.664),
    ]
}

/// The claim about proactive support beside the share that stayed.
fn beside() -> Vec<ClaimBeside> {
    let all = outcomes();
    let kept = all.iter().find(|outcome| outcome.id == "kept");
    let own = kept.and_then(|outcome| outcome.relative_effect(false));
    let claim = shipped().ok().and_then(|library| library.claim("C15"));
    let one = claim.zip(own).map(|(claim, own)| ClaimBeside {
        claim: claim.clone(),
        verdict: verdict(claim, as_effect(&own).as_ref(), None),
        own: OwnFigure {
            name: "effect of Welcome call in the first month on: Still a customer at the end".into(),
            from: "roi/WELCOME/kept/effect".into(),
            estimate: own,
            grade: Some(Grade::R),
            near: false,
        },
        with: None,
        stays_out: None,
    });
    one.into_iter().collect()
}

fn money() -> MoneyFound {
    let (middle, spread) = WORTH;
    let stream = |id: &str, name: &str, value: f64| StreamFound {
        id: id.into(),
        name: name.into(),
        value,
        counted: true,
    };
    MoneyFound {
        horizon_months: 36,
        rate: 0.1,
        draws: 10_000,
        streams: vec![
            stream("retention", "from more customers staying", 441_000.0),
            stream("spend", "from customers spending more", 158_000.0),
            stream("interaction", "from both together", 4_000.0),
        ],
        benefit: drawn(604_000.0, (109_000.0, 1_099_000.0), Unit::Money),
        cost: drawn(186_000.0, (171_000.0, 204_000.0), Unit::Money),
        npv: drawn(middle, (middle - 1.645 * spread, middle + 1.645 * spread), Unit::Money),
        roi: drawn(2.25, (-0.41, 4.93), Unit::Ratio),
        internal_rate: drawn(1.9, (-0.31, 5.2), Unit::Share),
        forms: Some([2.242, 3.242, 1.242]),
        quantiles: points(middle, spread),
        density: bell(middle, spread),
        pays: 0.917,
        hurdle: 0.15,
        above_hurdle: 0.894,
        shortfall: -203_000.0,
        payback_years: Some(0.9),
        half_year_delay: Some(19_500.0),
        break_even: Some(0.120),
        always_pays: false,
        detectability: Some(0.35),
        inputs: vec![
            input(
                "effect",
                "design",
                "2000 resampled worlds around 0.3900",
                (79_000.0, 756_000.0),
                (Some(0.71), 21_400.0),
            ),
            input(
                "share that lasts beyond what was seen",
                "judgement",
                "triangular from 0 over 0.5 to 1",
                (238_000.0, 601_000.0),
                (Some(0.27), 3_100.0),
            ),
            input(
                "running cost still to come, times",
                "judgement",
                "log-normal around 1, spread 0.1",
                (429_000.0, 405_000.0),
                (Some(0.01), 0.0),
            ),
        ],
        perfect_information: 24_600.0,
        costs_go_on: true,
        held: None,
    }
}
