//! The answer: what initiatives are worth, then at most five findings, the ones a reader must not miss.

use super::changes::largest_split;
use super::editor::{Editor, Part, Place};
use super::initiatives;
use super::reading::{change_tone, given, latest_change, moved, verdict_tone};
use crate::document::{Block, Sentence, Tone};
use cx_core::findings::{Card, Verdict};
use cx_core::studies::metrics::declaration::Category;

/// Most findings on the first page.
const MOST: usize = 5;

pub(super) fn part(editor: &Editor<'_>) -> Part {
    let say = &editor.say;
    let mut cards: Vec<&Card> =
        editor.inputs.cards.iter().filter(|card| given(card) && !card.metric.internal).collect();
    // How well is measured is no finding about customers, unless somebody planned a value.
    cards.retain(|card| card.metric.category != Some(Category::MeasurementQuality) || card.target.is_some());
    // Cards of one rank keep the profile's order.
    cards.sort_by_key(|card| rank(card));
    // Metrics of one category say much the same: without a target, one of them is enough.
    let mut told = Vec::new();
    cards.retain(|card| {
        let first = !told.contains(&card.metric.category);
        told.push(card.metric.category);
        first || card.target.is_some()
    });
    let findings: Vec<Sentence> = cards.iter().take(MOST).map(|card| finding(editor, card)).collect();
    let block = if findings.is_empty() {
        Block::Text { text: say.answer_nothing() }
    } else {
        Block::Findings { findings }
    };
    Part {
        id: "answer",
        place: Place::Body,
        title: say.answer_title(),
        question: say.answer_question(),
        blocks: initiatives::answer(editor).into_iter().chain([block]).collect(),
    }
}

/// Bad news first, then proven good news, then what has a plan, then the rest.
fn rank(card: &Card) -> u8 {
    let verdict = card.target.as_ref().map(|check| check.verdict);
    let change = latest_change(card);
    let tone = change.map_or(Tone::Neutral, |c| change_tone(card, c));
    match (verdict, tone) {
        (Some(Verdict::Misses), _) => 0,
        (_, Tone::Bad) => 1,
        (Some(Verdict::Meets), _) => 2,
        (_, Tone::Good) => 3,
        (Some(Verdict::CannotBeTold), _) => 4,
        _ if change.is_some_and(moved) => 5,
        _ => 6,
    }
}

fn finding(editor: &Editor<'_>, card: &Card) -> Sentence {
    let mut text = editor.level_sentence(card);
    let mut tone = card.target.as_ref().map_or(Tone::Neutral, |check| verdict_tone(check.verdict));
    if let Some(change) = latest_change(card).filter(|change| change.difference.value.is_some()) {
        text.push(' ');
        // A change into another period than the figure's own has to name both.
        let same = change.after.label == card.overall.period.label;
        text.push_str(&if same { editor.change_of_it(change) } else { editor.change_sentence(card, change) });
        if let Some(split) = largest_split(editor, card).filter(|_| moved(change)) {
            text.push(' ');
            text.push_str(&editor.split_sentence(split, card.metric.unit));
        }
        if tone == Tone::Neutral {
            tone = change_tone(card, change);
        }
    }
    Sentence { finding: card.overall.id.clone(), text, tone }
}
