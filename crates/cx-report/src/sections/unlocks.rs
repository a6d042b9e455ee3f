//! What more data would make possible: the ladder of what each kind of record gives.

use super::editor::{Editor, Part, Place};
use crate::document::{Block, Unlock};
use std::collections::BTreeSet;

/// Kinds of records in the order in which they are usually to be had.
const LADDER: [&str; 14] = [
    "responses",
    "customers",
    "transactions",
    "subscriptions",
    "mrr_changes",
    "interactions",
    "reviews",
    "employee_responses",
    "costs",
    "plan",
    "initiatives",
    "assignments",
    "events",
    "rates",
];

/// What every company may want next, whatever its profile asks for.
const ALWAYS: [&str; 8] = [
    "responses",
    "transactions",
    "subscriptions",
    "interactions",
    "employee_responses",
    "costs",
    "initiatives",
    "assignments",
];

/// What one table, or more columns of one that is there, would give.
#[derive(Default)]
struct Step {
    columns: BTreeSet<String>,
    metrics: Vec<String>,
}

pub(super) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let steps = steps(editor);
    if steps.is_empty() {
        return None;
    }
    Some(Part {
        id: "unlocks",
        place: Place::Body,
        title: say.unlocks_title(),
        question: say.unlocks_question(),
        blocks: vec![Block::Text { text: say.unlocks_text() }, Block::Unlocks { steps }],
    })
}

/// More columns of tables that are there first, then tables that are not, down the ladder.
fn steps(editor: &Editor<'_>) -> Vec<Unlock> {
    let say = &editor.say;
    let there = |table: &str| editor.inputs.tables.iter().any(|flow| flow.table == table && flow.read > 0);
    let mut steps: Vec<(&str, Step)> = LADDER.iter().map(|table| (*table, Step::default())).collect();
    for missing in &editor.inputs.missing {
        let table_of = |need: &str| need.split(['.', ' ']).next().unwrap_or_default().to_owned();
        // A metric waits for all it needs: the table that is not there at all is the larger step.
        let need = missing.needs.iter().find(|need| !there(&table_of(need))).or(missing.needs.first());
        let Some((_, step)) = need.and_then(|need| steps.iter_mut().find(|(t, _)| *t == table_of(need)))
        else {
            continue;
        };
        step.columns.extend(missing.needs.iter().cloned());
        for metric in &missing.metrics {
            if !step.metrics.contains(metric) {
                step.metrics.push(metric.clone());
            }
        }
    }
    let (here, away): (Vec<_>, Vec<_>) = steps.into_iter().partition(|(table, _)| there(table));
    let more = here.into_iter().filter(|(_, step)| !step.metrics.is_empty()).map(|(table, step)| Unlock {
        data: say.unlock_columns(&editor.list(&step.columns)),
        gives: say.unlock_gives(table),
        metrics: step.metrics,
    });
    let new = away
        .into_iter()
        .filter(|(table, step)| ALWAYS.contains(table) || !step.metrics.is_empty())
        .map(|(table, step)| Unlock {
            data: say.unlock_data(table),
            gives: say.unlock_gives(table),
            metrics: step.metrics,
        });
    more.chain(new).collect()
}
