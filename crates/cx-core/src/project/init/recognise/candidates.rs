//! The recognisers, and what each makes of a file.

use super::{Candidate, canonical, cases, customers, long, reviews, subscriptions, survey, transactions};
use crate::project::init::survey::Shape;
use std::collections::BTreeMap;

/// A recogniser: what it would write, if the file looks like its kind.
type Recogniser = fn(&Shape, &BTreeMap<String, String>) -> Option<Candidate>;

/// Every recogniser.
const RECOGNISERS: [Recogniser; 8] = [
    subscriptions::recognise,
    canonical::recognise,
    customers::recognise,
    transactions::recognise,
    cases::recognise,
    reviews::recognise,
    long::recognise,
    survey::recognise,
];

/// Everything a file may be, the likeliest first.
pub(in crate::project::init) fn candidates(
    shape: &Shape,
    answers: &BTreeMap<String, String>,
) -> Vec<Candidate> {
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
