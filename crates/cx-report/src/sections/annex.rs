//! The method annex: every metric with formula, interval, source and edge cases.

use super::cells::{text, text_column};
use super::editor::{Editor, Part, Place};
use super::figures::sentence;
use super::reading::waits;
use crate::document::{Block, Cell, Table};
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
            text_column(say.column_formula()),
            text_column(say.column_remarks()),
        ],
        rows: cards.iter().map(|card| row(editor, card)).collect(),
        note: String::new(),
        folded: true,
    };
    Some(Part {
        id: "method",
        place: Place::Annex,
        title: say.annex_title(),
        question: say.annex_question(),
        blocks: vec![Block::Text { text: say.annex_text(&editor.level()) }, Block::Table(table)],
    })
}

/// Three columns, since more of them leave no room to read any.
fn row(editor: &Editor<'_>, card: &Card) -> Vec<Cell> {
    let metric = &card.metric;
    let interval = editor.say.annex_interval(editor.interval_method(card).trim_end_matches('.'));
    let source = if metric.source.is_empty() {
        String::new()
    } else {
        editor.say.annex_source(metric.source.trim_end_matches('.'))
    };
    let remarks: Vec<String> =
        [sentence(&metric.edges), interval, source].into_iter().filter(|part| !part.is_empty()).collect();
    vec![
        text(editor.say.annex_name(&metric.name, &metric.key)),
        text(metric.formula.clone()),
        text(remarks.join(" ")),
    ]
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
