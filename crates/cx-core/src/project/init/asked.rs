//! What is asked of the whole project, and whether an answer may be given.

use super::draft::Draft;
use super::fill::unknown;
use super::moments::Naive;
use super::question::{Accepts, Question};
use super::survey::{Found, InitError};
use crate::ground::money::Currency;
use crate::ground::period::{Calendar, Day};
use std::collections::{BTreeMap, BTreeSet};

/// Settings of the project that may be set though nothing asks for them.
pub(super) const PROJECT: [&str; 4] =
    ["project.name", "project.time_zone", "project.currency", "project.as_of"];

/// What all drafts together leave to be asked, the project's own settings first.
pub(super) fn questions(
    found: &Found,
    drafts: &[Draft],
    answers: &BTreeMap<String, String>,
) -> Vec<Question> {
    let mut asked = Vec::new();
    let given = |key: &str| answers.contains_key(key);
    if drafts.iter().any(|d| d.naive == Some(Naive::Times)) && !given("project.time_zone") {
        asked.push(zone_question(drafts));
    }
    if drafts.iter().any(|d| d.has_money) && !given("project.currency") {
        asked.push(currency_question(drafts));
    }
    debug_assert!(!found.shapes.is_empty());
    asked.extend(drafts.iter().flat_map(|d| d.open.clone()));
    asked
}

/// Values without repeats, the most frequent suggestions first.
fn once(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.filter(|v| seen.insert(v.clone())).take(3).collect()
}

pub(super) fn zone_question(drafts: &[Draft]) -> Question {
    let mut question =
        Question::new("project.time_zone", Accepts::Zone, "In which time zone were the times written?")
            .why("they name no zone, and days begin and end by one");
    let suggested = once(drafts.iter().flat_map(|d| d.suggested_zones.clone()));
    for zone in &suggested {
        question = question.choice(zone, "by the countries in the file");
    }
    for (zone, meaning) in [("UTC", "universal time"), ("Europe/Warsaw", "any IANA zone, written so")] {
        if !suggested.iter().any(|s| s == zone) {
            question = question.choice(zone, meaning);
        }
    }
    question
}

pub(super) fn currency_question(drafts: &[Draft]) -> Question {
    let mut question =
        Question::new("project.currency", Accepts::Currency, "Which currency are the amounts reported in?")
            .why("no file says it");
    let suggested = once(drafts.iter().flat_map(|d| d.suggested_currencies.clone()));
    for code in &suggested {
        question = question.choice(code, "by the signs or countries in the file");
    }
    for (code, meaning) in [("EUR", "euro"), ("USD", "US dollar"), ("GBP", "pound sterling")] {
        if !suggested.iter().any(|s| s == code) {
            question = question.choice(code, meaning);
        }
    }
    question
}

pub(super) fn check_project(key: &str, answer: &str) -> Result<(), InitError> {
    let checked = match key {
        "project.time_zone" => Calendar::new(answer).map(|_| ()),
        "project.currency" => answer.parse::<Currency>().map(|_| ()),
        "project.as_of" => answer.parse::<Day>().map(|_| ()),
        _ => Ok(()),
    };
    checked.map_err(|why| InitError::BadAnswer { key: key.to_owned(), why })
}

/// The source whose table a key chooses.
pub(super) fn table_of(key: &str) -> Option<&str> {
    key.strip_prefix("source.")?.strip_suffix(".table")
}

pub(super) fn check_table(found: &Found, key: &str, answer: &str) -> Result<(), InitError> {
    let Some(name) = table_of(key) else {
        return Ok(());
    };
    let Some(shape) = found.shapes.iter().find(|s| s.name == name) else {
        return Err(unknown(key, found.shapes.iter().map(|s| format!("source.{}.table", s.name)).collect()));
    };
    let possible =
        super::recognise::candidates(shape, &BTreeMap::from([(key.to_owned(), answer.to_owned())]));
    let tables: BTreeSet<&str> = possible.iter().flat_map(|c| &c.draft.tables).map(|t| t.table).collect();
    if tables.contains(answer) {
        return Ok(());
    }
    let tables: Vec<&str> = tables.into_iter().collect();
    let why = if tables.is_empty() {
        "nothing was recognised in this file; write its `[[source]]` by hand".to_owned()
    } else {
        format!("the file does not look like `{answer}`; it may be {}", tables.join(", "))
    };
    Err(InitError::BadAnswer { key: key.to_owned(), why })
}
