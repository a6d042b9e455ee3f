//! Roles and profiles of columns to what the file feeds: one recogniser per kind of file.

mod answers;
mod canonical;
mod cases;
mod customers;
mod long;
mod reviews;
mod sketch;
mod survey;
mod transactions;

use super::draft::Draft;
use super::survey::Shape;
use std::collections::BTreeMap;

/// What a file may be, with what would be written.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// A sentence: what it looks like.
    pub what: &'static str,
    /// How much speaks for it.
    pub score: i32,
    pub draft: Draft,
}

/// A recogniser: what it would write, if the file looks like its kind.
type Recogniser = fn(&Shape, &BTreeMap<String, String>) -> Option<Candidate>;

/// Every recogniser.
const RECOGNISERS: [Recogniser; 7] = [
    canonical::recognise,
    customers::recognise,
    transactions::recognise,
    cases::recognise,
    reviews::recognise,
    long::recognise,
    survey::recognise,
];

/// Everything a file may be, the likeliest first.
pub(super) fn candidates(shape: &Shape, answers: &BTreeMap<String, String>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = RECOGNISERS.iter().filter_map(|r| r(shape, answers)).collect();
    if let Some(table) = shape.vendor.and_then(|v| v.table) {
        for candidate in &mut found {
            candidate.score +=
                10 * i32::from(candidate.draft.tables.first().is_some_and(|t| t.table == table));
        }
    }
    found.sort_by_key(|c| std::cmp::Reverse(c.score));
    found
}
