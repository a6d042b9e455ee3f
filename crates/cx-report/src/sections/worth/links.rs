//! What a better score goes with: one sentence a difference, in words that its grade allows.

use super::bands::{clear, over, told};
use crate::document::{Block, Sentence, Tone};
use crate::inputs::worth::{Contrast, Linkage, OutcomeLink};
use crate::numbers::{Kind, percent};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, sentence as sentenced, tone_of};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::{Direction, Unit};

/// Outcomes of which less is better, by their id.
const BURDENS: [&str; 3] = ["contacts", "cost_to_serve", "complaints"];

/// A difference with what it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link<'a> {
    linkage: &'a Linkage,
    outcome: &'a OutcomeLink,
    pub(super) contrast: &'a Contrast,
}

impl Link<'_> {
    /// The difference's own grade, or that of the whole study.
    fn grade(&self) -> Grade {
        self.contrast.adjusted.grade.unwrap_or(self.linkage.grade)
    }
}

/// Every difference in the order of outcomes.
pub(super) fn links<'a>(editor: &Editor<'a>) -> Vec<Link<'a>> {
    let Some(linkage) = &editor.inputs.worth.linkage else { return Vec::new() };
    linkage
        .outcomes
        .iter()
        .flat_map(|outcome| outcome.contrasts.iter().map(move |contrast| Link { linkage, outcome, contrast }))
        .collect()
}

/// Where neighbours and ends of the scale are all compared, what cannot be told
/// is said of the ends alone: the table has the rest.
fn worth_saying(link: &Link<'_>) -> bool {
    let all = &link.outcome.contrasts;
    let ends = all.last().is_some_and(|last| last.adjusted.id == link.contrast.adjusted.id);
    all.len() < 3 || ends || told(link.contrast)
}

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let links: Vec<Link<'_>> = links(editor).into_iter().filter(worth_saying).collect();
    if links.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading { text: editor.say.links_heading() },
        Block::Findings { findings: links.iter().map(|link| finding(editor, link)).collect() },
    ]
}

/// A difference in one sentence, followed by what could explain it and how sure it is.
pub(super) fn finding(editor: &Editor<'_>, link: &Link<'_>) -> Sentence {
    let estimate = &link.contrast.adjusted.estimate;
    let direction =
        if BURDENS.contains(&link.outcome.id.as_str()) { Direction::Lower } else { Direction::Higher };
    let tone = match estimate.value {
        Some(x) if told(link.contrast) => tone_of(direction, x),
        _ => Tone::Neutral,
    };
    Sentence { finding: link.contrast.adjusted.id.clone(), text: sentence(editor, link), tone }
}

fn sentence(editor: &Editor<'_>, link: &Link<'_>) -> String {
    let say = &editor.say;
    let Link { linkage, outcome, contrast } = link;
    let share = if contrast.adjusted.estimate.unit == Unit::Share { "yes" } else { "no" };
    let what =
        say.outcome_phrase(share, &outcome.verb, &lower(&outcome.name), &over(editor, linkage, outcome));
    let pair = say.link_pair(&contrast.upper, &contrast.lower, &editor.score(&linkage.score));
    let grade = link.grade();
    let estimate = &contrast.adjusted.estimate;
    let signed = editor.difference(estimate);
    if let Some(why) = &signed.absent {
        return say.link_absent(&what, &pair, why);
    }
    let raw = editor.difference(&contrast.raw);
    let raw = raw.absent.unwrap_or(raw.text);
    let mut parts = Vec::new();
    if clear(estimate) {
        // The size with the direction in words, in the verb that the grade allows.
        let size = editor.size(estimate);
        let more = if estimate.value.is_some_and(|x| x > 0.0) { "yes" } else { "no" };
        let difference = say.link_difference(&what, more, &size.text, &size.interval);
        let subject = capital(&pair);
        parts.push(match grade {
            Grade::R | Grade::Q => say.link_caused(&subject, &difference),
            Grade::W | Grade::A => say.link_goes(&subject, &difference, &raw),
            Grade::T => say.link_moved(&subject, &difference),
            Grade::C => say.link_claimed(&subject, &difference),
        });
        parts.extend(doubts(editor, link));
    } else {
        let seen = contrast.detectable.map_or_else(
            || say.link_unseen(),
            |least| say.link_seen(&editor.bare(least, estimate.unit, Kind::Size).text),
        );
        let bands = say.link_bands(&contrast.upper, &contrast.lower, &editor.score(&linkage.score));
        parts.push(say.link_nothing(&what, &bands, &signed.text, &signed.interval, &raw, &seen));
    }
    if let Some(chance) = contrast.chance {
        parts.push(say.link_chance(&editor.chance(chance), &percent(chance)));
    }
    parts.push(sentenced(&say.link_grade(&editor.grade(grade))));
    parts.join(" ")
}

/// What could explain a difference away, where no design rules it out.
fn doubts(editor: &Editor<'_>, link: &Link<'_>) -> Vec<String> {
    let say = &editor.say;
    let mut out = Vec::new();
    if matches!(link.grade(), Grade::R | Grade::Q) {
        return out;
    }
    if let Some(hidden) = &link.contrast.hidden {
        let needed = hidden.robustness.map_or_else(String::new, |x| say.link_needed(&percent(x)));
        out.push(if hidden.withstands {
            say.link_withstands(&hidden.benchmark, &needed)
        } else {
            say.link_fails(&hidden.benchmark, &needed)
        });
    }
    if link.contrast.before {
        out.push(say.link_before());
    }
    out
}

/// A name as it stands inside a sentence: a capital goes, unless the word is written in capitals.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}
