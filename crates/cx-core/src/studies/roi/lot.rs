//! Customers drawn by lot: everybody assigned is followed from the day of assignment, leavers too.

use super::gather::{Sums, of_initiative, run, totals, within};
use super::measured::{Change, Measured, Uncertain, detectable, refused};
use super::outcomes::{Outcome, outcomes};
use super::register::Initiative;
use super::{Context, FEWEST_DAYS, MONTH, TREATED};
use crate::findings::{CheckFound, Compared, OutcomeEffect};
use crate::ground::estimate::{Estimate, Interval, Method, Refused, Size};
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::infer::effects::randomised::{Cuped, Pairs, attrition, balance, cuped, sample_ratio, shares};
use crate::infer::effects::{Design, Effect, Finding};
use crate::infer::means::Summary;
use crate::infer::shares::Counted;
use crate::reduce::{Engine, ReduceError, Run};
use crate::stats::{Merge, Totals, group_weight};
use std::collections::BTreeMap;

/// Resampled worlds behind draws.
const WORLDS: u32 = 2000;

/// Days before the end of the records within which a table must have rows to count as going on.
const STALE: i32 = 31;

/// Days around an assignment.
#[derive(Debug, Clone, Copy)]
struct Windows {
    before: i32,
    after: i32,
}

/// The terms of an outcome in the sums: after, before, and for a mean of rows their numbers.
#[derive(Debug, Clone, Copy)]
struct Place {
    after: usize,
    before: Option<usize>,
    rows: Option<usize>,
}

/// One arm: all of it, and its random groups.
struct Arm {
    all: Totals,
    groups: Vec<(u32, Totals)>,
}

