//! Units, such as regions or shops, month by month: some treated from a month on, others never.

use super::gather::{Sums, of_initiative, run, stretches, totals, within};
use super::measured::{Change, Measured, Uncertain, detectable, refused};
use super::outcomes::{Outcome, outcomes};
use super::register::{Initiative, Way};
use super::{Context, MONTH, TREATED};
use crate::findings::{CheckFound, Compared, OutcomeEffect, PathPoint};
use crate::ground::estimate::{Estimate, Interval, Method, Refused, Size};
use crate::ground::period::{Day, Grain};
use crate::infer::effects::did::{
    Controls, FewUnits, Panel, UnitPath, breakdown, changes, event_study, group_time, overall, pre_trend,
    randomised, simultaneous, wild,
};
use crate::infer::effects::{Design, Effect, Finding};
use crate::infer::means::{Summary, welch_interval};
use crate::infer::power::Aim;
use crate::reduce::{Engine, ReduceError, Reduced, Run};
use std::collections::BTreeMap;

/// Worlds of sign changes.
const WORLDS: u32 = 999;
/// Units below which many are not taken for granted.
const MANY: usize = 30;
/// Treated units below which places are counted instead.
const FEW: usize = 6;
/// Months before the start that a comparison needs.
const MONTHS_BEFORE: usize = 4;
/// Months before the start by which the worst were chosen.
const CHOSEN_BY: i32 = 12;

/// What was gathered: sums by unit and month.
struct Gathered {
    months: Vec<(Day, Day)>,
    /// First treated day by unit.
    starts: BTreeMap<String, Day>,
    /// Customers by unit and month; empty where the records do not say.
    customers: BTreeMap<String, Vec<f64>>,
    /// Sums and rows of every outcome by unit and month.
    outcomes: Vec<BTreeMap<String, Vec<(f64, f64)>>>,
    /// Untreated units left out, because another initiative met them.
    left_out: usize,
}

