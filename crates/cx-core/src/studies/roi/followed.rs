//! Customers who are followed one by one, and an effect on them beside what naive comparisons would say.

use super::Context;
use super::measured::detectable;
use crate::findings::OutcomeEffect;
use crate::ground::estimate::{Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::effects::Effect;
use crate::infer::effects::randomised::means;
use crate::infer::means::Summary;

/// Customers of a comparison, in one order.
pub(super) struct Followed<'a> {
    pub context: &'a Context<'a>,
    pub treated: &'a [bool],
    /// Days of outcomes over days of the past.
    pub scale: f64,
}

/// What an outcome is.
#[derive(Debug, Clone, Copy)]
pub(super) struct What<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub unit: Unit,
}

impl Followed<'_> {
    /// An effect beside the plain comparisons of what customers did after, and of after with before.
    pub(super) fn outcome(
        &self,
        what: What<'_>,
        effect: Effect,
        without: Option<f64>,
        values: &[f64],
        before: Option<&[f64]>,
    ) -> OutcomeEffect {
        let level = self.context.level;
        let n = values.len() as u64;
        let size = Size { n, clusters: n, ..Size::default() };
        let figure = effect.estimate(what.unit, size, level);
        let treated = self.group(true, values);
        let naive = treated.zip(self.group(false, values)).map(|(a, b)| means(&a, &b, what.unit, level));
        let moved = before.and_then(|before| {
            let change: Vec<f64> =
                values.iter().zip(before).map(|(after, before)| after - self.scale * before).collect();
            let change = self.group(true, &change)?;
            let se = (change.variance? / change.n as f64).sqrt();
            let half = level.z() * se;
            let interval =
                Interval::closed(change.mean - half, change.mean + half, level.value(), Method::Wald);
            let size = Size { n: change.n, clusters: change.n, ..Size::default() };
            Some(Estimate::new(change.mean, Some(interval), what.unit, size).with_se(se))
        });
        OutcomeEffect {
            id: what.id.to_owned(),
            name: what.name.to_owned(),
            unit: what.unit,
            without,
            relative: without.filter(|w| *w != 0.0).map(|w| effect.value / w),
            before_after: moved,
            as_they_stand: naive,
            takers: None,
            detectable: detectable(figure.se),
            priced: false,
            effect: figure,
        }
    }

    /// Values of the treated, or of the others.
    pub(super) fn group(&self, treated: bool, values: &[f64]) -> Option<Summary> {
        let own = self.treated.iter().zip(values).filter(|(t, _)| **t == treated);
        Summary::of(&own.map(|(_, x)| *x).collect::<Vec<f64>>())
    }
}
