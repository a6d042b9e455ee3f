//! What must hold before changes of units are compared (method 3.4): moved alike before, nothing at a start that was
//! none, the same in logs, the same customers, nothing felt beforehand.

use super::super::register::Way;
use super::compared::Units;
use super::effect::FEW;
use crate::findings::CheckFound;
use crate::infer::Level;
use crate::infer::effects::did::{
    EventPoint, GroupTime, Panel, UnitPath, breakdown, changes, group_time, overall, pre_trend,
};
use crate::infer::effects::{Effect, Finding};
use crate::infer::means::{Summary, welch_interval};
use crate::infer::power::Aim;

/// Several checks look at one effect, so each lowers its grade only where it fails at this level.
const SURE: Level = Level::P99;
/// Months before the first start from which a start in their middle is tried.
const LONG: usize = 8;

/// Checks in words, and what those that failed mean for the grade.
#[derive(Default)]
struct Checks {
    said: Vec<CheckFound>,
    failed: Vec<Finding>,
}

impl Checks {
    fn put(&mut self, name: &str, passed: bool, says: String) {
        self.said.push(CheckFound { name: name.to_owned(), passed, says });
    }

    fn sturdy(&mut self, name: &str, passed: bool, says: String) {
        self.put(name, passed, says);
        self.failed.extend((!passed).then_some(Finding::Fragile));
    }
}

impl Units<'_> {
    pub(super) fn checks(
        &self,
        panel: &Panel,
        all: &GroupTime,
        points: &[EventPoint],
    ) -> (Vec<CheckFound>, Vec<Finding>) {
        let mut checks = Checks::default();
        let rejected = match pre_trend(points, Aim::USUAL) {
            Ok(test) => {
                let passed = test.p >= self.context.level.alpha();
                checks.put(
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
                checks.put("parallel before", false, why.reason);
                false
            }
        };
        // By lot there is no trend to believe in, so nothing hangs on how far it could break.
        if self.initiative.way != Some(Way::Lot) {
            if let Some(breakdown) = breakdown(all, points, self.context.level) {
                checks.put(
                    "holds against a break of the trend",
                    breakdown >= 0.5,
                    format!("it holds up to {breakdown:.2} times the largest departure seen before"),
                );
                checks.failed.push(Finding::Parallel { breakdown, rejected });
            }
            placebo_start(panel, &mut checks);
            in_logs(panel, all, self, &mut checks);
            self.felt_before(panel, all, &mut checks);
        }
        self.same_customers(panel, &mut checks);
        (checks.said, checks.failed)
    }

    /// An effect that began before its start is told by moving the start.
    fn felt_before(&self, panel: &Panel, all: &GroupTime, checks: &mut Checks) {
        let Some(whole) = overall(all).map(|found| found.effect()) else { return };
        let moved =
            |months: usize| Some(overall(&group_time(panel, self.controls, months).ok()?)?.effect().value);
        let Some([one, two]) = moved(1).zip(moved(2)).map(|(one, two)| [one, two]) else { return };
        let limits = whole.interval(SURE);
        checks.sturdy(
            "nothing felt beforehand",
            limits.contains(one) && limits.contains(two),
            format!("{:+.3}; held against one month earlier {one:+.3}, two {two:+.3}", whole.value),
        );
    }

    /// Customers of treated units may not come and go otherwise than those of the others.
    fn same_customers(&self, panel: &Panel, checks: &mut Checks) {
        let first = self.first_start();
        let change = |unit: &String| {
            let customers = self.gathered.customers.get(unit)?;
            let start = self.gathered.starts.get(unit).copied().unwrap_or(first);
            let place = self.gathered.months.iter().filter(|(from, _)| *from < start).count();
            let (before, after) = customers.split_at(place.min(customers.len()));
            let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
            Some((mean(after) / mean(before)).ln()).filter(|x| x.is_finite())
        };
        let of = |treated: bool| -> Vec<f64> {
            let own = self.units().filter(|u| self.gathered.starts.contains_key(*u) == treated);
            own.filter_map(change).collect()
        };
        let (inside, outside) = (of(true), of(false));
        if inside.len() < FEW || panel.units().len() < inside.len() + FEW {
            return;
        }
        let both = Summary::of(&inside).zip(Summary::of(&outside));
        let Some(limits) = both.and_then(|(a, b)| welch_interval(&a, &b, SURE)) else { return };
        let percent = |x: &[f64]| 100.0 * (x.iter().sum::<f64>() / x.len() as f64).exp_m1();
        checks.sturdy(
            "the same customers",
            limits.contains(0.0),
            format!(
                "treated units {:+.1} % customers since the start, others {:+.1} %",
                percent(&inside),
                percent(&outside)
            ),
        );
    }
}

/// Months before the first start alone, as if it had begun in their middle.
fn placebo_start(panel: &Panel, checks: &mut Checks) {
    let Some(first) = panel.cohorts().first().copied().filter(|first| *first >= LONG) else { return };
    let earlier = |unit: &UnitPath| UnitPath {
        start: unit.start.map(|_| first / 2),
        outcomes: unit.outcomes[..first].to_vec(),
    };
    let Ok(panel) = Panel::new(panel.units().iter().map(earlier).collect()) else { return };
    let Ok(few) = changes(&panel) else { return };
    if few.treated.len() < FEW {
        return;
    }
    let both = Summary::of(&few.treated).zip(Summary::of(&few.control));
    let Some((value, limits)) =
        both.and_then(|(a, b)| Some((a.mean - b.mean, welch_interval(&a, &b, SURE)?)))
    else {
        return;
    };
    checks.sturdy(
        "nothing at a start that was none",
        limits.contains(0.0),
        format!("had it begun {} months earlier: {value:+.3}", first - first / 2),
    );
}

/// An effect that grows with its unit and one that adds to it should point the same way.
fn in_logs(panel: &Panel, all: &GroupTime, units: &Units<'_>, checks: &mut Checks) {
    if panel.units().iter().any(|unit| unit.outcomes.iter().any(|y| *y <= 0.0)) {
        return;
    }
    let log = |unit: &UnitPath| UnitPath {
        start: unit.start,
        outcomes: unit.outcomes.iter().map(|y| y.ln()).collect(),
    };
    let Ok(logs) = Panel::new(panel.units().iter().map(log).collect()) else { return };
    let found = group_time(&logs, units.controls, 0).ok().and_then(|all| Some(overall(&all)?.effect()));
    let Some((logs, plain)) = found.zip(overall(all).map(|found| found.effect())) else { return };
    let clear = |effect: &Effect| !effect.interval(units.context.level).contains(0.0);
    let passed = logs.value * plain.value >= 0.0 || !(clear(&logs) && clear(&plain));
    checks.sturdy("the same in logs", passed, format!("{:+.1} % there", 100.0 * logs.value.exp_m1()));
}
