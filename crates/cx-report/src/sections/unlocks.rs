//! What more data would make possible: the ladder of what each kind of record gives.

use super::editor::{Editor, Part, Place};
use crate::document::{Block, Unlock};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Columns, with the values that some metric looks for in them.
    columns: BTreeMap<String, BTreeSet<String>>,
    metrics: Vec<String>,
}

/// Most values of a column that are named.
const VALUES: usize = 4;

impl Step {
    /// Notes a need: `table`, `table.column`, `table.column = 'a' or 'b'`, or
    /// `table where column = 'a' and …`, whose further conditions are left to the catalogue.
    fn note(&mut self, need: &str) {
        let head = need.split(' ').next().unwrap_or(need);
        let condition = need.split_once(" where ").map(|(_, condition)| condition);
        let column = match condition.and_then(|c| c.split([' ', '(']).find(|word| !word.is_empty())) {
            Some(column) => format!("{head}.{column}"),
            None => head.to_owned(),
        };
        let told = condition.unwrap_or(need).split(" and ").next().unwrap_or_default();
        let values = told.split('\'').skip(1).step_by(2).map(str::to_owned);
        self.columns.entry(column).or_default().extend(values);
    }

    /// `responses.about`, `responses.question (acsi, effort, …)`.
    fn named(&self) -> Vec<String> {
        let one = |(column, values): (&String, &BTreeSet<String>)| {
            let mut shown: Vec<&str> = values.iter().take(VALUES).map(String::as_str).collect();
            if values.len() > VALUES {
                shown.push("…");
            }
            if shown.is_empty() { column.clone() } else { format!("{column} ({})", shown.join(", ")) }
        };
        self.columns.iter().map(one).collect()
    }
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
        missing.needs.iter().for_each(|need| step.note(need));
        for metric in &missing.metrics {
            if !step.metrics.contains(metric) {
                step.metrics.push(metric.clone());
            }
        }
    }
    let (here, away): (Vec<_>, Vec<_>) = steps.into_iter().partition(|(table, _)| there(table));
    let more = here.into_iter().filter(|(_, step)| !step.metrics.is_empty()).map(|(table, step)| Unlock {
        data: say.unlock_columns(&editor.list(step.named())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_are_named_by_column() {
        let mut step = Step::default();
        for need in [
            "responses.about",
            "responses where question = 'effort' and answered and scale_min = 0",
            "responses.question = 'expected' or 'perceived'",
            "responses.question = 'acsi'",
            "responses.question = 'seq'",
        ] {
            step.note(need);
        }
        let wanted = ["responses.about", "responses.question (acsi, effort, expected, perceived, …)"];
        assert_eq!(step.named(), wanted);
    }
}