/// Effects on customers who were assigned by lot.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why there is no effect.
pub(super) fn measure(
    context: &Context<'_>,
    initiative: &Initiative,
    assigned: (Day, Day),
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Measured, Refused>, ReduceError> {
    let (first, last) = assigned;
    let list = current(context);
    let days = seen(context, &list);
    // The window of who was assigned in the course of the last day ends before the records do.
    let after = days.1.0 - last.0 - 1;
    if after < FEWEST_DAYS {
        return Ok(Err(refused(
            "too early",
            format!(
                "{} days have passed since the last assignment, and {FEWEST_DAYS} are needed",
                after.max(0)
            ),
            "wait, or register what is promised until then",
        )));
    }
    let days = Windows { before: after.min(first.0 - days.0.0).max(0), after };
    let kept = context.has("customers", "closed_at");
    let (rows, terms, places) = plan(&list, kept, days);
    let sums = Sums {
        rows: &rows,
        params: of_initiative(&initiative.id),
        terms,
        dimensions: vec!["arm".to_owned()],
        periods: within(context, first, last.plus(1)),
        groups: true,
    };
    let found = run(context, vec![sums.reduction(context)], engine, machine)?.pop().flatten();
    let Some(found) = found else {
        return Ok(Err(refused(
            "outcome",
            "the records say nothing about what these customers did",
            "transactions, contacts or answers with the id of their customer",
        )));
    };
    let mut arms: BTreeMap<bool, Vec<(u32, Totals)>> = BTreeMap::new();
    for (key, cell) in totals(&found) {
        let Some(Some(arm)) = key.values.first() else { continue };
        arms.entry(TREATED.contains(&arm.to_lowercase().as_str()))
            .or_default()
            .push((key.part, cell.clone()));
    }
    let (Some(treated), Some(control)) = (Arm::of(arms.remove(&true))?, Arm::of(arms.remove(&false))?) else {
        return Ok(Err(refused(
            "comparison",
            "the assignments name one arm only",
            "rows of the other arm too: who was drawn and not treated",
        )));
    };
    let lot = Lot { context, initiative, treated, control, days, assigned };
    Ok(lot.judge(&list, kept, &places))
}

/// Outcomes whose table goes on to the end of the records: one that ends before says nothing about the last days.
fn current(context: &Context<'_>) -> Vec<Outcome> {
    let oldest = context.covered.1.plus(-STALE);
    let goes_on = |outcome: &Outcome| span(context, outcome).is_some_and(|(_, end)| end >= oldest);
    outcomes(context).into_iter().filter(goes_on).collect()
}

/// First and last day that all of these outcomes cover.
fn seen(context: &Context<'_>, list: &[Outcome]) -> (Day, Day) {
    let spans = list.iter().filter_map(|outcome| span(context, outcome));
    spans.fold(context.covered, |(first, end), (from, to)| (first.max(from.plus(1)), end.min(to)))
}

/// Days of the first and of the last row of an outcome's table.
fn span(context: &Context<'_>, outcome: &Outcome) -> Option<(Day, Day)> {
    let (first, last) = context.data.table(outcome.table?)?.span?;
    let calendar = &context.data.calendar;
    Some((calendar.day_of(first), calendar.day_of(last)))
}

fn plan(list: &[Outcome], kept: bool, days: Windows) -> (String, Vec<String>, Vec<Place>) {
    let Windows { before, after } = days;
    let (mut fields, mut terms, mut places) = (Vec::new(), Vec::new(), Vec::new());
    if kept {
        terms.push(format!(
            "if(customers.closed_at is missing, 1, if(customers.closed_at <= assigned_at + {after}d, 0, 1))"
        ));
    }
    for (i, outcome) in list.iter().enumerate() {
        let name = format!("_o{i}");
        fields.extend(outcome.fields(&name, &format!("[0d, {after}d)")));
        let mut place = Place { after: terms.len(), before: None, rows: None };
        terms.push(name.clone());
        if outcome.over_rows {
            place.rows = Some(terms.len());
            terms.push(format!("{name}_n"));
        } else if before >= FEWEST_DAYS {
            let name = format!("_b{i}");
            fields.extend(outcome.fields(&name, &format!("[-{before}d, 0d)")));
            place.before = Some(terms.len());
            terms.push(name);
        }
        places.push(place);
    }
    let there =
        if kept { " and (customers.closed_at is missing or customers.closed_at > assigned_at)" } else { "" };
    let rows = format!(
        "assignments where initiative_id = INITIATIVE and customer_id is known{there} each by customer_id {{ {} }}",
        fields.join(", ")
    );
    (rows, terms, places)
}

impl Arm {
    fn of(groups: Option<Vec<(u32, Totals)>>) -> Result<Option<Self>, ReduceError> {
        let Some(groups) = groups else { return Ok(None) };
        let mut all: Option<Totals> = None;
        for (_, cell) in &groups {
            match &mut all {
                Some(all) => all.merge(cell)?,
                None => all = Some(cell.clone()),
            }
        }
        Ok(all.map(|all| Self { all, groups }))
    }

    fn n(&self) -> f64 {
        self.all.units as f64
    }

    fn mean(&self, term: usize) -> f64 {
        self.all.sum(term) / self.n()
    }

    /// The mean of a term in a world of random groups.
    fn mean_in(&self, term: usize, weights: &dyn Fn(u32) -> f64) -> f64 {
        let sums = self.groups.iter().map(|(g, t)| (weights(*g) * t.sum(term), weights(*g) * t.units as f64));
        let (sum, n) = sums.fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
        sum / n
    }

    fn pairs(&self, before: usize, after: usize, per: f64) -> Pairs {
        let square = |i, j| self.all.centred_product(i, j) / (per * per);
        Pairs {
            n: self.n(),
            mean: [self.mean(before) / per, self.mean(after) / per],
            squares: [square(before, before), square(before, after), square(after, after)],
        }
    }

    fn summary(&self, term: usize, per: f64) -> Summary {
        let n = self.n();
        Summary {
            n: self.all.units,
            mean: self.mean(term) / per,
            variance: (n > 1.0).then(|| self.all.centred_product(term, term) / (per * per) / (n - 1.0)),
        }
    }
}

struct Lot<'a> {
    context: &'a Context<'a>,
    initiative: &'a Initiative,
    treated: Arm,
    control: Arm,
    days: Windows,
    assigned: (Day, Day),
}