/// Effects on units that were treated from a day on, against those that never were.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why there is no effect.
pub(super) fn measure(
    context: &Context<'_>,
    initiative: &Initiative,
    kind: &str,
    beside: &[&str],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Measured, Refused>, ReduceError> {
    let list = outcomes(context);
    let mut gathered = match gather(context, initiative, kind, &list, engine, machine)? {
        Ok(gathered) => gathered,
        Err(why) => return Ok(Err(why)),
    };
    // A unit that another initiative met at the same time says nothing about being without.
    for other in beside {
        let met = treated_units(context, other, engine, machine)?;
        let taken = |unit: &String| met.contains_key(unit) && !gathered.starts.contains_key(unit);
        gathered.left_out +=
            gathered.outcomes.iter().map(|o| o.keys().filter(|u| taken(u)).count()).max().unwrap_or(0);
        for outcome in &mut gathered.outcomes {
            outcome.retain(|unit, _| !met.contains_key(unit) || gathered.starts.contains_key(unit));
        }
    }
    let units = Units { context, initiative, kind, gathered };
    Ok(units.judge(&list))
}

/// Whole months that the records cover.
fn months(context: &Context<'_>) -> Vec<(Day, Day)> {
    let (first, end) = context.covered;
    let periods = context.data.calendar.periods(Grain::Month, first, end, context.covered);
    periods.iter().map(|p| (p.first, p.end)).filter(|(from, to)| *from >= first && *to <= end).collect()
}

fn gather(
    context: &Context<'_>,
    initiative: &Initiative,
    kind: &str,
    list: &[Outcome],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Gathered, Refused>, ReduceError> {
    let months = months(context);
    let by_unit = |rows: &str, terms: &[&str]| {
        Sums {
            rows,
            params: Vec::new(),
            terms: terms.iter().map(|t| (*t).to_owned()).collect(),
            dimensions: vec![kind.to_owned()],
            periods: stretches(context, months.clone()),
            groups: false,
        }
        .reduction(context)
    };
    let there = [
        ("acquired_at", "(acquired_at is missing or acquired_at < period.end)"),
        ("closed_at", "(closed_at is missing or closed_at >= period.start)"),
    ];
    let there: Vec<&str> =
        there.iter().filter(|(c, _)| context.has("customers", c)).map(|(_, text)| *text).collect();
    let only = if there.is_empty() { String::new() } else { format!(" where {}", there.join(" and ")) };
    let mut wanted = vec![by_unit(&format!("customers at period{only}"), &["1"])];
    for outcome in list {
        let only = outcome.filter.as_ref().map(|f| format!(" where {f}")).unwrap_or_default();
        let rows = format!("{}{only}", outcome.table.unwrap_or_default());
        wanted.push(by_unit(&rows, &[&outcome.value, "1"]));
    }
    let mut found = run(context, wanted, engine, machine)?.into_iter();
    let starts = treated_units(context, &initiative.id, engine, machine)?;
    if starts.is_empty() {
        return Ok(Err(refused(
            "units",
            format!("no assignment names a unit of `{kind}` that was treated"),
            "rows of assignments with `unit`, `arm` and `assigned_at`",
        )));
    }
    let n = months.len();
    let customers =
        found.next().flatten().map(|reduced| series(&reduced, n, |t| t.sum(0))).unwrap_or_default();
    let outcomes = found
        .map(|reduced| {
            reduced.map(|reduced| series(&reduced, n, |t| (t.sum(0), t.sum(1)))).unwrap_or_default()
        })
        .collect();
    Ok(Ok(Gathered { months, starts, customers, outcomes, left_out: 0 }))
}

/// The first treated day of every unit that an initiative treats.
fn treated_units(
    context: &Context<'_>,
    id: &str,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<BTreeMap<String, Day>, ReduceError> {
    let (first, end) = context.covered;
    let mut params = of_initiative(id);
    let begin = context.data.calendar.start_of(first).0;
    params.push(("BEGIN".to_owned(), crate::ground::expr::Literal::Time(begin)));
    let starts = Sums {
        rows: "assignments where initiative_id = INITIATIVE and unit is known and assigned_at is known",
        params,
        terms: vec!["days(assigned_at - BEGIN)".to_owned()],
        dimensions: vec!["unit".to_owned(), "arm".to_owned()],
        periods: within(context, first, end),
        groups: false,
    };
    let assigned = run(context, vec![starts.reduction(context)], engine, machine)?.pop().flatten();
    let mut starts = BTreeMap::new();
    for (key, cell) in assigned.iter().flat_map(totals) {
        let [Some(unit), Some(arm)] = &key.values[..] else { continue };
        if TREATED.contains(&arm.to_lowercase().as_str()) {
            starts.insert(unit.clone(), first.plus((cell.sum(0) / cell.rows as f64).floor() as i32));
        }
    }
    Ok(starts)
}

fn series<T: Default + Clone>(
    reduced: &Reduced,
    months: usize,
    value: impl Fn(&crate::stats::Totals) -> T,
) -> BTreeMap<String, Vec<T>> {
    let mut all: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (key, cell) in totals(reduced) {
        let Some(Some(unit)) = key.values.first() else { continue };
        let into = all.entry(unit.clone()).or_insert_with(|| vec![T::default(); months]);
        if let Some(place) = into.get_mut(key.period) {
            *place = value(cell);
        }
    }
    all
}

struct Units<'a> {
    context: &'a Context<'a>,
    initiative: &'a Initiative,
    kind: &'a str,
    gathered: Gathered,
}

/// The effect on one outcome and everything that was looked at on the way.
struct Found {
    effect: Effect,
    interval: Interval,
    without: f64,
    before_after: f64,
    as_they_stand: f64,
    checks: Vec<CheckFound>,
    failed: Vec<Finding>,
    path: Vec<PathPoint>,
}

impl Units<'_> {
    fn judge(&self, list: &[Outcome]) -> Result<Measured, Refused> {
        let mut outcomes = Vec::new();
        let mut changes: BTreeMap<&str, Effect> = BTreeMap::new();
        let mut refusals = Vec::new();
        let priced = match self.initiative.stream.as_deref() {
            Some("service") => "cost_to_serve",
            _ => "margin",
        };
        let (mut checks, mut failed, mut path) = (Vec::new(), Vec::new(), Vec::new());
        let mut last = None;
        for (outcome, sums) in list.iter().zip(&self.gathered.outcomes) {
            if sums.is_empty() {
                continue;
            }
            let found = match self.panel(outcome, sums).and_then(|panel| self.effect(&panel)) {
                Ok(found) => found,
                Err(why) => {
                    refusals
                        .push(Refused { reason: format!("{}: {}", outcome.name, why.reason), ..why.clone() });
                    last = Some(why);
                    continue;
                }
            };
            changes.insert(outcome.id, found.effect);
            let n = self.gathered.starts.len() as u64;
            let size = Size { n, clusters: n, ..Size::default() };
            let effect = Estimate::new(found.effect.value, Some(found.interval), outcome.unit, size)
                .with_se(found.effect.se);
            outcomes.push(OutcomeEffect {
                id: outcome.id.to_owned(),
                name: format!("{}{}", outcome.name, self.denominator(outcome)),
                unit: outcome.unit,
                without: Some(found.without),
                relative: (found.without != 0.0).then(|| found.effect.value / found.without),
                before_after: Some(Estimate::new(found.before_after, None, outcome.unit, size)),
                as_they_stand: Some(Estimate::new(found.as_they_stand, None, outcome.unit, size)),
                detectable: detectable(effect.se),
                priced: outcome.id == priced,
                effect,
            });
            if outcome.id == priced || path.is_empty() {
                (checks, failed, path) = (found.checks, found.failed, found.path);
            }
        }
        if outcomes.is_empty() {
            return Err(last.unwrap_or_else(|| {
                let reason = format!("no outcome can be cut by `{}`", self.kind);
                refused("outcome", reason, "a column of that name in transactions, contacts or customers")
            }));
        }
        outcomes.sort_by_key(|o| !o.priced);
        if self.gathered.left_out > 0 {
            checks.push(CheckFound {
                name: "untouched units".to_owned(),
                passed: true,
                says: format!(
                    "{} units left out of the comparison: other initiatives met them",
                    self.gathered.left_out
                ),
            });
        }
        let treated = self.gathered.starts.len() as u64;
        let all = self.units().count() as u64;
        let (first, end) =
            (self.first_start(), self.gathered.months.last().map_or(self.context.covered.1, |m| m.1));
        let by_lot = self.initiative.way == Some(Way::Lot);
        Ok(Measured {
            design: if by_lot { Design::Randomised } else { Design::Differences },
            compared: Compared {
                assigned: self.kind.to_owned(),
                treated,
                control: all - treated,
                population: self.population() as u64,
                from: first.to_string(),
                until: end.plus(-1).to_string(),
                months: f64::from(end.0 - first.0) / MONTH,
            },
            outcomes,
            checks,
            failed,
            path,
            refused: refusals,
            change: self.change(priced, &changes),
            reach: self.reach(),
            units: self.gathered.starts.keys().cloned().collect(),
        })
    }

    fn units(&self) -> impl Iterator<Item = &String> {
        let mut all: Vec<&String> = self.gathered.outcomes.iter().flat_map(BTreeMap::keys).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter()
    }

    fn first_start(&self) -> Day {
        self.gathered.starts.values().min().copied().unwrap_or(self.context.covered.0)
    }

    /// What an outcome is taken per.
    fn denominator(&self, outcome: &Outcome) -> String {
        match (outcome.over_rows, self.gathered.customers.is_empty()) {
            (true, _) => String::new(),
            (false, false) => " per customer and month".to_owned(),
            (false, true) => format!(" per {} and month", self.kind),
        }
    }

    /// Customers of the treated units, on average since the start; the units themselves where nobody is counted.
    fn population(&self) -> f64 {
        self.gathered.starts.iter().map(|(unit, start)| self.size(unit, *start)).sum()
    }

    fn size(&self, unit: &str, start: Day) -> f64 {
        if self.gathered.customers.is_empty() {
            return 1.0;
        }
        let Some(series) = self.gathered.customers.get(unit) else { return 0.0 };
        let since = self.gathered.months.iter().zip(series).filter(|((_, end), _)| *end > start);
        let (sum, n) = since.fold((0.0, 0.0), |(sum, n), (_, customers)| (sum + customers, n + 1.0));
        if n > 0.0 { sum / n } else { 0.0 }
    }

    /// Units that begin later bring nothing before: the share of the treated that had begun, month by month.
    fn reach(&self) -> Vec<f64> {
        let (first, whole) = (self.first_start(), self.population());
        let last = self.gathered.starts.values().max().copied().unwrap_or(first);
        let months = (f64::from(last.0 - first.0) / MONTH).ceil() as usize;
        let begun = |month: usize| {
            let share =
                |start: &Day| (month as f64 + 1.0 - f64::from(start.0 - first.0) / MONTH).clamp(0.0, 1.0);
            let starts = self.gathered.starts.iter();
            starts.map(|(unit, start)| share(start) * self.size(unit, *start)).sum::<f64>() / whole
        };
        if whole > 0.0 { (0..months).map(begun).collect() } else { Vec::new() }
    }

    /// The month in which a unit begins: it counts as treated from its first day.
    fn month_of(&self, day: Day) -> Option<usize> {
        self.gathered.months.iter().position(|(from, end)| *from <= day && day < *end)
    }

    fn panel(&self, outcome: &Outcome, sums: &BTreeMap<String, Vec<(f64, f64)>>) -> Result<Panel, Refused> {
        let per = if outcome.money { self.context.minor() } else { 1.0 };
        let begun = self.month_of(self.first_start());
        // Units chosen by a bad year bounce back by themselves: that year cannot say what they were like.
        let left_out = match (self.initiative.way, begun) {
            (Some(Way::WorstFirst), Some(start)) => start.saturating_sub(CHOSEN_BY as usize)..start,
            _ => 0..0,
        };
        let kept: Vec<usize> = (0..self.gathered.months.len()).filter(|m| !left_out.contains(m)).collect();
        let mut units = Vec::new();
        for (unit, series) in sums {
            let customers = self.gathered.customers.get(unit);
            let value = |m: usize| {
                let (sum, rows) = series[m];
                if outcome.over_rows { sum / rows } else { sum / per / customers.map_or(1.0, |c| c[m]) }
            };
            let start = self.gathered.starts.get(unit).map(|day| self.month_of(*day));
            // A unit whose start lies outside the months seen is neither treated nor untouched.
            let start = match start {
                Some(None) => continue,
                Some(Some(month)) => Some(kept.iter().filter(|m| **m < month).count()),
                None => None,
            };
            units.push(UnitPath { start, outcomes: kept.iter().map(|m| value(*m)).collect() });
        }
        Panel::new(units)
    }

    fn effect(&self, panel: &Panel) -> Result<Found, Refused> {
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
            let reason = format!("fewer than {MONTHS_BEFORE} whole months before the first start");
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
            before_after: naive.after - naive.before,
            as_they_stand: naive.after - naive.others,
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

    fn checks(
        &self,
        all: &crate::infer::effects::did::GroupTime,
        points: &[crate::infer::effects::did::EventPoint],
    ) -> (Vec<CheckFound>, Vec<Finding>) {
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

    fn change(&self, priced: &str, changes: &BTreeMap<&str, Effect>) -> Result<Change, Refused> {
        let stream = self.initiative.stream.as_deref();
        let sign = match stream {
            Some("service") => -1.0,
            Some("spend") => 1.0,
            Some(other) => {
                let reason = format!("the stream `{other}` is not measured on units yet");
                return Err(refused("value stream", reason, "price it by `spend` or `service`"));
            }
            None => {
                let reason = "the register does not say by which stream of money it is priced";
                return Err(refused("value stream", reason, "set `value_stream` before looking at effects"));
            }
        };
        let effect = changes.get(priced).ok_or_else(|| {
            let reason = format!("no effect on {} could be given", priced.replace('_', " "));
            refused("priced outcome", reason, "the outcome by unit and month, without gaps")
        })?;
        // A t of few degrees of freedom spreads wider than a normal of the same standard error.
        let wide = if effect.df > 2.0 { (effect.df / (effect.df - 2.0)).sqrt() } else { 1.0 };
        let effect = Uncertain::normal(sign * effect.value, effect.se * wide);
        Ok(Change::Monthly { effect, parts: None })
    }
}

/// Plain means of treated units before and after, and of the others after.
struct Naive {
    before: f64,
    after: f64,
    others: f64,
}

impl Naive {
    fn of(panel: &Panel) -> Self {
        let first = panel.cohorts().first().copied().unwrap_or_default();
        let (mut before, mut after, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for unit in panel.units() {
            match unit.start {
                Some(start) => {
                    before.extend_from_slice(&unit.outcomes[..start.min(unit.outcomes.len())]);
                    after.extend_from_slice(&unit.outcomes[start.min(unit.outcomes.len())..]);
                }
                None => others.extend_from_slice(&unit.outcomes[first.min(unit.outcomes.len())..]),
            }
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        Self { before: mean(&before), after: mean(&after), others: mean(&others) }
    }
}
