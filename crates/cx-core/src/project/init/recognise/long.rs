//! Answers in long form: one row per answer, the question in a column of its own.

use super::Candidate;
use super::sketch::{Sketch, Wants};
use crate::project::init::draft::{Line, TableDraft, inline, quoted};
use crate::project::init::header::roles;
use crate::project::init::profile::Profile;
use crate::project::init::question::{Accepts, Question};
use crate::project::init::scales::{Decision, decide};
use crate::project::init::survey::Shape;
use crate::project::init::words::{QUESTIONS, Role};
use std::collections::BTreeMap;

/// Questions by the metric's name, with the values of each.
type Groups<'p> = BTreeMap<&'static str, (Role, Vec<&'p Profile>)>;

/// The metric's name of a question in the file, where its words tell.
fn canonical(question: &str) -> Option<(Role, &'static str)> {
    let found = roles(question);
    let best = found.iter().filter_map(|(role, fit)| Some((fit, *role, role.question()?))).min();
    if let Some(own) = QUESTIONS.iter().find(|k| **k == question) {
        return Some((best.map_or(Role::Value, |(_, role, _)| role), own));
    }
    best.map(|(_, role, question)| (role, question))
}

/// Scales of the questions of a file whose questions bear the names of metrics.
pub(super) fn scales(sketch: &mut Sketch<'_>) {
    let asked = &sketch.shape.evidence.questions;
    let mut groups: Groups<'_> = BTreeMap::new();
    for (text, profile) in asked {
        if let Some((role, name)) = canonical(text) {
            groups.entry(name).or_insert((role, Vec::new())).1.push(profile);
        }
    }
    decide_scales(sketch, &groups);
}

fn decide_scales(sketch: &mut Sketch<'_>, groups: &Groups<'_>) {
    for (name, (role, profiles)) in groups {
        let alone = profiles.len() == 1;
        let role = Some(*role).filter(|_| alone);
        match decide(profiles, role, false) {
            Decision::Is(chosen) => {
                sketch.draft.scales.extend(chosen.declared);
                sketch.draft.questions.push(((*name).to_owned(), chosen.scale));
            }
            Decision::OneOf(choices, why) => {
                let mut open = Question::new(
                    format!("questions.{name}"),
                    Accepts::Choice,
                    format!("On which scale is `{name}` of {} answered?", sketch.shape.files[0]),
                )
                .why(why);
                for (chosen, meaning) in choices {
                    sketch.draft.scales.extend(chosen.declared);
                    open = open.choice(chosen.scale, meaning);
                }
                sketch.ask(open);
                sketch.draft.questions.push(((*name).to_owned(), "??".to_owned()));
            }
            Decision::No => {}
        }
    }
}

pub(super) fn recognise(shape: &Shape, _: &BTreeMap<String, String>) -> Option<Candidate> {
    let mut sketch = Sketch::new(shape);
    let question = sketch.find(Role::Question, Wants::Category)?;
    let value = sketch.find(Role::Value, Wants::Any).filter(|c| *c != question)?;
    let asked = &shape.evidence.questions;
    let mut to = TableDraft::new("responses");
    let mut labels: Vec<(String, &'static str)> = Vec::new();
    let mut groups: BTreeMap<&'static str, (Role, Vec<&Profile>)> = BTreeMap::new();
    let mut strange: Vec<&str> = Vec::new();
    for (text, profile) in asked {
        match canonical(text) {
            Some((role, name)) => {
                if text != name {
                    labels.push((text.clone(), name));
                }
                groups.entry(name).or_insert((role, Vec::new())).1.push(profile);
            }
            None => strange.push(text),
        }
    }
    if groups.is_empty() {
        return None;
    }
    decide_scales(&mut sketch, &groups);
    let words: Vec<(&str, String)> = labels.iter().map(|(t, n)| (t.as_str(), quoted(n))).collect();
    let name = quoted(sketch.name(question));
    let rule = if words.is_empty() { name } else { inline(&[("column", name), ("labels", inline(&words))]) };
    let why = if strange.is_empty() {
        "every question is known by its words".to_owned()
    } else {
        format!("of no known question, kept under their own names: {}", strange.join(", "))
    };
    to.lines.push(Line::new("question", rule, why));
    sketch.used.extend([question, value]);
    sketch.put(&mut to, "value", value, "");
    for (canonical, role, wants) in [
        ("response_id", Role::Response, Wants::Key),
        ("customer_id", Role::Customer, Wants::Key),
        ("answered_at", Role::AnsweredAt, Wants::Moment),
        ("channel", Role::Channel, Wants::Category),
        ("touchpoint", Role::Touchpoint, Wants::Category),
        ("language", Role::Language, Wants::Category),
        ("wave", Role::Wave, Wants::Category),
    ] {
        sketch.map(&mut to, canonical, role, wants);
    }
    if let Some(comment) = sketch.find(Role::Comment, Wants::Any).filter(|c| !sketch.used.contains(c)) {
        sketch.put(&mut to, "verbatim", comment, "");
    }
    sketch.dimensions(&mut to);
    Some(sketch.finish("answers, one per row", 8, vec![to]))
}
