//! Roles and profiles of columns to what the file feeds: one recogniser per kind of file.

mod answers;
mod candidates;
mod canonical;
mod cases;
mod customers;
mod lacks;
mod leftover;
mod long;
mod reviews;
mod sketch;
mod subscriptions;
mod survey;
mod transactions;

pub(super) use candidates::candidates;
pub(super) use lacks::lacks;

use super::draft::Draft;

/// What a file may be, with what would be written.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// A sentence: what it looks like.
    pub what: &'static str,
    /// How much speaks for it.
    pub score: i32,
    pub draft: Draft,
}
