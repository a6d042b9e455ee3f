//! Support cases: one row each, or one row per state of a case.

use super::Candidate;
use super::answers::{Wanted, answers};
use super::sketch::{Sketch, Wants, count, name_in_expr};
use crate::project::init::draft::{Line, TableDraft, inline, quoted};
use crate::project::init::profile::{Holds, Mark};
use crate::project::init::survey::Shape;
use crate::project::init::words::Role;
use std::collections::BTreeMap;

pub(super) fn recognise(shape: &Shape, given: &BTreeMap<String, String>) -> Option<Candidate> {
    let mut sketch = Sketch::new(shape);
    let mut to = TableDraft::new("interactions");
    let spec = crate::tables::schema::table("interactions")?;
    let opened =
        sketch.vendors(spec, "occurred_at").or_else(|| sketch.find(Role::OpenedAt, Wants::Moment))?;
    let other = |role| sketch.find(role, Wants::Moment).filter(|c| *c != opened);
    let resolved = sketch.vendors(spec, "resolved_at").or_else(|| other(Role::ResolvedAt));
    let closed =
        sketch.vendors(spec, "closed_at").or_else(|| other(Role::ClosedAt)).filter(|c| Some(*c) != resolved);
    let first = other(Role::FirstResponseAt);
    if resolved.is_none() && closed.is_none() && first.is_none() {
        return None;
    }
    let case = sketch.vendors(spec, "case_id").or_else(|| sketch.find(Role::Case, Wants::Key))?;
    let log = !sketch.profile(case).is_unique();
    let mut score = 6;
    if log {
        score += i32::from(last_state(&mut sketch, case));
    }
    let why = if log { String::new() } else { "no value comes twice: one row per case".to_owned() };
    sketch.put(&mut to, "interaction_id", case, why);
    sketch.put(&mut to, "case_id", case, "");
    let complaint = ["complain", "reklamac", "skarg", "beschwerde", "жалоб", "投诉"];
    let text = format!("{} {}", shape.name, sketch.name(case)).to_lowercase();
    let is_complaint = complaint.iter().any(|w| text.contains(w));
    let kind = if is_complaint { "complaint" } else { "contact" };
    Sketch::put_value(&mut to, "kind", kind, "");
    sketch.put(&mut to, "occurred_at", opened, "");
    sketch.map(&mut to, "customer_id", Role::Customer, Wants::Key);
    if let Some(first) = first {
        sketch.put(&mut to, "first_response_at", first, "");
    }
    if let Some(resolved) = resolved {
        sketch.put(&mut to, "resolved_at", resolved, "");
        score += 2;
    }
    if let Some(closed) = closed {
        sketch.put(&mut to, "closed_at", closed, "");
        score += 2;
    }
    sketch.map(&mut to, "reopened_at", Role::ReopenedAt, Wants::Moment);
    counted(&mut sketch, &mut to, "reopened", Role::Reopens);
    counted(&mut sketch, &mut to, "transferred", Role::Reassignments);
    counted(&mut sketch, &mut to, "escalated", Role::Escalated);
    counted(&mut sketch, &mut to, "sla_met", Role::SlaMet);
    for (canonical, role) in [("channel", Role::Channel), ("agent", Role::Agent)] {
        sketch.map(&mut to, canonical, role, Wants::Category);
    }
    if let Some(reason) = sketch.find(Role::Reason, Wants::Category).filter(|c| !sketch.used.contains(c)) {
        sketch.put(&mut to, "reason", reason, "");
    }
    handle_time(&mut sketch, &mut to);
    let mut tables = vec![to];
    // A score beside the case is an answer to a survey about it.
    let mut survey = TableDraft::new("responses");
    if !log && answers(&mut sketch, &mut survey, Wanted { items: false, zero_is_blank: false }, given) > 0 {
        sketch.put(&mut survey, "response_id", case, "one survey per case");
        sketch.put(&mut survey, "interaction_id", case, "");
        if let Some(customer) = sketch.find(Role::Customer, Wants::Key) {
            sketch.put(&mut survey, "customer_id", customer, "");
        }
        let answered = resolved.or(closed).unwrap_or(opened);
        sketch.put(
            &mut survey,
            "answered_at",
            answered,
            "the file has no moment of the answer: that of the case is taken",
        );
        Sketch::put_value(&mut survey, "survey_kind", "transactional", "");
        tables.push(survey);
    }
    let mut dims = std::mem::replace(&mut tables[0], TableDraft::new("interactions"));
    sketch.dimensions(&mut dims);
    tables[0] = dims;
    let what = if log { "states of support cases" } else { "support cases" };
    Some(sketch.finish(what, score, tables))
}

/// Only the last state of each case counts; tells whether the file orders them.
fn last_state(sketch: &mut Sketch<'_>, case: usize) -> bool {
    let order = sketch
        .find(Role::Sequence, Wants::Number)
        .or_else(|| sketch.find(Role::UpdatedAt, Wants::Moment))
        .filter(|c| *c != case);
    let profile = sketch.profile(case);
    let cases = profile.known() - profile.repeated;
    let Some(order) = order else {
        sketch.draft.about.push(format!(
            "`{}` comes several times ({} values in {} rows) and no column orders the rows of a case: the last row of the file counts",
            profile.name,
            count(cases),
            count(profile.known())
        ));
        return false;
    };
    let value = inline(&[("per", quoted(sketch.name(case))), ("by", quoted(sketch.name(order)))]);
    let why = format!(
        "`{}` has {} values in {} rows: a log of states, of which the last by `{}` counts",
        profile.name,
        count(cases),
        count(profile.known()),
        sketch.name(order)
    );
    sketch.draft.lines.push(Line::new("last_state", value, why));
    if let Some(crate::tables::read::time::Format::Pattern(pattern)) =
        sketch.profile(order).format().filter(|_| sketch.profile(order).holds() == Holds::Moments)
    {
        sketch.draft.lines.push(Line::new("time_format", quoted(&pattern), ""));
    }
    sketch.used.insert(order);
    true
}

/// A yes or no, or a count above zero.
fn counted(sketch: &mut Sketch<'_>, to: &mut TableDraft, canonical: &str, role: Role) {
    let Some(column) = sketch.find(role, Wants::Category).filter(|c| !sketch.used.contains(c)) else {
        return;
    };
    let profile = sketch.profile(column);
    if profile.is_whole() && profile.numbers().min >= 0.0 && profile.decimal() != Mark::Comma {
        let expr = format!("{} > 0", name_in_expr(sketch.name(column)));
        sketch.put_expr(
            to,
            canonical,
            &expr,
            format!("`{}` counts: {}", sketch.name(column), profile.shown()),
        );
        sketch.used.insert(column);
    } else if profile.holds() == Holds::Words {
        sketch.put(to, canonical, column, "");
    }
}

/// Handle time in seconds, by the unit in its name.
fn handle_time(sketch: &mut Sketch<'_>, to: &mut TableDraft) {
    let Some(column) = sketch.find(Role::HandleTime, Wants::Number) else { return };
    let words = crate::project::init::header::header(sketch.name(column)).words;
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let factor = if has(&["s", "sec", "secs", "seconds"]) {
        1
    } else if has(&["min", "mins", "minutes", "m"]) {
        60
    } else {
        return;
    };
    if factor == 1 {
        sketch.put(to, "handle_s", column, "");
    } else {
        let value = inline(&[("column", quoted(sketch.name(column))), ("factor", factor.to_string())]);
        to.lines.push(Line::new("handle_s", value, "minutes by its name"));
        sketch.used.insert(column);
    }
}
