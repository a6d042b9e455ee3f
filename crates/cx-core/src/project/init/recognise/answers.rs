//! Columns that hold answers: questions by name and scale, the rest of a grid as items.

use super::sketch::{Sketch, count};
use crate::project::init::draft::{AnswerDraft, TableDraft};
use crate::project::init::header::header;
use crate::project::init::profile::{Holds, Mark, Profile};
use crate::project::init::question::{Accepts, Question};
use crate::project::init::scales::{Chosen, Decision, decide};
use crate::project::init::words::Role;
use std::collections::BTreeMap;

/// Fewest columns of one scale that make a grid by their values alone.
const GRID: usize = 3;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Also columns without a known question that share a scale.
    pub items: bool,
    /// A zero in scores that start at one means that none was given.
    pub zero_is_blank: bool,
}

/// Maps every answer column; gives what speaks for a survey.
pub(super) fn answers(
    sketch: &mut Sketch<'_>,
    to: &mut TableDraft,
    wanted: Wanted,
    _: &BTreeMap<String, String>,
) -> i32 {
    let grid = if wanted.items { grids(sketch) } else { Vec::new() };
    let in_grid = |column: usize| grid.iter().any(|g| g.len() >= GRID && g.contains(&column));
    let mut score = 0;
    let mut asked: BTreeMap<&'static str, (bool, usize, Role, usize)> = BTreeMap::new();
    for (column, seen) in sketch.shape.columns.iter().enumerate() {
        if sketch.used.contains(&column) || matches!(seen.profile.holds(), Holds::Nothing | Holds::Moments) {
            continue;
        }
        if let Some(own) = staff_question(to.table, &seen.profile.name) {
            asked.insert(own, (false, 0, Role::Engagement, column));
            continue;
        }
        let text = seen.label.as_deref().unwrap_or(&seen.profile.name);
        let sentence = header(text).is_sentence;
        let best = seen.roles.iter().filter_map(|(role, fit)| Some((fit, *role, role.question()?))).min();
        let Some((fit, role, question)) = best else { continue };
        // Part of a name among columns of one scale is an item of a grid, unless it reads like a question.
        if fit.partly
            && (!sentence || is_derived(&seen.profile))
            && (in_grid(column) || !could_be(&seen.profile, role))
        {
            continue;
        }
        let rank = (fit.partly, fit.order, role, column);
        asked.entry(question).and_modify(|known| *known = rank.min(*known)).or_insert(rank);
    }
    for (question, (_, _, role, column)) in asked {
        score += 3 * i32::from(ask(sketch, to, question, role, column, wanted));
    }
    for group in grid {
        let group: Vec<usize> = group.into_iter().filter(|c| !sketch.used.contains(c)).collect();
        score += items(sketch, to, &group, wanted);
    }
    score
}

/// Questions to employees that are known by their plain names.
fn staff_question(table: &str, column: &str) -> Option<&'static str> {
    const ASKED: [&str; 5] = ["job_satisfaction", "listened", "heard", "involved", "empowered"];
    let name = crate::project::sources::dimension_name(column);
    ASKED.into_iter().find(|q| table == "employee_responses" && *q == name)
}

/// Groups such as `NPS_GROUP` that a tool derives from the answer itself.
fn is_derived(profile: &Profile) -> bool {
    profile.name.to_lowercase().ends_with("_group")
}

/// True where a part of a name is enough, because the values look like answers to such a question.
fn could_be(profile: &Profile, role: Role) -> bool {
    !is_derived(profile) && !matches!(decide(&[profile], Some(role), false), Decision::No)
}

/// Columns of scores that share their greatest value and could be a grid.
fn grids(sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    let mut by: BTreeMap<(u64, bool), Vec<usize>> = BTreeMap::new();
    for (column, seen) in sketch.shape.columns.iter().enumerate() {
        let profile = &seen.profile;
        let never =
            seen.roles.get(&Role::NeverScore).is_some_and(|_| !seen.roles.contains_key(&Role::SubRating));
        let text = seen.label.as_deref().unwrap_or(&profile.name);
        if sketch.used.contains(&column)
            || profile.holds() != Holds::Numbers
            || (never && !header(text).is_sentence)
            || profile.values.as_ref().is_none_or(|v| v.len() > 21)
        {
            continue;
        }
        let n = profile.numbers();
        let halves = profile.numbers().broken > 0;
        if n.min >= 0.0
            && (3.0..=10.0).contains(&n.max)
            && profile.values.as_ref().is_some_and(|v| v.len() >= 3)
        {
            by.entry((n.max as u64, halves)).or_default().push(column);
        }
    }
    by.into_values().collect()
}

