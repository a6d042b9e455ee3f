//! Customer equity and revenue, step by step, with what is not known of each step.

use crate::document::{Block, BridgeStep, Cell, Chart, ChartData, Figure, StepRange, Table};
use crate::inputs::worth::Step;
use crate::numbers;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::ground::estimate::Method;
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let worth = &editor.inputs.worth;
    let say = &editor.say;
    let mut blocks = Vec::new();
    // A level alone is no bridge; it stands among the values.
    if worth.equity.len() > 1 {
        let (first, last) = ends(editor, &worth.equity);
        let summary = match (first, last) {
            (Some(before), Some(after)) => {
                say.equity_summary(&after.text, &editor.bracketed(&after), &before.text)
            }
            (None, Some(after)) => say.equity_summary_short(&after.text, &editor.bracketed(&after)),
            _ => String::new(),
        };
        let note = say.equity_note(&capital(&editor.assumptions()), &editor.freshness());
        blocks.push(Block::Heading { text: say.equity_heading() });
        blocks.push(chart(
            editor,
            "equity",
            [say.equity_title(), summary, note, say.equity_table()],
            &worth.equity,
        ));
    }
    if worth.growth.len() > 1 {
        let summary = match ends(editor, &worth.growth) {
            (Some(before), Some(after)) => {
                say.growth_summary(&after.text, &editor.bracketed(&after), &before.text)
            }
            _ => say.growth_summary_short(),
        };
        let note = say.growth_note(&editor.freshness());
        blocks.push(Block::Heading { text: say.growth_heading() });
        blocks.push(chart(
            editor,
            "growth",
            [say.growth_title(), summary, note, say.growth_table()],
            &worth.growth,
        ));
    }
    blocks
}

/// The first and the last level with a figure; none where there is one level only.
fn ends(editor: &Editor<'_>, steps: &[Step]) -> (Option<Figure>, Option<Figure>) {
    let levels: Vec<&Step> = steps.iter().filter(|s| s.total && s.amount.value.is_some()).collect();
    match levels[..] {
        [] => (None, None),
        [only] => (None, Some(shown(editor, only))),
        [first, .., last] => (Some(shown(editor, first)), Some(shown(editor, last))),
    }
}

/// A level or a signed difference; bounds are called by their name.
fn shown(editor: &Editor<'_>, step: &Step) -> Figure {
    let estimate = &step.amount;
    let mut own = if step.total { editor.figure(estimate) } else { editor.difference(estimate) };
    if is_bounds(step) && !own.interval.is_empty() {
        own.interval = editor.say.range_bounds(&own.interval);
    }
    own
}

/// True where the limits hold whatever the unknown part is.
fn is_bounds(step: &Step) -> bool {
    step.amount.interval.is_some_and(|interval| interval.method == Method::WorstCaseBounds)
}

fn drawn(editor: &Editor<'_>, step: &Step) -> Option<BridgeStep> {
    let own = shown(editor, step);
    Some(BridgeStep {
        label: capital(&step.name),
        value: own.value?,
        text: own.text.clone(),
        level: step.total,
        range: (own.low.is_some() || own.high.is_some()).then(|| StepRange {
            low: own.low,
            high: own.high,
            text: own.interval.clone(),
            bounds: is_bounds(step),
        }),
    })
}

fn chart(editor: &Editor<'_>, id: &str, [title, summary, note, table]: [String; 4], steps: &[Step]) -> Block {
    let unit = steps.first().map_or(Unit::Money, |step| step.amount.unit);
    Block::Chart(Box::new(Chart {
        id: id.to_owned(),
        title,
        summary,
        note,
        table: rows(editor, id, table, steps),
        data: ChartData::Bridge {
            steps: steps.iter().filter_map(|step| drawn(editor, step)).collect(),
            format: numbers::format(unit),
        },
    }))
}

fn rows(editor: &Editor<'_>, id: &str, title: String, steps: &[Step]) -> Table {
    let say = &editor.say;
    let row = |step: &Step| -> Vec<Cell> {
        let own = shown(editor, step);
        let n = text(own.n.clone());
        vec![text(capital(&step.name)), figure(own, ""), n]
    };
    Table {
        id: format!("{id}-table"),
        title,
        columns: vec![
            text_column(say.step_column()),
            number_column(say.column_value()),
            number_column(say.column_n()),
        ],
        rows: steps.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}
