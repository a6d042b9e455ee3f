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
use super::profile::Holds;
use super::survey::{Column, Shape};
use super::words::Role;
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

/// What a file lacks to be something, where it comes near.
pub(super) fn lacks(shape: &Shape) -> Option<String> {
    let named = |role: Role, holds: &[Holds]| {
        let fits = |c: &&Column| {
            c.roles.get(&role).is_some_and(|fit| !fit.partly) && holds.contains(&c.profile.holds())
        };
        shape.columns.iter().find(fits).map(|c| c.profile.name.as_str())
    };
    let flag = [Holds::Words, Holds::Numbers];
    let key = [Holds::Words, Holds::Text, Holds::Numbers];
    if shape.columns.iter().all(|c| c.profile.name.starts_with("column_")) {
        return Some(
            "the file has no header: name its columns with `read = { header = [\"…\", …] }`".to_owned(),
        );
    }
    let stayed =
        named(Role::Tenure, &[Holds::Numbers]).or_else(|| named(Role::AcquiredAt, &[Holds::Moments]));
    if let (Some(stayed), Some(left)) = (stayed, named(Role::Churned, &flag)) {
        return Some(format!(
            "`{stayed}` and `{left}` describe customers, but no column names each of them once"
        ));
    }
    if let Some(amount) =
        named(Role::Amount, &[Holds::Numbers]).or_else(|| named(Role::UnitPrice, &[Holds::Numbers]))
        && (named(Role::Order, &key).is_some() || named(Role::Customer, &key).is_some())
    {
        return Some(format!("`{amount}` looks like an amount paid, but no column says when"));
    }
    let score = named(Role::Rating, &[Holds::Numbers]).or_else(|| named(Role::Value, &[Holds::Numbers]));
    score.map(|score| format!("`{score}` may hold answers or ratings, but nothing says what was asked"))
}

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