impl Lot<'_> {
    fn judge(&self, list: &[Outcome], kept: bool, places: &[Place]) -> Result<Measured, Refused> {
        let sizes = [self.treated.all.units, self.control.all.units];
        // Half and half unless the register says otherwise: it has no column for other plans yet.
        let even = sizes[0].abs_diff(sizes[1]) * 5 < sizes[0] + sizes[1];
        let mut checks = Vec::new();
        let mut failed = Vec::new();
        if even {
            let ratio = sample_ratio(&sizes, &[1.0, 1.0])?;
            checks.push(check(
                "sample ratio",
                true,
                format!("{} and {} customers: p = {:.2}", sizes[0], sizes[1], ratio.p),
            ));
        }
        let mut outcomes = Vec::new();
        if kept {
            outcomes.push(self.kept());
        }
        for (outcome, place) in list.iter().zip(places) {
            outcomes.push(self.outcome(outcome, *place, &mut checks));
        }
        if kept {
            let lost = |arm: &Arm| Counted { k: arm.n() - arm.all.sum(0), n: arm.n() };
            if let Some(lost) = attrition(lost(&self.treated), lost(&self.control), self.context.level) {
                // Leavers stay in with what they do, so they bias nothing: said, not judged.
                checks.push(check(
                    "leavers are followed",
                    true,
                    format!(
                        "{:+.1} points of closed accounts, treated less control; they count with 0",
                        100.0 * lost.difference
                    ),
                ));
            }
        }
        if checks.iter().any(|c| !c.passed) {
            failed.push(Finding::Placebo);
        }
        let (first, last) = self.assigned;
        let months = f64::from(self.days.after) / MONTH;
        let mut measured = Measured {
            design: Design::Randomised,
            compared: Compared {
                assigned: "customers".to_owned(),
                treated: sizes[0],
                control: sizes[1],
                population: sizes[0],
                from: first.to_string(),
                until: last.plus(self.days.after - 1).to_string(),
                months,
            },
            outcomes,
            checks,
            failed,
            path: Vec::new(),
            refused: Vec::new(),
            change: self.change(list, kept, places, months),
            reach: Vec::new(),
            units: Vec::new(),
        };
        if let Some(priced) = self.initiative.stream.as_deref().and_then(priced) {
            measured.outcomes.iter_mut().for_each(|o| o.priced = o.id == priced);
            measured.outcomes.sort_by_key(|o| !o.priced);
        }
        Ok(measured)
    }

    fn kept(&self) -> OutcomeEffect {
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
            detectable: detectable(effect.se),
            priced: false,
            effect,
        }
    }

    fn per(&self, outcome: &Outcome) -> f64 {
        if outcome.money { self.context.minor() } else { 1.0 }
    }

    fn outcome(&self, outcome: &Outcome, place: Place, checks: &mut Vec<CheckFound>) -> OutcomeEffect {
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
            detectable: detectable(effect.se),
            priced: false,
            effect,
        }
    }

    fn cuped(&self, before: usize, after: usize, per: f64) -> Option<Cuped> {
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

    /// The change that money is counted by.
    fn change(&self, list: &[Outcome], kept: bool, places: &[Place], months: f64) -> Result<Change, Refused> {
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
    fn drawn(&self, place: Place, per: f64) -> Uncertain {
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

    fn worlds(&self, figure: &dyn Fn(&dyn Fn(u32) -> f64) -> f64) -> Vec<f64> {
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

/// The outcome that a stream of money is counted by.
fn priced(stream: &str) -> Option<&'static str> {
    [("spend", "margin"), ("service", "cost_to_serve"), ("retention", "kept")]
        .into_iter()
        .find(|(name, _)| *name == stream)
        .map(|(_, outcome)| outcome)
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

fn check(name: &str, passed: bool, says: String) -> CheckFound {
    CheckFound { name: name.to_owned(), passed, says }
}
