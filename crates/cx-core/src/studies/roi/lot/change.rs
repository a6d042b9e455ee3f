//! The change that money is counted by, with its worlds.

use super::super::measured::{Change, Uncertain, refused};
use super::super::outcomes::Outcome;
use super::arm::Arm;
use super::plan::Place;
use super::trial::Lot;
use crate::ground::estimate::Refused;
use crate::infer::means::Summary;
use crate::stats::group_weight;

/// Resampled worlds behind draws.
const WORLDS: u32 = 2000;

impl Lot<'_> {
    /// The change that money is counted by.
    pub(super) fn change(
        &self,
        list: &[Outcome],
        kept: bool,
        places: &[Place],
        months: f64,
    ) -> Result<Change, Refused> {
        let stream = self.initiative.stream.as_deref().unwrap_or_default();
        let place = |id: &str| list.iter().position(|o| o.id == id).map(|i| places[i]);
        let per = self.context.minor();
        match stream {
            "spend" => {
                let place = place("margin").ok_or_else(no_margin)?;
                let effect = self.drawn(place, per).times(1.0 / months);
                let parts = kept.then(|| self.parts(place.after, per));
                Ok(Change::Monthly { effect, parts: parts.flatten() })
            }
            "service" => {
                let place = place("cost_to_serve").ok_or_else(|| {
                    refused("cost to serve", "no contact carries its cost", "map `cost` of interactions")
                })?;
                Ok(Change::Monthly { effect: self.drawn(place, per).times(-1.0 / months), parts: None })
            }
            "retention" if kept => {
                let margin = place("margin").ok_or_else(no_margin)?;
                let months_there = |with: f64, end: f64| with * f64::midpoint(1.0, end) * months;
                let arm = &self.control;
                let worth = |sum: f64, end: f64| sum / per / months_there(1.0, end);
                let worlds = |f: &dyn Fn(&dyn Fn(u32) -> f64) -> f64| self.worlds(f);
                Ok(Change::Kept {
                    effect: self.drawn(Place { after: 0, before: None, rows: None }, 1.0),
                    without: Uncertain {
                        value: arm.mean(0),
                        se: 0.0,
                        worlds: worlds(&|w| arm.mean_in(0, w)),
                    },
                    margin: Uncertain {
                        value: worth(arm.mean(margin.after), arm.mean(0)),
                        se: 0.0,
                        worlds: worlds(&|w| worth(arm.mean_in(margin.after, w), arm.mean_in(0, w))),
                    },
                    months,
                })
            }
            "retention" => Err(refused(
                "staying",
                "no record says when a customer left",
                "map `closed_at` of customers, or price the initiative by `spend`",
            )),
            other => Err(refused(
                "value stream",
                if other.is_empty() {
                    "the register does not say by which stream of money it is priced".to_owned()
                } else {
                    format!("the stream `{other}` is not measured on customers yet")
                },
                "set `value_stream` to `spend`, `service` or `retention` before looking at effects",
            )),
        }
    }

    /// The adjusted difference with its worlds; the slope on what was before is held.
    pub(super) fn drawn(&self, place: Place, per: f64) -> Uncertain {
        let found = place.before.and_then(|before| self.cuped(before, place.after, per));
        let theta = found.as_ref().map_or(0.0, |f| f.theta);
        let mean = |arm: &Arm, w: &dyn Fn(u32) -> f64| {
            let before = place.before.map_or(0.0, |before| arm.mean_in(before, w));
            (arm.mean_in(place.after, w) - theta * before) / per
        };
        let difference = |w: &dyn Fn(u32) -> f64| mean(&self.treated, w) - mean(&self.control, w);
        let value = difference(&|_| 1.0);
        let worlds = self.worlds(&difference);
        let se = found.map_or_else(|| spread(&worlds), |f| f.adjusted.se);
        Uncertain { value, se, worlds }
    }

    pub(super) fn worlds(&self, figure: &dyn Fn(&dyn Fn(u32) -> f64) -> f64) -> Vec<f64> {
        let seed = self.context.seed;
        (0..WORLDS).map(|b| figure(&|group| group_weight(seed, group, b) as f64)).collect()
    }

    /// Staying, spending and both as shares of the difference in margin.
    fn parts(&self, margin: usize, per: f64) -> Option<[f64; 3]> {
        let world = |arm: &Arm| {
            let there = f64::midpoint(1.0, arm.mean(0));
            (there, arm.mean(margin) / per / there)
        };
        let ((a1, m1), (a0, m0)) = (world(&self.treated), world(&self.control));
        let gain = crate::infer::finance::TwoWorlds { active: (a0, a1), margin: (m0, m1) }.gain();
        let total = gain.total();
        (total != 0.0).then(|| [gain.retention, gain.spend, gain.interaction].map(|x| x / total))
    }
}

fn spread(worlds: &[f64]) -> f64 {
    Summary::of(worlds).and_then(|s| s.sd()).unwrap_or(0.0)
}

fn no_margin() -> Refused {
    refused(
        "margin",
        "no line carries a margin and none is set; revenue is not a return",
        "map `margin` or `cogs` of transactions, or set `[value] margin`",
    )
}
