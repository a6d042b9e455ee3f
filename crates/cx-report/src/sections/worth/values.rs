//! Values of a customer and of the base: tiles, the three conventions, and referrals apart.

use super::words::direction;
use crate::document::{Block, Table, Tile};
use crate::inputs::worth::{Value, ValueKind};
use crate::sections::axis;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::reading::way;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let worth = &editor.inputs.worth;
    let say = &editor.say;
    if worth.values.is_empty() {
        return Vec::new();
    }
    let (referral, own): (Vec<&Value>, Vec<&Value>) =
        worth.values.iter().partition(|value| value.kind == ValueKind::Referral);
    let (conventions, tiles): (Vec<&Value>, Vec<&Value>) =
        own.into_iter().partition(|v| is_convention(v.kind));
    let mut blocks = vec![
        Block::Heading { text: say.values_heading() },
        Block::Text { text: say.values_text(&editor.terms(&worth.terms)) },
    ];
    if !tiles.is_empty() {
        blocks.push(Block::Tiles { tiles: tiles.iter().map(|value| tile(editor, value)).collect() });
    }
    for (id, title, note, values) in [
        ("clv-conventions", say.values_conventions(), say.values_conventions_note(), conventions),
        ("referral-ledger", say.values_referral(), say.values_referral_note(), referral),
    ] {
        if !values.is_empty() {
            blocks.push(Block::Table(table(editor, id, title, note, &values)));
        }
    }
    blocks
}

const fn is_convention(kind: ValueKind) -> bool {
    matches!(kind, ValueKind::ClvImmediate | ValueKind::ClvEndCertain | ValueKind::ClvEndConditional)
}

fn tile(editor: &Editor<'_>, value: &Value) -> Tile {
    let figure = editor.figure(&value.found.estimate);
    Tile {
        finding: value.found.id.clone(),
        metric: value.found.metric.clone(),
        name: editor.value_name(value.kind),
        axis: axis::ends(&figure, value.found.estimate.unit, None, None),
        figure,
        direction: way(direction(value.kind)),
        target: None,
        change: None,
    }
}

fn table(editor: &Editor<'_>, id: &str, title: String, note: String, values: &[&Value]) -> Table {
    let say = &editor.say;
    let rows = values
        .iter()
        .map(|value| {
            let own = editor.figure(&value.found.estimate);
            let n = text(own.n.clone());
            vec![text(editor.value_name(value.kind)), figure(own, &value.found.id), n]
        })
        .collect();
    Table {
        id: id.to_owned(),
        title,
        columns: vec![
            text_column(say.column_metric()),
            number_column(say.column_value()),
            number_column(say.column_n()),
        ],
        rows,
        note,
        folded: false,
    }
}
