//! Outcomes by score band, and what a better score goes with.

use super::figures::{bare, estimate, found};
use cx_core::ground::estimate::{Estimate, Method};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{BandOutcome, BandRow, Bands, Grade, Hidden, Link, Outcome};

/// Answers behind each band.
const ANSWERS: [u64; 3] = [6_985, 9_792, 15_864];

/// Causal share that the last column is cut by.
const KAPPA: f64 = 0.5;

/// An outcome: raw and adjusted by band, half of the interval, and which steps are told apart.
struct Seen {
    outcome: Outcome,
    window: Option<u32>,
    unit: Unit,
    raw: [f64; 3],
    adjusted: [f64; 3],
    half: f64,
    apart: [[bool; 3]; 2],
}

impl Seen {
    fn rows(&self) -> Vec<BandRow> {
        let around = |value: f64, half: f64, at: usize| -> Estimate {
            let limits = (value - half, value + half);
            estimate(value, limits, self.unit, ANSWERS[at], Method::LinearisedT)
        };
        (0..3)
            .map(|at| {
                let lowest = self.adjusted[0];
                let causal = lowest + KAPPA * (self.adjusted[at] - lowest);
                let id = format!("promoter_value_gap/{:?}/{}", self.outcome, at + 1).to_lowercase();
                BandRow {
                    raw: around(self.raw[at], self.half * 0.8, at),
                    adjusted: found(
                        &id,
                        "sum over strata of share of the base × mean of the outcome in band and stratum",
                        around(self.adjusted[at], self.half, at),
                    ),
                    causal: around(causal, self.half * 1.1, at),
                    apart: (at > 0).then(|| self.apart[at - 1]),
                }
            })
            .collect()
    }
}

pub(super) fn bands() -> Bands {
    let seen = [
        Seen {
            outcome: Outcome::Kept,
            window: Some(365),
            unit: Unit::Share,
            raw: [0.842, 0.889, 0.921],
            adjusted: [0.861, 0.884, 0.903],
            half: 0.008,
            apart: [[true, true, true], [true, true, false]],
        },
        Seen {
            outcome: Outcome::Spend,
            window: Some(365),
            unit: Unit::Money,
            raw: [471.0, 497.0, 531.0],
            adjusted: [489.0, 494.0, 515.0],
            half: 11.0,
            apart: [[true, false, false], [true, true, false]],
        },
        Seen {
            outcome: Outcome::LifetimeValue,
            window: None,
            unit: Unit::Money,
            raw: [1_602.0, 1_911.0, 2_204.0],
            adjusted: [1_731.0, 1_884.0, 2_040.0],
            half: 94.0,
            apart: [[true, true, false], [true, true, false]],
        },
    ];
    Bands {
        score: "NPS".into(),
        bands: vec!["Detractors, 0 to 6".into(), "Passives, 7 and 8".into(), "Promoters, 9 and 10".into()],
        outcomes: seen
            .iter()
            .map(|s| BandOutcome { outcome: s.outcome, window_days: s.window, rows: s.rows() })
            .collect(),
        kappa: estimate(KAPPA, (0.094, 0.906), Unit::Ratio, 0, Method::Transformed),
        kappa_assumed: true,
        support: 0.94,
        grade: Grade::Associated,
    }
}

pub(super) fn links() -> Vec<Link> {
    let link = |outcome, id: &str, estimate: Estimate, raw: f64, hidden, chance, detectable| Link {
        score: "NPS".into(),
        outcome,
        window_days: Some(365),
        found: found(id, "adjusted contrast of neighbouring bands, averaged over the base", estimate),
        raw: Some(raw),
        grade: Grade::Associated,
        hidden,
        chance,
        detectable,
    };
    let hidden = |withstands, robustness| Some(Hidden { benchmark: "tenure".into(), withstands, robustness });
    vec![
        link(
            Outcome::Kept,
            "link/nps/kept",
            estimate(0.021, (0.013, 0.029), Unit::Share, 32_641, Method::LinearisedT),
            0.04,
            hidden(false, 0.061),
            Some(0.99),
            Some(0.011),
        ),
        link(
            Outcome::Contacts,
            "link/nps/contacts",
            estimate(-0.62, (-0.71, -0.53), Unit::PerUnit, 32_641, Method::LinearisedT),
            -0.94,
            hidden(true, 0.139),
            None,
            Some(0.13),
        ),
        link(
            Outcome::Spend,
            "link/nps/spend",
            estimate(9.4, (-1.3, 20.1), Unit::Money, 32_641, Method::LinearisedT),
            30.0,
            None,
            Some(0.957),
            Some(15.0),
        ),
        link(Outcome::Referrals, "link/nps/referrals", absent(), 0.0, None, None, None),
    ]
}

fn absent() -> Estimate {
    use cx_core::ground::estimate::{Absent, Size};
    let needs = vec!["customers.referred_by".to_owned()];
    Estimate::absent(Absent::NotAvailable { needs }, bare(0.0, Unit::PerUnit, 0).unit, Size::default())
}
