//! Treated units held beside the others, outcome by outcome.

use super::super::measured::{Change, Measured, Uncertain, detectable, refused};
use super::super::outcomes::{Outcome, outcomes};
use super::super::register::{Initiative, Way};
use super::super::{Context, MONTH};
use super::gathered::{Gathered, gather, treated_units};
use crate::findings::{CheckFound, Compared, OutcomeEffect};
use crate::ground::estimate::{Estimate, Refused, Size};
use crate::infer::effects::{Design, Effect};
use crate::reduce::{Engine, ReduceError, Run};
use std::collections::BTreeMap;

/// Effects on units that were treated from a day on, against those that never were.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why there is no effect.
pub(in crate::studies::roi) fn measure(
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

/// Units of one kind with what was gathered of them.
pub(super) struct Units<'a> {
    pub context: &'a Context<'a>,
    pub initiative: &'a Initiative,
    pub kind: &'a str,
    pub gathered: Gathered,
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
            }
        }
        if outcomes.is_empty() {
            return Err(first.unwrap_or_else(|| {
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
        let wide = if effect.df > 2.0 { (effect.df / (effect.df - 2.0)).sqrt() } else { 1.0 };
        let effect = Uncertain::normal(sign * effect.value, effect.se * wide);
        Ok(Change::Monthly { effect, parts: None })
    }
}
