//! One treated unit against a mixture of others.

use super::columns::{OUTCOME, PERIOD, TREATED_NOW, UNIT};
use super::paths::{self, Paths};
use super::shown::{none, note};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::infer::effects::synthetic::{Donors, Synthetic, placebo, synthetic, without_each};
use std::collections::BTreeSet;

pub(in crate::calc) const SYNTHETIC_CONTROL: Calc = Calc {
    name: "synthetic-control",
    group: "causal",
    summary: "Effect on one unit against the mixture of others that followed it before, with placebos",
    roles: &[UNIT, PERIOD, OUTCOME, TREATED_NOW],
    second: None,
    options: &[
        Choice {
            name: "treated-unit",
            default: None,
            allowed: &[],
            help: "the treated unit, where no column says it",
        },
        Choice {
            name: "start",
            default: None,
            allowed: &[],
            help: "its first treated period, where no column says it",
        },
    ],
    table_is_optional: false,
    run,
};

/// The treated unit and the place of its first treated period.
fn treated<'a>(args: &Args<'a>, paths: &Paths<'a>) -> Result<(&'a str, usize), CalcError> {
    if args.is_given("treated-unit") || args.is_given("start") {
        let name = args.option("treated-unit").ok_or_else(|| args.missing("treated-unit"))?;
        let start = args.real("start")?.ok_or_else(|| args.missing("start"))?;
        if !paths.units.contains_key(name) {
            return Err(args.bad("treated-unit", "name a unit of the table"));
        }
        let place = paths.timeline.place(start);
        return Ok((name, place.ok_or_else(|| args.bad("start", "give a period of the table"))?));
    }
    let Some(marks) = args.yes_no("treated")? else { return Err(args.missing("treated-unit")) };
    let mut on: BTreeSet<(&str, usize)> = BTreeSet::new();
    for (place, unit, at) in paths.rows.iter().filter(|row| marks[row.0] == Some(true)) {
        if on.first().is_some_and(|(first, _)| first != unit) {
            let help =
                "keep one treated unit and leave the other treated ones out: they are no donors either";
            return Err(args.fault("treated", *place, &format!("marks a second unit, `{unit}`"), help));
        }
        on.insert((unit, *at));
    }
    on.first().copied().ok_or_else(|| CalcError::Data {
        what: "no unit is treated in any period".to_owned(),
        help: "mark the treated unit from its start on, or give --treated-unit and --start".to_owned(),
    })
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let paths = paths::read(args)?;
    let (name, start) = treated(args, &paths)?;
    let others: Vec<(&str, &Vec<f64>)> =
        paths.units.iter().filter(|(unit, _)| **unit != name).map(|(unit, path)| (*unit, path)).collect();
    let data = Donors {
        treated: paths.units.get(name).cloned().unwrap_or_default(),
        donors: others.iter().map(|(_, path)| (*path).clone()).collect(),
        start,
    };
    let mut caveats = paths.caveats.clone();
    caveats.push(note(
        "no interval: the placebos say how unusual the effect is among units to which nothing happened, and only \
         if the initiative did not touch them either",
    ));
    let fit = match synthetic(&data, None) {
        Ok(fit) => fit,
        Err(refused) => return Ok(none(refused, Results::new(), caveats)),
    };
    let mut results = Results::new().with("effect", Figure::real_unless(fit.shown()));
    match placebo(&data) {
        Ok(places) => {
            results.put("p", Figure::real(places.p));
            results.put("smallest_p", Figure::real(1.0 / (places.ratios.len() as f64 + 1.0)));
        }
        Err(refused) => results.put("p", Figure::refused(refused)),
    }
    results.put("gap_before", Figure::real(fit.before));
    results.put("gap_after", Figure::real(fit.after));
    results.put("ratio", Figure::real(fit.ratio()));
    results.put("treated_unit", Figure::text(name));
    results.put("start", Figure::text(paths.timeline.label(start)));
    results.put("donors", Figure::count(others.len() as u64));
    let names: Vec<&str> = others.iter().map(|(unit, _)| *unit).collect();
    results.group("weights", weights(&fit, &names));
    if let Ok(effects) = without_each(&data) {
        let mut own = Results::new();
        for (donor, effect) in effects {
            own.put(names[donor], Figure::real(effect));
        }
        results.group("without_donor", own);
    }
    let mut gaps = Results::new();
    for (at, gap) in fit.gaps.iter().enumerate() {
        gaps.put(&paths.timeline.label(at), Figure::real(*gap));
    }
    results.group("gaps", gaps);
    Ok(Answer { method: Some("outcomes_before".to_owned()), level: None, results, caveats })
}

/// Donors with a weight that can be told from 0, the largest first.
fn weights(fit: &Synthetic, names: &[&str]) -> Results {
    let mut all: Vec<(&str, f64)> = names.iter().copied().zip(fit.weights.iter().copied()).collect();
    all.retain(|(_, weight)| *weight > 1e-6);
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut found = Results::new();
    for (name, weight) in all {
        found.put(name, Figure::real(weight));
    }
    found
}
