//! The effect of one outcome, and what was looked at on the way.

use super::super::measured::refused;
use super::super::register::Way;
use super::compared::Units;
use super::naive::Naive;
use crate::findings::{CheckFound, PathPoint};
use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::effects::did::{
    Controls, EventPoint, FewUnits, GroupTime, Panel, breakdown, changes, event_study, group_time, overall,
    pre_trend, randomised, simultaneous, wild,
};
use crate::infer::effects::{Effect, Finding};
use crate::infer::means::{Summary, welch_interval};
use crate::infer::power::Aim;

/// Worlds of sign changes.
const WORLDS: u32 = 999;
/// Units below which many are not taken for granted.
const MANY: usize = 30;
/// Treated units below which places are counted instead.
const FEW: usize = 6;
/// Months before the start that a comparison needs.
const MONTHS_BEFORE: usize = 4;

/// The effect on one outcome and everything that was looked at on the way.
pub(super) struct Found {
    pub effect: Effect,
    pub interval: Interval,
    pub without: f64,
    pub before_after: Option<Effect>,
    pub as_they_stand: Option<Effect>,
    pub checks: Vec<CheckFound>,
    pub failed: Vec<Finding>,
    pub path: Vec<PathPoint>,
}

impl Units<'_> {
    pub(super) fn effect(&self, panel: &Panel) -> Result<Found, Refused> {
        let starts = panel.cohorts();
        let treated = panel.units().iter().filter(|u| u.start.is_some()).count();
        let control = panel.units().len() - treated;
        if control == 0 {
            return Err(refused(
                "comparison",
                "every unit was treated",
                "units that start later, or stay without",
            ));
        }
        if starts.first().is_none_or(|s| *s < MONTHS_BEFORE) {
            let mut reason = format!("fewer than {MONTHS_BEFORE} whole months before the first start");
            if self.initiative.way == Some(Way::WorstFirst) {
                reason += ", without the year by which the worst were chosen";
            }
            return Err(refused("months before", reason, "records that reach further back"));
        }
        if starts.iter().all(|s| *s >= panel.periods()) {
            return Err(refused(
                "too early",
                "no whole month has passed since the start",
                "wait for a month to end",
            ));
        }
        let level = self.context.level;
        let all = group_time(panel, Controls::Never, 0)?;
        let points = event_study(&all);
        let combined =
            overall(&all).ok_or_else(|| refused("months after", "no month after the start", "wait"))?;
        let (effect, interval) = match starts.len() {
            1 => self.at_once(&changes(panel)?)?,
            _ if treated < FEW => {
                let reason = format!("{treated} treated units start at different times");
                return Err(refused("few treated units", reason, "six treated units, or one start for all"));
            }
            _ => (combined.effect(), combined.effect().interval(level)),
        };
        let (checks, failed) = self.checks(&all, &points);
        let bands = simultaneous(&points, WORLDS, self.context.seed, level).ok();
        let path = points
            .iter()
            .enumerate()
            .map(|(i, p)| PathPoint {
                month: p.event,
                value: p.effect.value,
                low: bands.as_ref().and_then(|b| b.intervals[i].low),
                high: bands.as_ref().and_then(|b| b.intervals[i].high),
            })
            .collect();
        let naive = Naive::of(panel);
        Ok(Found {
            without: naive.after - effect.value,
            before_after: naive.before_after,
            as_they_stand: naive.as_they_stand,
            effect,
            interval,
            checks,
            failed,
            path,
        })
    }

    /// Units that start together: changes of means, with the test that their number allows.
    fn at_once(&self, few: &FewUnits) -> Result<(Effect, Interval), Refused> {
        let (level, seed) = (self.context.level, self.context.seed);
        let (a, b) = (Summary::of(&few.treated), Summary::of(&few.control));
        let variance = |s: &Option<Summary>| s.and_then(|s| Some(s.variance? / s.n as f64)).unwrap_or(0.0);
        let se = (variance(&a) + variance(&b)).sqrt();
        let value = a.map_or(0.0, |s| s.mean) - b.map_or(0.0, |s| s.mean);
        let n = few.treated.len() + few.control.len();
        let interval = if few.treated.len() < FEW {
            let placed = randomised(few, WORLDS, seed, level)?;
            if placed.smallest_p > level.alpha() {
                return Err(refused(
                    "too few units for randomisation inference",
                    format!(
                        "{} treated of {n} units allow no p-value below {:.2}",
                        few.treated.len(),
                        placed.smallest_p
                    ),
                    "more untreated units, or more treated ones",
                ));
            }
            placed.interval
        } else if n < MANY {
            wild(few, WORLDS, seed, level)?.interval
        } else {
            let both = a.zip(b).and_then(|(a, b)| welch_interval(&a, &b, level));
            both.ok_or_else(|| {
                refused("units", "the units do not differ", "units with outcomes of their own")
            })?
        };
        Ok((Effect { value, se, df: n as f64 - 2.0, method: Method::Welch }, interval))
    }

    fn checks(&self, all: &GroupTime, points: &[EventPoint]) -> (Vec<CheckFound>, Vec<Finding>) {
        let (mut checks, mut failed) = (Vec::new(), Vec::new());
        let mut put = |name: &str, passed: bool, says: String| {
            checks.push(CheckFound { name: name.to_owned(), passed, says });
        };
        let before = pre_trend(points, Aim::USUAL);
        let rejected = match &before {
            Ok(test) => {
                let passed = test.p >= self.context.level.alpha();
                put(
                    "parallel before",
                    passed,
                    format!(
                        "p = {:.2}; a drift of {:.3} a month would have been seen in four of five cases",
                        test.p, test.detectable_slope
                    ),
                );
                !passed
            }
            Err(why) => {
                put("parallel before", false, why.reason.clone());
                false
            }
        };
        // By lot there is no trend to believe in, so nothing hangs on how far it could break.
        let by_lot = self.initiative.way == Some(Way::Lot);
        if let Some(breakdown) = breakdown(all, points, self.context.level).filter(|_| !by_lot) {
            put(
                "holds against a break of the trend",
                breakdown >= 0.5,
                format!("it holds up to {breakdown:.2} times the largest departure seen before"),
            );
            failed.push(Finding::Parallel { breakdown, rejected });
        }
        (checks, failed)
    }
}
