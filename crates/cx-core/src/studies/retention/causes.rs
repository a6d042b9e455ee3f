//! What customers leave for.

use super::Context;
use super::ages::{Ages, by_values};
use super::base::History;
use super::curves::{Ground, ROUND};
use super::survival::{Lives, OTHER};
use crate::findings::{AtAge, Cause, Causes, Step};
use crate::ground::estimate::{Absent, Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::shares;
use crate::infer::survival::{Table, incidence};
use crate::reduce::Reduced;
use std::collections::BTreeMap;

/// Most causes told apart.
const MOST: usize = 6;
/// Leavers whose cause nobody stated.
const UNSTATED: &str = "(not stated)";

/// Incidence of each cause, from lives cut by the column that states it.
pub(super) fn causes(
    context: &Context<'_>,
    history: &History,
    lives: &Lives,
    column: &str,
    reduced: &Reduced,
) -> Result<Causes, Absent> {
    let mut groups: BTreeMap<Option<String>, Ages> = BTreeMap::new();
    for ((values, _), ages) in by_values(reduced) {
        groups.entry(values.into_iter().next().flatten()).or_default().absorb(&ages, 0);
    }
    let stated = |groups: &BTreeMap<Option<String>, Ages>| -> Vec<(u64, String)> {
        let mut list: Vec<(u64, String)> = (groups.iter())
            .filter_map(|(name, ages)| Some((ages.events(), name.clone()?)))
            .filter(|(n, _)| *n > 0)
            .collect();
        list.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        list
    };
    let all = stated(&groups);
    let left: u64 = groups.values().map(Ages::events).sum();
    let known: u64 = all.iter().map(|(n, _)| n).sum();
    if known == 0 {
        return Err(Absent::NoData);
    }
    // Causes of too few people are one with the rest.
    let kept: Vec<&String> = (all.iter().take(if all.len() > MOST { MOST - 1 } else { MOST }))
        .filter(|(n, _)| *n >= context.privacy)
        .map(|(_, name)| name)
        .collect();
    let mut names: Vec<String> = kept.iter().map(|name| (*name).clone()).collect();
    let place = |name: &Option<String>| match name {
        Some(name) => kept.iter().position(|k| *k == name).unwrap_or(kept.len()),
        None => kept.len() + 1,
    };
    names.extend([OTHER.to_owned(), UNSTATED.to_owned()]);
    let mut ages = Ages::default();
    for (name, group) in &groups {
        ages.absorb(group, place(name));
    }
    let table = Table::counted(ages.in_months(lives.whole_months), false);
    let records = [history.records(context, &reduced.tally)];
    let ground = Ground { context, history, records: &records, caveats: &[] };
    let mut list = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let n: u64 = table.rows().iter().map(|row| row.by_cause.get(number).copied().unwrap_or(0)).sum();
        if n == 0 {
            continue;
        }
        let share = if name == UNSTATED {
            shares::estimate_counts(n, left, context.level)
        } else {
            shares::estimate_counts(n, known, context.level)
        };
        let of =
            if name == UNSTATED { "of all who left" } else { "of those who left and whose cause is stated" };
        let share = ground.fact(
            format!("retention/reason/{name}"),
            format!("Left for {name}, {of}"),
            share,
            &format!("share of {column} = {name} {of}"),
            "wilson1927",
        );
        let (at, steps) = curve(&ground, &table, number, name);
        list.push(Cause { name: name.clone(), left: n, share, at, steps });
    }
    Ok(Causes { column: column.to_owned(), left, unstated: left - known, causes: list })
}

fn curve(ground: &Ground<'_>, table: &Table, number: usize, name: &str) -> (Vec<AtAge>, Vec<Step>) {
    let points = incidence(table, number, ground.context.level);
    let size =
        Size { n: table.units(), clusters: table.units(), events: Some(table.events()), effective: None };
    let last = table.last_age().unwrap_or(0.0);
    let at = ROUND.iter().filter(|age| f64::from(**age) <= last + 0.05).filter_map(|age| {
        let point = points.iter().rev().find(|p| p.age <= f64::from(*age))?;
        let estimate = Estimate::new(point.value, point.interval, Unit::Share, size).with_se(point.se);
        let id = format!("retention/left_for/{name}/{age}");
        let title = format!("Lost to {name} within {age} months, other causes competing");
        let fact = ground.fact(id, title, estimate, "cumulative incidence (Aalen-Johansen)", "aalen1978b");
        Some(AtAge { age: *age, at_risk: table.at_risk(f64::from(*age)), fact })
    });
    let steps =
        points.iter().zip(table.rows()).filter(|(_, row)| row.by_cause.get(number).is_some_and(|n| *n > 0));
    let steps = steps.map(|(point, row)| Step {
        age: point.age,
        value: point.value,
        low: point.interval.and_then(|i| i.low),
        high: point.interval.and_then(|i| i.high),
        at_risk: row.at_risk,
    });
    (at.collect(), steps.collect())
}
