//! The effect on one outcome, beside what naive comparisons would say.

use super::super::measured::detectable;
use super::super::outcomes::Outcome;
use super::arm::Arm;
use super::plan::{Place, Windows};
use super::trial::Lot;
use super::trial::check;
use crate::findings::{CheckFound, OutcomeEffect};
use crate::ground::estimate::{Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::effects::randomised::{Cuped, balance, cuped, shares};
use crate::infer::effects::{Compliance, Effect, compliers};
use crate::infer::shares::Counted;

/// Share reached from which everybody is.
const ALL: f64 = 0.995;

impl Lot<'_> {
    pub(super) fn kept(&self) -> OutcomeEffect {
        let counted = |arm: &Arm| Counted { k: arm.all.sum(0), n: arm.n() };
        let effect = shares(counted(&self.treated), counted(&self.control), self.context.level);
        let without = self.control.mean(0);
        OutcomeEffect {
            id: "kept".to_owned(),
            name: "Still a customer at the end".to_owned(),
            unit: Unit::Share,
            without: Some(without),
            relative: effect.value.map(|x| x / without),
            before_after: None,
            as_they_stand: None,
            takers: None,
            detectable: detectable(effect.se),
            priced: false,
            effect,
        }
    }

    pub(super) fn per(&self, outcome: &Outcome) -> f64 {
        if outcome.money { self.context.minor() } else { 1.0 }
    }

    pub(super) fn outcome(
        &self,
        outcome: &Outcome,
        place: Place,
        checks: &mut Vec<CheckFound>,
    ) -> OutcomeEffect {
        let (level, per) = (self.context.level, self.per(outcome));
        let n = self.treated.all.units + self.control.all.units;
        let size = Size { n, clusters: n, ..Size::default() };
        let mut before_after = None;
        let (effect, without) = if let Some(rows) = place.rows {
            let ratio = |arm: &Arm| arm.all.ratio_sums(place.after, rows);
            let (a, b) = (ratio(&self.treated), ratio(&self.control));
            let effect = match (a.ratio().zip(a.variance()), b.ratio().zip(b.variance())) {
                (Some((x, vx)), Some((y, vy))) if vx + vy > 0.0 => {
                    let effect =
                        Effect { method: Method::LinearisedT, ..Effect::normal(x - y, (vx + vy).sqrt()) };
                    effect.estimate(outcome.unit, size, level)
                }
                _ => Estimate::absent(crate::ground::estimate::Absent::NoData, outcome.unit, size),
            };
            (effect, b.ratio())
        } else if let Some(found) = place.before.and_then(|before| self.cuped(before, place.after, per)) {
            let before = place.before.unwrap_or_default();
            let standing = |arm: &Arm| arm.summary(before, per);
            if let Some(alike) = balance(&standing(&self.treated), &standing(&self.control)) {
                checks.push(check(
                    &format!("{} before alike", outcome.name.to_lowercase()),
                    alike.p >= 0.001 || alike.standardised.abs() < 0.1,
                    format!("standardised difference {:+.3}, p = {:.2}", alike.standardised, alike.p),
                ));
            }
            before_after = Some(self.before_after(outcome, before, place.after, per));
            (found.adjusted.estimate(outcome.unit, size, level), Some(self.control.mean(place.after) / per))
        } else {
            let arm = |arm: &Arm| arm.summary(place.after, per);
            let effect = crate::infer::effects::randomised::means(
                &arm(&self.treated),
                &arm(&self.control),
                outcome.unit,
                level,
            );
            (effect, Some(self.control.mean(place.after) / per))
        };
        OutcomeEffect {
            id: outcome.id.to_owned(),
            name: outcome.name.to_owned(),
            unit: outcome.unit,
            without,
            relative: effect.value.zip(without).filter(|(_, w)| *w != 0.0).map(|(x, w)| x / w),
            before_after,
            as_they_stand: None,
            takers: self.takers(&effect, place, per, outcome.unit),
            detectable: detectable(effect.se),
            priced: false,
            effect,
        }
    }

    /// The effect on those whom it reached because they were assigned.
    fn takers(&self, effect: &Estimate, place: Place, per: f64, unit: Unit) -> Option<Estimate> {
        let reached = self.reached.filter(|_| place.rows.is_none())?;
        let share = |arm: &Arm| arm.mean(reached);
        let (with, without) = (share(&self.treated), share(&self.control));
        // Where everybody was reached and nobody else, there is no other effect to tell.
        if with > ALL && without < 1.0 - ALL {
            return None;
        }
        let theta = place.before.and_then(|b| self.cuped(b, place.after, per)).map_or(0.0, |c| c.theta);
        let covariance = |arm: &Arm| {
            let with = |term: usize| arm.all.centred_product(term, reached);
            let before = place.before.map_or(0.0, |before| theta * with(before));
            (with(place.after) - before) / per / (arm.n() - 1.0) / arm.n()
        };
        let variance = |arm: &Arm| share(arm) * (1.0 - share(arm)) / arm.n();
        let reach = Compliance {
            difference: with - without,
            se: (variance(&self.treated) + variance(&self.control)).sqrt(),
            covariance: covariance(&self.treated) + covariance(&self.control),
        };
        let found = compliers(&Effect::normal(effect.value?, effect.se?), &reach).ok()?;
        let n = self.treated.all.units + self.control.all.units;
        Some(found.estimate(unit, Size { n, clusters: n, ..Size::default() }, self.context.level))
    }

    pub(super) fn cuped(&self, before: usize, after: usize, per: f64) -> Option<Cuped> {
        cuped(&self.treated.pairs(before, after, per), &self.control.pairs(before, after, per)).ok()
    }

    /// The change of the treated over windows of one length, each at its daily rate.
    fn before_after(&self, outcome: &Outcome, before: usize, after: usize, per: f64) -> Estimate {
        let Windows { before: past, after: days } = self.days;
        let scale = f64::from(days) / f64::from(past);
        let pairs = self.treated.pairs(before, after, per);
        let [xx, xy, yy] = pairs.squares;
        let value = pairs.mean[1] - scale * pairs.mean[0];
        let variance =
            (scale * scale).mul_add(xx, yy - 2.0 * scale * xy).max(0.0) / (pairs.n - 1.0) / pairs.n;
        let half = self.context.level.z() * variance.sqrt();
        let interval = Interval::closed(value - half, value + half, self.context.level.value(), Method::Wald);
        let size = Size { n: pairs.n as u64, clusters: pairs.n as u64, ..Size::default() };
        Estimate::new(value, Some(interval), outcome.unit, size).with_se(variance.sqrt())
    }
}
