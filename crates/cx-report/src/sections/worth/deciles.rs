//! Customers in tenths by value, and who is more frequent in each.

use crate::document::{Bar, Block, Chart, ChartData, Table, Tone};
use crate::inputs::worth::Decile;
use crate::numbers::{Kind, count, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::{Editor, words};
use crate::sections::figures::capital;
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let deciles = &editor.inputs.worth.deciles;
    if deciles.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading { text: editor.say.deciles_heading() },
        Block::Chart(Box::new(chart(editor, deciles))),
    ]
}

/// A tenth by its place: the first is the most valuable.
fn name(editor: &Editor<'_>, at: usize) -> String {
    if at == 0 { editor.say.deciles_first() } else { (at + 1).to_string() }
}

fn chart(editor: &Editor<'_>, deciles: &[Decile]) -> Chart {
    let say = &editor.say;
    let half = deciles.len() / 2;
    let rest: f64 = deciles[deciles.len() - half..].iter().map(|decile| decile.share).sum();
    let customers: f64 = deciles.iter().map(|decile| decile.customers).sum();
    let bars = deciles
        .iter()
        .enumerate()
        .map(|(at, decile)| Bar {
            label: (at + 1).to_string(),
            n: decile.customers.round() as u64,
            share: decile.share,
            text: percent(decile.share),
            tone: Tone::Neutral,
        })
        .collect();
    Chart {
        id: "deciles".to_owned(),
        title: say.deciles_title(),
        summary: say.deciles_summary(&percent(deciles[0].share), &percent(rest)),
        note: say.deciles_note(
            &count(customers.round() as u64),
            &capital(&editor.assumptions()),
            &editor.freshness(),
        ),
        table: table(editor, deciles),
        data: ChartData::Distribution { bars },
    }
}

fn table(editor: &Editor<'_>, deciles: &[Decile]) -> Table {
    let say = &editor.say;
    let rows = deciles
        .iter()
        .enumerate()
        .map(|(at, decile)| {
            let marked = decile.marked.iter().map(|(dimension, group, here, base)| {
                say.deciles_lift(&words(dimension), group, &percent(*here), &percent(*base))
            });
            vec![
                text(name(editor, at)),
                text(count(decile.customers.round() as u64)),
                figure(editor.bare(decile.value, Unit::Money, Kind::Level), ""),
                text(percent(decile.share)),
                text(editor.list(marked)),
            ]
        })
        .collect();
    Table {
        id: "deciles-table".to_owned(),
        title: say.deciles_table(),
        columns: vec![
            text_column(say.deciles_tenth()),
            number_column(say.deciles_customers()),
            number_column(say.deciles_value()),
            number_column(say.deciles_share()),
            text_column(say.deciles_marked()),
        ],
        rows,
        note: String::new(),
        folded: false,
    }
}
