//! What changed: every latest change with its interval, and how much of it is mix.

use super::cells::{figure, number_column, text, text_column};
use super::editor::{Editor, Part, Place, words};
use super::figures::sentence;
use super::reading::{latest_change, moved, waits};
use crate::document::{Block, BridgeStep, Cell, Chart, ChartData, Refusal, Table};
use crate::numbers::{self, Kind, percent};
use cx_core::findings::{Card, Change, MixSplit};

/// Most bridges drawn.
const BRIDGES: usize = 4;
/// Most steps within groups on a bridge.
const STEPS: usize = 6;

pub(super) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let mut blocks = Vec::new();
    let (proven, others): (Vec<_>, Vec<_>) =
        latest(editor).into_iter().partition(|(_, change)| moved(change));
    if proven.is_empty() && !others.is_empty() {
        blocks.push(Block::Text { text: say.changes_none(others.len() as u64) });
    }
    if !proven.is_empty() {
        blocks.push(Block::Table(changes(editor, &proven, true)));
    }
    if !others.is_empty() {
        blocks.push(Block::Table(changes(editor, &others, false)));
    }
    let mut bridges = splits(editor);
    // Two metrics over the same answers tell one story.
    let mut told = Vec::new();
    bridges.retain(|one| {
        let story = (&one.parts.dimension, one.parts.before.to_bits(), one.parts.after.to_bits());
        let new = !told.contains(&story);
        told.push(story);
        new
    });
    if !bridges.is_empty() {
        blocks.push(Block::Text { text: say.changes_text() });
        blocks.extend(bridges.iter().take(BRIDGES).map(|one| Block::Chart(Box::new(bridge(editor, one)))));
    }
    let refusals = refusals(editor);
    if !refusals.is_empty() {
        blocks.push(Block::Refusals { refusals });
    }
    if blocks.is_empty() {
        return None;
    }
    Some(Part {
        id: "changes",
        place: Place::Body,
        title: say.changes_title(),
        question: say.changes_question(),
        blocks,
    })
}

/// Every metric's latest change.
fn latest<'a>(editor: &Editor<'a>) -> Vec<(&'a Card, &'a Change)> {
    let cards = editor.inputs.cards.iter().filter(|card| !waits(card));
    // Why a change is not given stands beside the figure it would belong to.
    cards
        .filter_map(|card| Some((card, latest_change(card)?)))
        .filter(|(_, change)| change.difference.value.is_some())
        .collect()
}

/// Changes as a table: those that are more than chance, or the others.
fn changes(editor: &Editor<'_>, list: &[(&Card, &Change)], proven: bool) -> Table {
    let say = &editor.say;
    let rows = list
        .iter()
        .map(|(card, change)| {
            vec![
                text(card.metric.name.clone()),
                text(editor.period(&change.before)),
                text(editor.period(&change.after)),
                figure(editor.difference(&change.difference), &change.id),
                text(conclusion(editor, change)),
            ]
        })
        .collect();
    let id = if proven { "changes-table" } else { "changes-others-table" };
    Table {
        id: id.to_owned(),
        title: if proven { say.changes_table() } else { say.changes_others(list.len() as u64) },
        columns: vec![
            text_column(say.column_metric()),
            text_column(say.column_before()),
            text_column(say.column_after()),
            number_column(say.column_difference()),
            text_column(say.column_conclusion()),
        ],
        rows,
        note: say.changes_table_note(),
        folded: !proven,
    }
}

fn conclusion(editor: &Editor<'_>, change: &Change) -> String {
    match change.difference.value {
        None => String::new(),
        Some(x) if moved(change) && x > 0.0 => editor.say.conclusion_rose(),
        Some(_) if moved(change) => editor.say.conclusion_fell(),
        Some(_) => editor.say.conclusion_none(),
    }
}

/// A change with one of its splits.
struct Split<'a> {
    card: &'a Card,
    change: &'a Change,
    parts: &'a MixSplit,
}

/// The split of a metric's latest change in which mix did most.
pub(super) fn largest_split<'a>(editor: &Editor<'a>, card: &Card) -> Option<&'a MixSplit> {
    splits(editor).into_iter().find(|s| s.card.metric.key == card.metric.key).map(|s| s.parts)
}

