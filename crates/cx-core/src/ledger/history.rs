//! Where a promise stands.

use super::{Promise, Resolution, Withdrawal};
use crate::ground::period::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything about one promise.
#[derive(Debug, Clone, PartialEq)]
pub struct History<'a> {
    /// As it was made.
    pub original: &'a Promise,
    /// As it was amended, in order.
    pub amended: Vec<&'a Promise>,
    /// Its withdrawal.
    pub withdrawal: Option<&'a Withdrawal>,
    /// What became of it.
    pub resolution: Option<&'a Resolution>,
}

/// What a promise waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Made, and not yet due.
    Open,
    /// Changed, and not yet due.
    Amended,
    /// Due, and nobody has said what became of it.
    Due,
    /// Taken back: unresolved for ever.
    Withdrawn,
    /// Resolved.
    Resolved,
}

/// A promise and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The promise.
    pub claim_id: String,
    /// Where it stands.
    pub state: State,
    /// The day it is judged.
    pub due: Day,
    /// How often it was amended.
    pub amendments: usize,
}

impl<'a> History<'a> {
    /// The same with an outcome that is known, where none is written and the promise was not taken back.
    #[must_use]
    pub fn with(self, known: &'a BTreeMap<String, Resolution>) -> Self {
        let open = self.resolution.is_none() && self.withdrawal.is_none();
        let found = if open { known.get(&self.original.claim_id) } else { None };
        Self { resolution: self.resolution.or(found), ..self }
    }

    /// The day it is judged: the earliest that was ever promised. An amendment
    /// that moves the date does not put the judgement off.
    pub fn due(&self) -> Day {
        self.amended.iter().map(|promise| promise.due).fold(self.original.due, Day::min)
    }

    /// Where it stands on a day.
    pub fn standing(&self, today: Day) -> Standing {
        let due = self.due();
        let state = if self.resolution.is_some() {
            State::Resolved
        } else if self.withdrawal.is_some() {
            State::Withdrawn
        } else if due <= today {
            State::Due
        } else if self.amended.is_empty() {
            State::Open
        } else {
            State::Amended
        };
        let claim_id = self.original.claim_id.clone();
        Standing { claim_id, state, due, amendments: self.amended.len() }
    }
}
