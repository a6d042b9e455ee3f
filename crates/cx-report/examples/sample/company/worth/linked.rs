//! Outcomes by score band, and what a better score goes with.

use super::figures::{estimate, fact};
use cx_core::ground::estimate::{Absent, Estimate, Method, Size};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{BandLevel, Contrast, Hidden, Kappa, Linkage, OutcomeLink};

/// Bands with the answers behind each.
const BANDS: [(&str, u64); 3] = [("detractors", 6_985), ("passives", 9_792), ("promoters", 15_864)];

/// Causal share that the last column is cut by.
const KAPPA: f64 = 0.5;

/// An outcome: raw and adjusted means by band, half of the interval of each.
struct Seen {
    id: &'static str,
    name: &'static str,
    verb: &'static str,
    unit: Unit,
    raw: [f64; 3],
    adjusted: [f64; 3],
    half: f64,
}

impl Seen {
    fn estimate(&self, value: f64, half: f64, n: u64) -> Estimate {
        estimate(value, (value - half, value + half), self.unit, n, Method::LinearisedT)
    }

    fn levels(&self) -> Vec<BandLevel> {
        (0..3)
            .map(|at| BandLevel {
                band: BANDS[at].0.into(),
                raw: self.estimate(self.raw[at], self.half * 0.8, BANDS[at].1),
                adjusted: self.estimate(self.adjusted[at], self.half, BANDS[at].1),
            })
            .collect()
    }

    fn contrast(&self, (upper, lower): (usize, usize), hidden: Option<Hidden>) -> Contrast {
        let n = BANDS[upper].1 + BANDS[lower].1;
        let difference = self.adjusted[upper] - self.adjusted[lower];
        let half = self.half * 1.4;
        let id = format!("linkage/{}/{}-{}", self.id, BANDS[upper].0, BANDS[lower].0);
        let name = format!("{}, {} against {}", self.name, BANDS[upper].0, BANDS[lower].0);
        let formula = "mean over the base if all were in the upper band − if all were in the lower";
        // The causal share is known to within ± 0.4.
        let causal = (KAPPA * half).hypot(0.2 * difference);
        Contrast {
            upper: BANDS[upper].0.into(),
            lower: BANDS[lower].0.into(),
            raw: self.estimate(self.raw[upper] - self.raw[lower], half * 0.8, n),
            adjusted: fact(&id, &name, formula, self.estimate(difference, half, n)),
            causal: self.estimate(KAPPA * difference, causal, n),
            distinguishable: difference.abs() > self.half,
            hidden,
            before: false,
            chance: (difference.abs() < half).then_some(0.81),
            detectable: Some(half),
        }
    }
}

pub(super) fn linkage() -> Linkage {
    let hidden = |withstands, robustness| {
        Some(Hidden { benchmark: "tenure".into(), withstands, robustness: Some(robustness) })
    };
    let kept = Seen {
        id: "kept",
        name: "Still a customer",
        verb: "stay",
        unit: Unit::Share,
        raw: [0.842, 0.889, 0.921],
        adjusted: [0.861, 0.884, 0.903],
        half: 0.008,
    };
    let spend = Seen {
        id: "spend",
        name: "Spend",
        verb: "spend",
        unit: Unit::Money,
        raw: [471.0, 497.0, 531.0],
        adjusted: [489.0, 494.0, 515.0],
        half: 8.0,
    };
    let contacts = Seen {
        id: "contacts",
        name: "Contacts",
        verb: "contact us",
        unit: Unit::PerUnit,
        raw: [3.91, 2.97, 2.41],
        adjusted: [3.62, 3.0, 2.71],
        half: 0.09,
    };
    let lifetime = Seen {
        id: "lifetime_value",
        name: "Lifetime value",
        verb: "are worth",
        unit: Unit::Money,
        raw: [1_602.0, 1_911.0, 2_204.0],
        adjusted: [1_731.0, 1_884.0, 2_040.0],
        half: 94.0,
    };
    let outcome = |seen: &Seen, contrasts: Vec<Contrast>| OutcomeLink {
        id: seen.id.into(),
        name: seen.name.into(),
        verb: seen.verb.into(),
        years: (seen.id == "lifetime_value").then_some(5.0),
        levels: seen.levels(),
        contrasts,
        support: Some(0.94),
    };
    let mut absent = lifetime.contrast((1, 0), None);
    let few = Absent::BelowMinN { n: 212, wanted: 300 };
    absent.adjusted.estimate = Estimate::absent(few, Unit::Money, Size { n: 212, ..Size::default() });
    absent.causal = absent.adjusted.estimate.clone();
    Linkage {
        score: "nps".into(),
        window_days: 365,
        grade: Grade::A,
        kappa: Kappa { mean: KAPPA, interval: (0.094, 0.906), assumed: true },
        outcomes: vec![
            outcome(
                &kept,
                vec![
                    kept.contrast((1, 0), hidden(false, 0.061)),
                    kept.contrast((2, 1), hidden(false, 0.049)),
                ],
            ),
            outcome(&spend, vec![spend.contrast((1, 0), None), spend.contrast((2, 1), hidden(false, 0.038))]),
            outcome(
                &contacts,
                vec![
                    contacts.contrast((1, 0), hidden(true, 0.139)),
                    contacts.contrast((2, 1), hidden(true, 0.102)),
                ],
            ),
            outcome(&lifetime, vec![absent, lifetime.contrast((2, 1), hidden(false, 0.052))]),
        ],
    }
}