/// One question in one column.
fn ask(
    sketch: &mut Sketch<'_>,
    to: &mut TableDraft,
    question: &'static str,
    role: Role,
    column: usize,
    wanted: Wanted,
) -> bool {
    let profile = sketch.profile(column);
    let text = sketch.shape.columns[column].label.clone().unwrap_or_else(|| profile.name.clone());
    let looks = format!(
        "`{}` asks for `{question}` by its {}",
        profile.name,
        if text == profile.name { "name" } else { "text" }
    );
    match decide(&[profile], Some(role), wanted.zero_is_blank) {
        Decision::No => false,
        Decision::Is(chosen) => {
            declare(sketch, &chosen);
            let draft = draft(question, &[profile], false, &chosen, wanted, vec![looks, chosen.why.clone()]);
            to.answers.push(draft);
            sketch.used.insert(column);
            true
        }
        Decision::OneOf(choices, why) => {
            let mut open = Question::new(
                format!("source.{}.{question}.scale", sketch.shape.name),
                Accepts::Choice,
                format!("On which scale is `{}` of {} answered?", profile.name, sketch.shape.files[0]),
            )
            .why(why.clone());
            for (chosen, meaning) in &choices {
                declare(sketch, chosen);
                open = open.choice(&chosen.scale, meaning);
            }
            sketch.ask(open);
            let mut chosen = choices[0].0.clone();
            "??".clone_into(&mut chosen.scale);
            to.answers.push(draft(question, &[profile], false, &chosen, wanted, vec![looks, why]));
            sketch.used.insert(column);
            true
        }
    }
}

/// A grid: each column an item.
fn items(sketch: &mut Sketch<'_>, to: &mut TableDraft, group: &[usize], wanted: Wanted) -> i32 {
    // `score` alone does not say what was asked; `comfort score` does.
    let named =
        |c: &usize| sketch.shape.columns[*c].roles.get(&Role::SubRating).is_some_and(|fit| fit.partly);
    let is_grid = group.len() >= GRID || (!group.is_empty() && group.iter().all(named));
    if !is_grid {
        return 0;
    }
    let profiles: Vec<&Profile> = group.iter().map(|c| sketch.profile(*c)).collect();
    let (chosen, why) = match decide(&profiles, None, wanted.zero_is_blank) {
        Decision::No => return 0,
        Decision::Is(chosen) => {
            declare(sketch, &chosen);
            let why = chosen.why.clone();
            (chosen, why)
        }
        Decision::OneOf(choices, why) => {
            let mut open = Question::new(
                format!(
                    "source.{}.{}.scale",
                    sketch.shape.name,
                    if to.table == "employee_responses" { "engagement" } else { "attribute" }
                ),
                Accepts::Choice,
                format!("On which scale are the {} scores of {} given?", group.len(), sketch.shape.files[0]),
            )
            .why(why.clone());
            for (chosen, meaning) in &choices {
                declare(sketch, chosen);
                open = open.choice(&chosen.scale, meaning);
            }
            sketch.ask(open);
            (Chosen { scale: "??".to_owned(), ..choices[0].0.clone() }, why)
        }
    };
    let looks =
        format!("{} columns of scores on one scale: items of one question, each a touchpoint", group.len());
    let question = if to.table == "employee_responses" { "engagement" } else { "attribute" };
    to.answers.push(draft(question, &profiles, true, &chosen, wanted, vec![looks, why]));
    sketch.used.extend(group);
    if group.len() >= GRID { 3 } else { 1 }
}

fn declare(sketch: &mut Sketch<'_>, chosen: &Chosen) {
    if let Some(scale) = &chosen.declared
        && sketch.draft.scales.iter().all(|s| s.name != scale.name)
    {
        sketch.draft.scales.push(scale.clone());
    }
}

fn draft(
    question: &str,
    profiles: &[&Profile],
    items: bool,
    chosen: &Chosen,
    wanted: Wanted,
    mut why: Vec<String>,
) -> AnswerDraft {
    let mut blank: Vec<String> = Vec::new();
    if wanted.zero_is_blank && chosen.declared.is_none() && chosen.scale.starts_with("1-") {
        for text in profiles.iter().flat_map(|p| p.writings_of(0.0)) {
            if !blank.contains(&text) {
                blank.push(text);
            }
        }
        let zeros: u64 = profiles.iter().map(|p| p.count_of(0.0)).sum();
        if zeros > 0 {
            why.push(format!("{} zeros are read as not given", count(zeros)));
        }
    }
    AnswerDraft {
        question: question.to_owned(),
        columns: profiles.iter().map(|p| p.name.clone()).collect(),
        items,
        scale: chosen.scale.clone(),
        labels: chosen.labels.clone(),
        blank: {
            let words = chosen.blank.iter().filter(|w| !blank.contains(w)).cloned();
            let words: std::collections::BTreeSet<String> = words.collect();
            blank.into_iter().chain(words).collect()
        },
        decimal_comma: profiles.iter().any(|p| p.decimal() == Mark::Comma),
        why,
    }
}
