//! Surveys in wide form: one row per submission, one column per question.

use super::Candidate;
use super::answers::{Wanted, answers};
use super::sketch::{Sketch, Wants, count, name_in_expr, text_in_expr};
use crate::project::init::draft::{Line, TableDraft, inline, quoted};
use crate::project::init::profile::Holds;
use crate::project::init::survey::Shape;
use crate::project::init::words::Role;
use crate::tables::read::boolean;
use std::collections::BTreeMap;

/// Words for how far a survey got.
const STATUS: [(&str, &[&str]); 4] = [
    (
        "completed",
        &[
            "completed",
            "complete",
            "finished",
            "submitted",
            "answered",
            "responded",
            "ukończona",
            "abgeschlossen",
        ],
    ),
    ("started", &["started", "partial", "incomplete", "in progress", "częściowa", "teilweise"]),
    ("dismissed", &["dismissed", "closed", "declined", "refused", "odrzucona"]),
    (
        "invited",
        &["invited", "sent", "delivered", "pending", "bounced", "no response", "wysłana", "versendet"],
    ),
];

pub(super) fn recognise(shape: &Shape, given: &BTreeMap<String, String>) -> Option<Candidate> {
    let mut sketch = Sketch::new(shape);
    let is_staff = sketch.find(Role::Employee, Wants::Key).is_some()
        || sketch
            .find(Role::Enps, Wants::Number)
            .is_some_and(|c| !sketch.shape.columns[c].roles[&Role::Enps].partly);
    let mut to = TableDraft::new(if is_staff { "employee_responses" } else { "responses" });
    let spec = crate::tables::schema::table(to.table)?;
    // Keys and moments come first, so that their numbers are not taken for scores.
    let mut known = 0;
    let id = sketch.vendors(spec, "response_id").or_else(|| sketch.find(Role::Response, Wants::Key));
    let names_rows = |c: &usize| {
        let (profile, named) = (sketch.profile(*c), sketch.shape.columns[*c].roles.get(&Role::Response));
        let slack = if named.is_some_and(|fit| !fit.partly) { 20 } else { u64::MAX };
        profile.known() > 1 && profile.repeated.saturating_mul(slack) <= profile.known()
    };
    if let Some(id) = id.filter(names_rows) {
        let repeated = sketch.profile(id).repeated;
        let why = format!("{repeated} rows repeat a submission: the later one counts");
        sketch.put(&mut to, "response_id", id, if repeated > 0 { why } else { String::new() });
        known += 1;
    }
    tests_left_out(&mut sketch);
    let person = if is_staff { ("employee_id", Role::Employee) } else { ("customer_id", Role::Customer) };
    if sketch.map(&mut to, person.0, person.1, Wants::Key).is_some() {
        known += 1;
    }
    let at = sketch.vendors(spec, "answered_at").or_else(|| sketch.find(Role::AnsweredAt, Wants::Moment));
    if let Some(at) = at {
        sketch.put(&mut to, "answered_at", at, "");
        known += 1;
    }
    status(&mut sketch, &mut to);
    let score = answers(&mut sketch, &mut to, Wanted { items: true, zero_is_blank: false }, given);
    if score == 0 {
        return None;
    }
    if is_staff {
        sketch.map(&mut to, "unit", Role::Unit, Wants::Category);
    } else {
        for (canonical, role, wants) in [
            ("invited_at", Role::InvitedAt, Wants::Moment),
            ("channel", Role::Channel, Wants::Category),
            ("touchpoint", Role::Touchpoint, Wants::Category),
            ("language", Role::Language, Wants::Category),
            ("wave", Role::Wave, Wants::Category),
            ("about", Role::About, Wants::Category),
            ("weight", Role::Weight, Wants::Number),
        ] {
            if sketch.find(role, wants).is_some_and(|c| !sketch.used.contains(&c)) {
                sketch.map(&mut to, canonical, role, wants);
            }
        }
        if let Some(comment) = sketch.find(Role::Comment, Wants::Any).filter(|c| !sketch.used.contains(c)) {
            sketch.put(&mut to, "verbatim", comment, "");
        }
    }
    sketch.dimensions(&mut to);
    Some(sketch.finish("answers to a survey, one submission per row", score + known, vec![to]))
}

/// Submissions that were made to try the survey are no answers.
fn tests_left_out(sketch: &mut Sketch<'_>) {
    const NAMES: [&str; 4] = ["test", "is test", "preview", "is preview"];
    const WORDS: [&str; 5] = ["survey preview", "survey test", "spam", "preview", "test"];
    for (i, column) in sketch.shape.columns.iter().enumerate() {
        let Some(values) = &column.profile.values else { continue };
        let name = crate::project::init::header::header(&column.profile.name).words.join(" ");
        let is_flag = NAMES.contains(&name.as_str()) && values.keys().all(|w| boolean::parse(w).is_some());
        let tried = |w: &&String| {
            if is_flag { boolean::parse(w) == Some(true) } else { WORDS.contains(&w.to_lowercase().as_str()) }
        };
        let is_status = column.roles.contains_key(&Role::Status) && values.len() <= 12;
        let found: Vec<&String> = values.keys().filter(tried).collect();
        if found.is_empty() || !(is_flag || is_status) {
            continue;
        }
        let numeric = column.profile.holds() == Holds::Numbers;
        let text = |w: &&String| if numeric { (*w).clone() } else { text_in_expr(w) };
        let list: Vec<String> = found.iter().map(text).collect();
        let rows: u64 = found.iter().map(|w| values[*w]).sum();
        let condition = format!("{} in ({})", name_in_expr(&column.profile.name), list.join(", "));
        let why = format!("{} rows were made to try the survey; they are counted as left out", count(rows));
        sketch.draft.lines.push(Line::new("exclude", quoted(&condition), why));
        if is_flag {
            sketch.used.insert(i);
        }
        return;
    }
}

/// How far the survey got, where a column says so in words that are known.
fn status(sketch: &mut Sketch<'_>, to: &mut TableDraft) {
    let Some(column) = sketch.find(Role::Finished, Wants::Category) else { return };
    let Some(values) = &sketch.profile(column).values else { return };
    let word_of = |word: &String| {
        let plain = word.to_lowercase();
        let worded = STATUS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(s, _)| *s);
        let flag = || boolean::parse(&plain).map(|yes| if yes { "completed" } else { "started" });
        worded.or_else(flag).map(|s| (word.clone(), s))
    };
    let Some(words) = values.keys().map(word_of).collect::<Option<Vec<_>>>() else { return };
    let words: Vec<(&str, String)> = words.iter().map(|(w, s)| (w.as_str(), quoted(s))).collect();
    let value = inline(&[("column", quoted(sketch.name(column))), ("labels", inline(&words))]);
    to.lines.push(Line::new("status", value, "how far the survey got"));
    sketch.used.insert(column);
}
