//! Values of a customer and of the base: tiles, the conventions of one value, and referrals apart.

use crate::document::{Block, Table, Tile, Way};
use crate::inputs::worth::{Ledger, Value};
use crate::sections::axis;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let worth = &editor.inputs.worth;
    let say = &editor.say;
    if worth.values.is_empty() {
        return Vec::new();
    }
    let of = |ledger: Ledger| worth.values.iter().filter(move |value| value.ledger == ledger);
    let mut blocks = vec![
        Block::Heading { text: say.values_heading() },
        Block::Text { text: say.values_rest(&editor.assumptions()) },
    ];
    let tiles: Vec<Tile> = of(Ledger::Own).map(|value| tile(editor, value)).collect();
    if !tiles.is_empty() {
        blocks.push(Block::Tiles { tiles });
    }
    for (id, title, note, ledger) in [
        ("value-parts", say.values_side(), String::new(), Ledger::Side),
        ("clv-conventions", say.values_conventions(), say.values_conventions_note(), Ledger::Convention),
        ("referral-ledger", say.values_referral(), say.values_referral_note(), Ledger::Referral),
    ] {
        let values: Vec<&Value> = of(ledger).collect();
        if !values.is_empty() {
            blocks.push(Block::Table(table(editor, id, title, note, &values)));
        }
    }
    blocks
}

fn tile(editor: &Editor<'_>, value: &Value) -> Tile {
    let fact = &value.fact;
    let figure = editor.figure(&fact.estimate);
    Tile {
        finding: fact.id.clone(),
        metric: fact.id.clone(),
        name: fact.name.clone(),
        axis: axis::ends(&figure, fact.estimate.unit, None, None),
        figure,
        direction: Way::None,
        target: None,
        change: None,
    }
}

fn table(editor: &Editor<'_>, id: &str, title: String, note: String, values: &[&Value]) -> Table {
    let say = &editor.say;
    let rows = values
        .iter()
        .map(|Value { fact, .. }| {
            let own = editor.figure(&fact.estimate);
            let n = text(own.n.clone());
            vec![text(fact.name.clone()), figure(own, &fact.id), n]
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
        folded: id == "value-parts",
    }
}
