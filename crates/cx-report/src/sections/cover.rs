//! The cover strip: can the inputs be trusted?

use super::editor::{Editor, Part, Place};
use super::names::is_fault;
use super::reading::given;
use crate::document::{Block, Fact, Tone};
use crate::numbers::{count, percent};

pub(super) fn part(editor: &Editor<'_>) -> Part {
    let (say, inputs) = (&editor.say, editor.inputs);
    let read: u64 = inputs.tables.iter().map(|t| t.read).sum();
    let aside: u64 = inputs
        .tables
        .iter()
        .flat_map(|t| &t.outcomes)
        .filter(|(outcome, _)| is_fault(outcome))
        .map(|(_, rows)| rows)
        .sum();
    let fact = |label: String, value: String, tone: Tone| Fact { label, value, tone };
    let mut facts = Vec::new();
    if read > 0 {
        facts.push(fact(say.cover_rows(), count(read), Tone::Neutral));
        let share = percent(aside as f64 / read as f64);
        let tone = if aside > 0 { Tone::Warning } else { Tone::Good };
        facts.push(fact(say.cover_aside(), say.cover_aside_value(aside, &share), tone));
    }
    let faults = inputs.issues.len() as u64;
    let tone = if faults > 0 { Tone::Warning } else { Tone::Good };
    facts.push(fact(say.cover_faults(), count(faults), tone));
    let shown = inputs.cards.iter().filter(|card| given(card)).count() as u64;
    let asked = inputs.cards.len() as u64;
    facts.push(fact(say.cover_metrics(), say.cover_metrics_value(shown, asked), Tone::Neutral));
    if !inputs.files.is_empty() {
        facts.push(fact(say.cover_files(), count(inputs.files.len() as u64), Tone::Neutral));
    }
    facts.push(fact(say.cover_intervals(), say.cover_intervals_value(&editor.level()), Tone::Neutral));
    Part {
        id: "cover",
        place: Place::Cover,
        title: say.cover_title(),
        question: String::new(),
        blocks: vec![Block::Facts { facts }],
    }
}
