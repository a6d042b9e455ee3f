//! Treated units held beside the others, outcome by outcome.

use super::super::measured::{Change, Measured, Uncertain, detectable, refused};
use super::super::outcomes::{Outcome, outcomes};
use super::super::register::{Initiative, Way};
use super::super::{Context, MONTH};
use super::beside::Beside;
use super::effect::FEW;
use super::gathered::{Gathered, gather};
use crate::findings::{CheckFound, Compared, OutcomeEffect};
use crate::ground::estimate::{Estimate, Refused, Size};
use crate::infer::effects::did::Controls;
use crate::infer::effects::{Design, Effect, Finding};
use crate::reduce::{Engine, ReduceError, Run};
use std::collections::BTreeMap;

/// Effects on units that were treated from a day on, against those that never were or were not yet.
///
/// Without a kind of units the company is the one unit, and its own past is all there is to compare with.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why there is no effect.
pub(in crate::studies::roi) fn measure(
    context: &Context<'_>,
    initiative: &Initiative,
    kind: Option<&str>,
    others: &[&Initiative],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Measured, Refused>, ReduceError> {
    let list = outcomes(context);
    let mut gathered = match gather(context, initiative, kind, &list, engine, machine)? {
        Ok(gathered) => gathered,
        Err(why) => return Ok(Err(why)),
    };
    let mut checks = Vec::new();
    for other in others {
        let beside = Beside::of(context, other, &gathered, engine, machine)?;
        checks.extend(beside.part(other, &mut gathered));
    }
    let controls = gathered.controls();
    let units = Units { context, initiative, kind, gathered, controls, checks };
    Ok(units.judge(&list))
}

/// Units of one kind with what was gathered of them.
pub(super) struct Units<'a> {
    pub context: &'a Context<'a>,
    pub initiative: &'a Initiative,
    /// The column whose values are the units; none for the company as a whole.
    pub kind: Option<&'a str>,
    pub gathered: Gathered,
    /// Whom treated units are held beside.
    pub controls: Controls,
    /// What other initiatives on the same units mean for the comparison.
    pub checks: Vec<(CheckFound, bool)>,
}

impl Gathered {
    /// Where every unit is treated one after the other, those that wait stand for those without, until the last
    /// of them begins: nothing can be said of later months.
    fn controls(&mut self) -> Controls {
        let untouched =
            self.outcomes.iter().flat_map(BTreeMap::keys).any(|unit| !self.starts.contains_key(unit));
        let starts = || self.starts.values();
        let Some(last) = starts().max().copied().filter(|last| starts().any(|day| day < last)) else {
            return Controls::Never;
        };
        if untouched || starts().filter(|day| **day == last).count() < FEW {
            return Controls::Never;
        }
        self.end(last);
        Controls::NotYet
    }
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
        let mut first: Option<Refused> = None;
        let (mut design, mut passed_over) = (Design::Differences, None);
        for (outcome, sums) in list.iter().zip(&self.gathered.outcomes) {
            if sums.is_empty() {
                continue;
            }
            let found = match self.panel(outcome, sums).and_then(|panel| self.effect(&panel)) {
                Ok(found) => found,
                Err(why) => {
                    refusals
                        .push(Refused { reason: format!("{}: {}", outcome.name, why.reason), ..why.clone() });
                    first.get_or_insert(why);
                    continue;
                }
            };
            changes.insert(outcome.id, found.effect);
            let n = self.gathered.starts.len() as u64;
            let size = Size { n, clusters: n, ..Size::default() };
            let effect = Estimate::new(found.effect.value, Some(found.interval), outcome.unit, size)
                .with_se(found.effect.se);
            let naive = |found: Option<Effect>| Some(found?.estimate(outcome.unit, size, self.context.level));
            outcomes.push(OutcomeEffect {
                id: outcome.id.to_owned(),
                name: format!("{}{}", outcome.name, self.denominator(outcome)),
                unit: outcome.unit,
                without: Some(found.without),
                relative: (found.without != 0.0).then(|| found.effect.value / found.without),
                before_after: naive(found.before_after),
                as_they_stand: naive(found.as_they_stand),
                takers: None,
                detectable: detectable(effect.se),
                priced: outcome.id == priced,
                effect,
            });
            if outcome.id == priced || path.is_empty() {
                (checks, failed, path) = (found.checks, found.failed, found.path);
                (design, passed_over) = (found.design, found.passed_over);
            }
        }
        if outcomes.is_empty() {
            return Err(first.unwrap_or_else(|| {
                let reason = self.kind.map_or_else(
                    || "no outcome is recorded".to_owned(),
                    |kind| format!("no outcome can be cut by `{kind}`"),
                );
                refused("outcome", reason, "a column of that name in transactions, contacts or customers")
            }));
        }
        outcomes.sort_by_key(|o| !o.priced);
        for (check, lowers) in &self.checks {
            checks.push(check.clone());
            failed.extend(lowers.then_some(Finding::Attrition));
        }
        let (first, end) =
            (self.first_start(), self.gathered.months.last().map_or(self.context.covered.1, |m| m.1));
        let treated = self.gathered.starts.values().filter(|day| **day < end).count() as u64;
        let all = self.units().count() as u64;
        let by_lot = self.initiative.way == Some(Way::Lot);
        let alone = design == Design::Series;
        Ok(Measured {
            design: if by_lot { Design::Randomised } else { design },
            passed_over,
            compared: Compared {
                assigned: self.kind.filter(|_| !alone).unwrap_or(Compared::EVERYBODY).to_owned(),
                treated,
                control: all - treated,
                population: self.population() as u64,
                reached: None,
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
            until: end,
            paid: self.population(),
        })
    }

    fn change(&self, priced: &str, changes: &BTreeMap<&str, Effect>) -> Result<Change, Refused> {
        let stream = self.initiative.stream.as_deref();
        let sign = match stream {
            Some("service") => -1.0,
            // Whoever stays and whoever spends more both stand in the margin of their unit.
            Some("spend" | "retention") => 1.0,
            Some(other) => {
                let reason = format!("the stream `{other}` is not measured on units yet");
                return Err(refused("value stream", reason, "price it by `spend`, `retention` or `service`"));
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
        let wide = match effect.df {
            df if df.is_finite() && df > 2.0 => (df / (df - 2.0)).sqrt(),
            _ => 1.0,
        };
        let effect = Uncertain::normal(sign * effect.value, effect.se * wide);
        Ok(Change::Monthly { effect, parts: None })
    }
}
