//! When units start, read from a column of starts or from marks of each period.

use super::paths::Paths;
use crate::calc::{Args, CalcError};
use std::collections::BTreeMap;

/// When each unit starts: a place among the periods, or never.
pub(super) fn starts<'a>(
    args: &Args<'a>,
    paths: &Paths<'a>,
) -> Result<BTreeMap<&'a str, Option<usize>>, CalcError> {
    match (args.numbers("start")?, args.yes_no("treated")?) {
        (Some(starts), _) => by_start(args, paths, &starts),
        (None, Some(treated)) => by_treatment(args, paths, &treated),
        (None, None) => Err(CalcError::Missing {
            formula: "event-study",
            what: "a column that says when units start".to_owned(),
            help: "name --start (the first treated period, blank for never) or --treated (yes from the start on)"
                .to_owned(),
        }),
    }
}

fn by_start<'a>(
    args: &Args<'a>,
    paths: &Paths<'a>,
    starts: &[Option<f64>],
) -> Result<BTreeMap<&'a str, Option<usize>>, CalcError> {
    let never = args.real("never")?;
    let mut found: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (place, unit, _) in &paths.rows {
        let start = match starts[*place].filter(|start| Some(*start) != never) {
            None => None,
            Some(start) => Some(paths.timeline.start(start).ok_or_else(|| {
                let help = "give the first treated period as it stands in the period column, blank for never";
                args.fault("start", *place, "lies between two periods", help)
            })?),
        };
        if *found.entry(unit).or_insert(start) != start {
            let problem = format!("differs from the other rows of the unit `{unit}`");
            return Err(args.fault(
                "start",
                *place,
                &problem,
                "a unit starts once: repeat its start in all of its rows",
            ));
        }
    }
    Ok(found)
}

fn by_treatment<'a>(
    args: &Args<'a>,
    paths: &Paths<'a>,
    treated: &[Option<bool>],
) -> Result<BTreeMap<&'a str, Option<usize>>, CalcError> {
    let mut found: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut on = Vec::with_capacity(paths.rows.len());
    for (place, unit, at) in &paths.rows {
        let Some(treated) = treated[*place] else {
            return Err(args.fault(
                "treated",
                *place,
                "is blank",
                "say yes or no for every period of a unit",
            ));
        };
        let start = found.entry(unit).or_default();
        if treated {
            *start = Some(start.map_or(*at, |s| s.min(*at)));
        }
        on.push(treated);
    }
    for ((place, unit, at), treated) in paths.rows.iter().zip(on) {
        if !treated && found[unit].is_some_and(|start| *at > start) {
            let help = "treatment that ends is another question: cut the unit's rows there, or mark it yes from its start on";
            return Err(args.fault(
                "treated",
                *place,
                &format!("comes after the start of the unit `{unit}`"),
                help,
            ));
        }
    }
    Ok(found)
}
