//! In which order and when: what loses most by waiting, for its work, goes first.

use super::choose::Entry;
use crate::findings::StepFound;
use crate::ground::period::Day;
use crate::infer::finance::cost_of_delay;
use crate::studies::roi::MONTH;
use std::collections::BTreeMap;

/// A chosen candidate with its expected net present value.
pub(super) struct Item<'a> {
    pub entry: &'a Entry<'a>,
    pub net: f64,
}

/// Work of at least a week: what takes no time has no order.
const LEAST_WORK: f64 = 0.25;

/// Steps in the order in which work begins.
///
/// Formula: urgency is the cost of a month's delay over the months of work.
/// Each team does one thing after the other; what another needs comes before it.
/// A day that the plan gives stands. Source: `reinertsen2009`.
pub(super) fn roadmap(items: &[Item<'_>], begins: Day, test_months: u32, rate: f64) -> Vec<StepFound> {
    let delay: Vec<f64> =
        items.iter().map(|item| cost_of_delay(item.net, rate, 1.0 / 12.0).unwrap_or(0.0)).collect();
    let work = |i: usize| items[i].entry.candidate.work_months.max(LEAST_WORK);
    let urgency = |i: usize| delay[i] / work(i);
    let mut left: Vec<usize> = (0..items.len()).collect();
    left.sort_by(|a, b| urgency(*b).total_cmp(&urgency(*a)).then(a.cmp(b)));
    let mut done: BTreeMap<&str, Day> = BTreeMap::new();
    let mut free: BTreeMap<&str, Day> = BTreeMap::new();
    let mut steps = Vec::new();
    while !left.is_empty() {
        let ready = |i: &usize| {
            let needs = &items[*i].entry.candidate.requires;
            needs.iter().all(|id| done.contains_key(id.as_str()) || !chosen(items, id))
        };
        // A circle of needs is refused before; without one something is always ready.
        let at = left.iter().position(ready).unwrap_or(0);
        let i = left.remove(at);
        let one = items[i].entry.candidate;
        let after = one.requires.iter().filter_map(|id| done.get(id.as_str()));
        let teams = one.needs.iter().filter_map(|(team, _)| free.get(team.as_str()));
        let earliest = after.chain(teams).copied().fold(begins, |a, b| if b.0 > a.0 { b } else { a });
        let starts = one.starts.unwrap_or(earliest);
        let live = starts.plus((one.work_months * MONTH).round() as i32);
        done.insert(&one.id, live);
        for (team, _) in &one.needs {
            free.insert(team, live);
        }
        let judged = live.plus((f64::from(test_months) * MONTH).round() as i32);
        steps.push((
            starts,
            StepFound {
                id: one.id.clone(),
                name: one.name.clone(),
                strategy: one.strategy.clone(),
                owner: one.owner.clone(),
                begins: starts.to_string(),
                live: live.to_string(),
                judged: judged.to_string(),
                test_first: items[i].entry.test_first,
                delay: delay[i],
                urgency: urgency(i),
            },
        ));
    }
    steps.sort_by_key(|(starts, _)| starts.0);
    steps.into_iter().map(|(_, step)| step).collect()
}

fn chosen(items: &[Item<'_>], id: &str) -> bool {
    items.iter().any(|item| item.entry.candidate.id == id)
}
