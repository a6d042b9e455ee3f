//! The effect of one outcome, and what was looked at on the way.

use super::super::measured::refused;
use super::super::register::Way;
use super::compared::Units;
use super::naive::Naive;
use crate::findings::{CheckFound, PathPoint};
use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::Level;
use crate::infer::effects::did::{
    Controls, FewUnits, Panel, changes, event_study, group_time, overall, randomised, simultaneous, wild,
};
use crate::infer::effects::{Check, Design, Effect, Finding, Measured};
use crate::infer::means::{Summary, welch_interval};

/// Worlds of sign changes.
const WORLDS: u32 = 999;
/// Units below which many are not taken for granted.
const MANY: usize = 30;
/// Treated units below which places are counted instead.
pub(super) const FEW: usize = 6;
/// Months before the start that a comparison needs.
const MONTHS_BEFORE: usize = 4;

/// The effect on one outcome and everything that was looked at on the way.
pub(super) struct Found {
    pub design: Design,
    /// A better design that was tried, and why it gave nothing.
    pub passed_over: Option<(Design, String)>,
    pub effect: Effect,
    pub interval: Interval,
    pub without: f64,
    pub before_after: Option<Effect>,
    pub as_they_stand: Option<Effect>,
    pub checks: Vec<CheckFound>,
    pub failed: Vec<Finding>,
    pub path: Vec<PathPoint>,
}

impl Found {
    /// What a design of the library measured.
    pub(super) fn of(
        design: Design,
        measured: &Measured,
        path: Vec<PathPoint>,
        panel: &Panel,
        level: Level,
    ) -> Self {
        let naive = Naive::of(panel);
        let failed = measured.checks.iter().filter(|c| !c.passed).map(|c| c.finding).collect();
        let said = |check: &Check| CheckFound {
            name: check.name.to_owned(),
            passed: check.passed,
            says: if check.figure.is_finite() {
                format!("{}: {:.3}", check.says, check.figure)
            } else {
                check.says.clone()
            },
        };
        Self {
            design,
            passed_over: None,
            without: naive.after - measured.effect.value,
            before_after: naive.before_after,
            as_they_stand: naive.as_they_stand,
            interval: measured.effect.interval(level),
            effect: measured.effect,
            checks: measured.checks.iter().map(said).collect(),
            failed,
            path,
        }
    }
}

impl Units<'_> {
    /// The effect by the best design that the units allow.
    pub(super) fn effect(&self, panel: &Panel) -> Result<Found, Refused> {
        let treated = panel.units().iter().filter(|u| u.start.is_some()).count();
        let control = panel.units().len() - treated;
        if control == 0 && panel.cohorts().len() == 1 {
            return self.alone(panel);
        }
        if treated == 1 && self.initiative.way != Some(Way::Lot) {
            return match self.mixed(panel) {
                Err(why) => self
                    .differences(panel)
                    .map(|found| Found { passed_over: Some((Design::Synthetic, why.reason)), ..found }),
                found => found,
            };
        }
        self.differences(panel)
    }

    /// Changes of treated units less those of others.
    fn differences(&self, panel: &Panel) -> Result<Found, Refused> {
        let starts = panel.cohorts();
        let treated = panel.units().iter().filter(|u| u.start.is_some()).count();
        if panel.units().len() == treated && self.controls == Controls::Never {
            return Err(refused(
                "comparison",
                "every unit was treated, and fewer than 6 were the last to begin",
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
        let all = group_time(panel, self.controls, 0)?;
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
        let (checks, failed) = self.checks(panel, &all, &points);
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
            design: Design::Differences,
            passed_over: None,
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
}
