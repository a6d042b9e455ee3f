//! The scorecard: one tile per metric, by category, against its target.

use super::axis::ends;
use super::cells::{figure, number_column, text, text_column};
use super::editor::{Editor, Part, Place};
use super::reading::{change_tone, given, latest_change, moved, verdict_tone, waits, way};
use crate::document::{Block, Change, Table, Target, Tile};
use cx_core::findings::{Card, Verdict};
use cx_core::studies::metrics::declaration::Category;

pub(super) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let shown: Vec<&Card> = editor.inputs.cards.iter().filter(|c| !c.metric.internal && !waits(c)).collect();
    let mut blocks = Vec::new();
    if editor.inputs.widened {
        blocks.push(Block::Text { text: say.scorecard_widened() });
    }
    for category in categories() {
        let tiles: Vec<Tile> = shown
            .iter()
            .filter(|card| card.metric.category == category && given(card))
            .map(|card| tile(editor, card))
            .collect();
        if !tiles.is_empty() {
            blocks.push(Block::Heading { text: editor.category(category) });
            blocks.push(Block::Tiles { tiles });
        }
    }
    let absent: Vec<Tile> = shown.iter().filter(|c| !given(c)).map(|card| tile(editor, card)).collect();
    if !absent.is_empty() {
        blocks.push(Block::Heading { text: say.scorecard_absent() });
        blocks.push(Block::Tiles { tiles: absent });
    }
    blocks.extend(internal(editor));
    if blocks.is_empty() {
        return None;
    }
    Some(Part {
        id: "scorecard",
        place: Place::Body,
        title: say.scorecard_title(),
        question: say.scorecard_question(),
        blocks,
    })
}

/// Categories in the catalogue's order, the company's own metrics last.
pub(super) fn categories() -> impl Iterator<Item = Option<Category>> {
    Category::ALL.into_iter().map(Some).chain([None])
}

fn tile(editor: &Editor<'_>, card: &Card) -> Tile {
    let figure = editor.figure(&card.overall.estimate);
    let unit = card.metric.unit;
    let target = card.target.as_ref().map(|check| {
        let mark = editor.mark(check.target, unit);
        Target {
            value: mark.value,
            text: mark.text,
            verdict: verdict(editor, check.verdict),
            tone: verdict_tone(check.verdict),
        }
    });
    Tile {
        finding: card.overall.id.clone(),
        metric: card.metric.key.clone(),
        name: card.metric.name.clone(),
        axis: ends(
            &figure,
            unit,
            editor.inputs.scales.get(&card.metric.identity.scale).copied(),
            target.as_ref().map(|t| t.value),
        ),
        figure,
        direction: way(card.metric.direction),
        target,
        change: latest_change(card).map(|change| Change {
            against: editor.say.change_against(&editor.period(&change.before)),
            figure: editor.difference(&change.difference),
            significant: moved(change),
            tone: change_tone(card, change),
        }),
    }
}

/// A verdict in words.
pub(super) fn verdict(editor: &Editor<'_>, verdict: Verdict) -> String {
    match verdict {
        Verdict::Meets => editor.say.verdict_meets(),
        Verdict::Misses => editor.say.verdict_misses(),
        Verdict::CannotBeTold => editor.say.verdict_cannot_be_told(),
    }
}

/// Inputs of cost and drivers, which judge no experience, stand apart.
fn internal(editor: &Editor<'_>) -> Option<Block> {
    let say = &editor.say;
    let rows: Vec<_> = editor
        .inputs
        .cards
        .iter()
        .filter(|card| card.metric.internal && !waits(card))
        .map(|card| {
            let own = editor.figure(&card.overall.estimate);
            let n = text(own.n.clone());
            vec![text(card.metric.name.clone()), figure(own, &card.overall.id), n]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    Some(Block::Table(Table {
        id: "internal".to_owned(),
        title: say.scorecard_internal(),
        columns: vec![
            text_column(say.column_metric()),
            number_column(say.column_value()),
            number_column(say.column_n()),
        ],
        rows,
        note: say.scorecard_internal_note(),
        folded: false,
    }))
}
