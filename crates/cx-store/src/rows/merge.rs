//! Which rows of a batch are new, and which take the place of others.

use super::batch::NewRow;
use crate::Moment;
use std::collections::HashMap;

/// A row of the batch with its columns as text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Incoming<'b> {
    pub(super) row: &'b NewRow,
    pub(super) content: &'b str,
}

/// The version of a row that holds in the store.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) customer_id: Option<String>,
    pub(super) occurred_at: Moment,
    pub(super) updated_at: Option<Moment>,
    pub(super) content: String,
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Plan<'b> {
    /// Rows to write, in the order they were sent.
    pub(super) writes: Vec<Incoming<'b>>,
    /// Source ids whose present version ends.
    pub(super) ends: Vec<&'b str>,
    pub(super) added: u64,
    pub(super) replaced: u64,
    pub(super) unchanged: u64,
    pub(super) outdated: u64,
}

/// Holds a batch against what is in the store. Every row of the batch is
/// counted once: as added, replacing, unchanged or outdated.
pub(super) fn plan<'b>(incoming: &[Incoming<'b>], held: &HashMap<String, Held>) -> Plan<'b> {
    let mut plan = Plan::default();
    // Of several versions in one batch the last that wins is written.
    let mut winner: HashMap<&str, usize> = HashMap::new();
    for (at, next) in incoming.iter().enumerate() {
        let id = next.row.source_id.as_str();
        let before = match winner.get(id) {
            Some(&earlier) => Some(Seen::of(&incoming[earlier])),
            None => held.get(id).map(Seen::held),
        };
        match before {
            None => {
                plan.added += 1;
                winner.insert(id, at);
            }
            Some(before) => {
                let now = Seen::of(next);
                if matches!((now.updated_at, before.updated_at), (Some(new), Some(old)) if new < old) {
                    plan.outdated += 1;
                } else if now == before {
                    plan.unchanged += 1;
                } else {
                    plan.replaced += 1;
                    winner.insert(id, at);
                }
            }
        }
    }
    let mut chosen: Vec<usize> = winner.into_values().collect();
    chosen.sort_unstable();
    for at in chosen {
        let id = incoming[at].row.source_id.as_str();
        if let Some(old) = held.get(id) {
            if Seen::held(old) == Seen::of(&incoming[at]) {
                continue; // changed and changed back within the batch
            }
            plan.ends.push(id);
        }
        plan.writes.push(incoming[at]);
    }
    plan
}

/// Everything in which two versions of a row can differ.
#[derive(PartialEq)]
struct Seen<'a> {
    customer_id: Option<&'a str>,
    occurred_at: Moment,
    updated_at: Option<Moment>,
    content: &'a str,
}

impl<'a> Seen<'a> {
    fn of(incoming: &Incoming<'a>) -> Self {
        Self {
            customer_id: incoming.row.customer_id.as_deref(),
            occurred_at: incoming.row.occurred_at,
            updated_at: incoming.row.updated_at,
            content: incoming.content,
        }
    }

    fn held(held: &'a Held) -> Self {
        Self {
            customer_id: held.customer_id.as_deref(),
            occurred_at: held.occurred_at,
            updated_at: held.updated_at,
            content: &held.content,
        }
    }
}
