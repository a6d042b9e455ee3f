//! The method annex: every metric with formula, interval, source and edge cases.

use super::cells::{text, text_column};
use super::editor::{Editor, Part, Place};
use super::reading::waits;
use crate::document::{Block, Table};
use cx_core::findings::Card;

pub(super) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let cards: Vec<&Card> = editor.inputs.cards.iter().filter(|card| !waits(card)).collect();
    if cards.is_empty() {
        return None;
    }
    let table = Table {
        id: "metrics".to_owned(),
        title: say.annex_metrics(),
        columns: vec![
            text_column(say.column_metric()),
            text_column(say.column_name()),
            text_column(say.column_formula()),
            text_column(say.column_interval_method()),
            text_column(say.column_edges()),
            text_column(say.column_source()),
        ],
        rows: cards
            .iter()
            .map(|card| {
                let metric = &card.metric;
                vec![
                    text(metric.key.clone()),
                    text(metric.name.clone()),
                    text(metric.formula.clone()),
                    text(editor.interval_method(card)),
                    text(metric.edges.clone()),
                    text(metric.source.clone()),
                ]
            })
            .collect(),
        note: String::new(),
    };
    Some(Part {
        id: "method",
        place: Place::Annex,
        title: say.annex_title(),
        question: say.annex_question(),
        blocks: vec![Block::Text { text: say.annex_text(&editor.level()) }, Block::Table(table)],
    })
}

impl Editor<'_> {
    /// How the intervals of a card were made.
    fn interval_method(&self, card: &Card) -> String {
        std::iter::once(&card.overall)
            .chain(&card.levels)
            .find_map(|level| level.estimate.interval)
            .map_or_else(|| self.say.annex_no_interval(), |interval| self.method(interval.method))
    }
}
