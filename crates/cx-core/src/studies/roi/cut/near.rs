//! The jump of every outcome at the cut-off, with its checks.

use super::super::chosen::{Days, Did, done};
use super::super::followed::{Followed, What};
use super::super::gather::days;
use super::super::measured::{Measured, priced, refused};
use super::super::register::Initiative;
use super::super::spans::{current, seen};
use super::super::{Context, MONTH};
use super::ruled::Ruled;
use crate::findings::{CheckFound, Compared};
use crate::ground::estimate::Refused;
use crate::ground::period::Day;
use crate::infer::effects::discontinuity::{Cut, discontinuity, measured};
use crate::infer::effects::{Check, Design};
use crate::reduce::{Engine, ReduceError, Run};

/// Effects on customers whom a rule treats from a cut-off on.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why there is no effect.
pub(in crate::studies::roi) fn measure(
    context: &Context<'_>,
    initiative: &Initiative,
    cut_off: f64,
    assigned: (Day, Day),
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Measured, Refused>, ReduceError> {
    let list: Vec<_> = current(context).into_iter().filter(|o| !o.over_rows).collect();
    let started = initiative.started.unwrap_or(assigned.0);
    let when = match Days::of(assigned, started, initiative.ended, seen(context, &list)) {
        Ok(when) => when,
        Err(why) => return Ok(Err(why)),
    };
    let ruled = match Ruled::read(context, &initiative.id, cut_off, engine, machine)? {
        Ok(ruled) => ruled,
        Err(why) => return Ok(Err(why)),
    };
    let params = days(context, &when.named());
    let mut did = Vec::new();
    for outcome in &list {
        let all = done(context, outcome, &when, &params, engine, machine)?;
        let of = |who: &String| all.get(who).copied().unwrap_or_default();
        did.push(ruled.customers.keys().map(of).collect::<Vec<Did>>());
    }
    let near = Near { context, initiative, when: &when, ruled: &ruled };
    let whats: Vec<What<'_>> = list.iter().map(|o| What { id: o.id, name: o.name, unit: o.unit }).collect();
    Ok(near.judge(&whats, &did))
}

/// A cut-off with the customers on either side.
struct Near<'a> {
    context: &'a Context<'a>,
    initiative: &'a Initiative,
    when: &'a Days,
    ruled: &'a Ruled,
}

impl Near<'_> {
    fn judge(&self, whats: &[What<'_>], did: &[Vec<Did>]) -> Result<Measured, Refused> {
        let running: Vec<f64> = self.ruled.customers.values().map(|(value, _)| *value).collect();
        let treated: Vec<bool> = self.ruled.customers.values().map(|(_, treated)| *treated).collect();
        let scale = f64::from(self.when.after()) / f64::from(self.when.before());
        let followed = Followed { context: self.context, treated: &treated, scale };
        let counted = self.initiative.stream.as_deref().and_then(priced);
        let (mut outcomes, mut checks, mut refusals) = (Vec::new(), Vec::<CheckFound>::new(), Vec::new());
        let (mut first, mut sizes) = (None, [0, 0]);
        for (what, did) in whats.iter().zip(did) {
            let after: Vec<f64> = did.iter().map(|d| d.after).collect();
            let before: Vec<f64> = did.iter().map(Did::before).collect();
            let cut = Cut { running: &running, outcome: &after, at: self.ruled.at };
            // Nothing that was done before can have jumped because of the rule.
            let known = [(format!("{} before", what.name.to_lowercase()), before)];
            let known: Vec<(&str, &[f64])> = known.iter().map(|(n, x)| (n.as_str(), x.as_slice())).collect();
            let found = discontinuity(&cut, None).and_then(|jump| Ok((jump, measured(&cut, &known)?)));
            let (jump, found) = match found {
                Ok(found) => found,
                Err(why) => {
                    refusals
                        .push(Refused { reason: format!("{}: {}", what.name, why.reason), ..why.clone() });
                    first.get_or_insert(why);
                    continue;
                }
            };
            let reach = jump.bandwidths.line;
            let short = |x: f64| x < self.ruled.at && x >= self.ruled.at - reach;
            let others: Vec<f64> =
                running.iter().zip(&after).filter(|(x, _)| short(**x)).map(|(_, y)| *y).collect();
            let without = others.iter().sum::<f64>() / others.len() as f64;
            let mut outcome = followed.outcome(*what, found.effect, Some(without), &after, Some(known[0].1));
            outcome.priced = Some(what.id) == counted;
            if outcome.priced || outcomes.is_empty() {
                checks = found.checks.iter().map(said).collect();
                sizes = jump.near;
            }
            outcomes.push(outcome);
        }
        if outcomes.is_empty() {
            return Err(first.unwrap_or_else(|| {
                refused("outcome", "no outcome of these customers is recorded", "transactions or contacts")
            }));
        }
        outcomes.sort_by_key(|o| !o.priced);
        if self.ruled.wrong > 0 {
            let says =
                format!("{} customers on the wrong side of the cut-off are left out", self.ruled.wrong);
            checks.push(CheckFound { name: "rule kept".to_owned(), passed: true, says });
        }
        let [below, above] = sizes;
        Ok(Measured {
            design: Design::Discontinuity,
            passed_over: None,
            compared: Compared {
                assigned: "customers".to_owned(),
                treated: above,
                control: below,
                population: above,
                reached: None,
                from: self.when.begin.to_string(),
                until: self.when.end.plus(-1).to_string(),
                months: f64::from(self.when.after()) / MONTH,
            },
            outcomes,
            checks,
            failed: Vec::new(),
            path: Vec::new(),
            refused: refusals,
            change: Err(refused(
                "effect and cost of one population",
                "the effect is about customers near the cut-off, and its costs were paid for all whom the rule treats",
                "a lot among customers further from the cut-off",
            )),
            reach: Vec::new(),
            units: Vec::new(),
            until: self.context.covered.1,
            paid: treated.iter().filter(|t| **t).count() as f64,
        })
    }
}

/// A check in words; what it says of a distance stands without its figure.
fn said(check: &Check) -> CheckFound {
    let says = if check.name.starts_with("distance") {
        format!("{}: {:+.2}", check.says, check.figure)
    } else {
        check.says.clone()
    };
    CheckFound { name: check.name.to_owned(), passed: check.passed, says }
}