/// Per metric the split in which mix did most, proven changes first.
fn splits<'a>(editor: &Editor<'a>) -> Vec<Split<'a>> {
    let inputs = editor.inputs;
    let mut found: Vec<Split<'a>> = Vec::new();
    for card in inputs.cards.iter().chain(inputs.cuts.iter().flat_map(|cut| &cut.cards)) {
        let Some(change) = latest_change(card) else { continue };
        for split in &change.splits {
            match found.iter_mut().find(|other| other.card.metric.key == card.metric.key) {
                None => found.push(Split { card, change, parts: split }),
                Some(other) if split.mix.abs() > other.parts.mix.abs() => {
                    *other = Split { card, change, parts: split };
                }
                Some(_) => {}
            }
        }
    }
    // A difference in units of another metric says nothing; shares of the change do.
    let share =
        |s: &Split<'_>| s.parts.mix.abs() / (s.parts.mix.abs() + s.parts.within.abs()).max(f64::MIN_POSITIVE);
    found.sort_by(|a, b| moved(b.change).cmp(&moved(a.change)).then(share(b).total_cmp(&share(a))));
    found
}

fn bridge(editor: &Editor<'_>, one: &Split<'_>) -> Chart {
    let say = &editor.say;
    let Split { card, change, parts: split } = one;
    let unit = card.metric.unit;
    let dimension = words(&split.dimension);
    let (before, after) = (editor.period(&change.before), editor.period(&change.after));
    let scale = numbers::seconds(unit);
    let step = |label: String, value: f64, level: bool| BridgeStep {
        label,
        value: value * scale,
        text: editor.bare(value, unit, if level { Kind::Level } else { Kind::Difference }).text,
        level,
        range: None,
    };
    let mut parts: Vec<_> = split.parts.iter().collect();
    parts.sort_by(|a, b| b.within.abs().total_cmp(&a.within.abs()));
    let mut steps = vec![step(before.clone(), split.before, true)];
    for part in parts.iter().take(STEPS) {
        steps.push(step(editor.group(&split.dimension, &part.value), part.within, false));
    }
    if parts.len() > STEPS {
        let rest = parts[STEPS..].iter().map(|part| part.within).sum();
        steps.push(step(say.changes_other_groups(), rest, false));
    }
    steps.push(step(say.changes_mix(), split.mix, false));
    steps.push(step(after.clone(), split.after, true));
    let id = format!("bridge-{}", card.metric.key);
    Chart {
        title: say.changes_bridge(&card.metric.name, &dimension),
        summary: format!("{} {}", editor.change_sentence(card, change), editor.split_sentence(split, unit)),
        note: say.changes_bridge_note(&editor.freshness()),
        table: Table {
            id: format!("{id}-table"),
            title: say.changes_bridge_table(&card.metric.name, &dimension),
            columns: vec![
                text_column(say.column_group()),
                number_column(say.column_weight_before()),
                number_column(say.column_weight_after()),
                number_column(say.column_before()),
                number_column(say.column_after()),
                number_column(say.column_within()),
                number_column(say.column_mix()),
            ],
            rows: rows(editor, one),
            note: String::new(),
            folded: false,
        },
        data: ChartData::Bridge { steps, format: numbers::format(unit) },
        id,
    }
}

fn rows(editor: &Editor<'_>, one: &Split<'_>) -> Vec<Vec<Cell>> {
    let Split { card, parts: split, .. } = one;
    let unit = card.metric.unit;
    let share = |x: f64| text(percent(x));
    let level =
        |x: Option<f64>| x.map_or_else(|| text("–"), |x| figure(editor.bare(x, unit, Kind::Level), ""));
    let part = |x: f64| figure(editor.bare(x, unit, Kind::Difference), "");
    let mut rows: Vec<Vec<Cell>> = split
        .parts
        .iter()
        .map(|p| {
            vec![
                text(editor.group(&split.dimension, &p.value)),
                share(p.weight.0),
                share(p.weight.1),
                level(p.score.0),
                level(p.score.1),
                part(p.within),
                part(p.mix),
            ]
        })
        .collect();
    rows.push(vec![
        text(editor.say.population_all()),
        share(1.0),
        share(1.0),
        figure(editor.bare(split.before, unit, Kind::Level), ""),
        figure(editor.bare(split.after, unit, Kind::Level), ""),
        part(split.within),
        part(split.mix),
    ]);
    rows
}

/// Comparisons that must not be made.
fn refusals(editor: &Editor<'_>) -> Vec<Refusal> {
    editor
        .inputs
        .cards
        .iter()
        .flat_map(|card| card.refused.iter().map(move |refused| (card, refused)))
        .map(|(card, refused)| Refusal {
            question: editor.say.comparison_refused(&card.metric.name),
            reason: sentence(&refused.reason),
            lift: sentence(&refused.lift),
        })
        .collect()
}
