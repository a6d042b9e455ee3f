//! What plain means say.

use crate::ground::estimate::Method;
use crate::infer::effects::Effect;
use crate::infer::effects::did::Panel;
use crate::infer::means::{Summary, welch};

/// What plain means say: of treated units after less before, and after less others.
pub(super) struct Naive {
    /// Mean of the treated units after.
    pub after: f64,
    pub before_after: Option<Effect>,
    pub as_they_stand: Option<Effect>,
}

impl Naive {
    pub(super) fn of(panel: &Panel) -> Self {
        let first = panel.cohorts().first().copied().unwrap_or_default();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let (mut after, mut change, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for unit in panel.units() {
            let outcomes = &unit.outcomes;
            match unit.start {
                // A unit that begins after the last month seen has no after.
                Some(start) if start < outcomes.len() => {
                    after.push(mean(&outcomes[start..]));
                    change.push(mean(&outcomes[start..]) - mean(&outcomes[..start]));
                }
                Some(_) => {}
                None => others.push(mean(&outcomes[first.min(outcomes.len())..])),
            }
        }
        let change = Summary::of(&change);
        let before_after = change.and_then(|s| {
            let se = (s.variance? / s.n as f64).sqrt();
            Some(Effect { value: s.mean, se, df: s.n as f64 - 1.0, method: Method::T })
        });
        let (a, b) = (Summary::of(&after), Summary::of(&others));
        let as_they_stand = a.zip(b).and_then(|(a, b)| {
            let se = (a.variance? / a.n as f64 + b.variance? / b.n as f64).sqrt();
            let df = welch(&a, &b)?.df?;
            Some(Effect { value: a.mean - b.mean, se, df, method: Method::Welch })
        });
        Self { after: mean(&after), before_after, as_they_stand }
    }
}
