//! All of a lot: its arms, their outcomes and what is checked.

use super::super::gather::{Sums, of_initiative, run, totals, within};
use super::super::measured::{Measured, priced, refused};
use super::super::outcomes::Outcome;
use super::super::register::Initiative;
use super::super::spans::{current, seen};
use super::super::{Context, FEWEST_DAYS, MONTH, TREATED};
use super::arm::Arm;
use super::plan::{Known, Place, Windows, plan};
use crate::findings::{CheckFound, Compared};
use crate::ground::estimate::Refused;
use crate::ground::period::Day;
use crate::infer::effects::randomised::{attrition, sample_ratio};
use crate::infer::effects::{Design, Finding};
use crate::infer::shares::Counted;
use crate::reduce::{Engine, ReduceError, Run};
use crate::stats::Totals;
use std::collections::BTreeMap;

/// Effects on customers who were assigned by lot.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why there is no effect.
pub(in crate::studies::roi) fn measure(
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
    let reached = context.has("assignments", "exposed_at");
    let (rows, terms, places) = plan(&list, Known { kept, reached }, days);
    let reached = reached.then(|| terms.len() - 1);
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
    let lot = Lot { context, initiative, treated, control, days, assigned, reached };
    Ok(lot.judge(&list, kept, &places))
}

/// Both arms of a lot.
pub(super) struct Lot<'a> {
    pub context: &'a Context<'a>,
    pub initiative: &'a Initiative,
    pub treated: Arm,
    pub control: Arm,
    pub days: Windows,
    pub assigned: (Day, Day),
    /// The term of whom it reached; none where the records do not say.
    pub reached: Option<usize>,
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
            passed_over: None,
            compared: Compared {
                assigned: "customers".to_owned(),
                treated: sizes[0],
                control: sizes[1],
                population: sizes[0],
                reached: self.reached.map(|term| (self.treated.mean(term), self.control.mean(term))),
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
            until: self.context.covered.1,
            paid: sizes[0] as f64,
        };
        if let Some(priced) = self.initiative.stream.as_deref().and_then(priced) {
            measured.outcomes.iter_mut().for_each(|o| o.priced = o.id == priced);
            measured.outcomes.sort_by_key(|o| !o.priced);
        }
        Ok(measured)
    }
}

pub(super) fn check(name: &str, passed: bool, says: String) -> CheckFound {
    CheckFound { name: name.to_owned(), passed, says }
}
