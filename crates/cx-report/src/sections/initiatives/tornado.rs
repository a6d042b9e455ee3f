//! What hangs on which input, where that input comes from, and what it would be worth to know it.

use crate::document::{Cell, Chart, ChartData, Swing, Table};
use crate::numbers::{self, Kind, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::{InitiativeFound, InputFound, MoneyFound};
use cx_core::ground::unit::Unit;

pub(super) fn chart(editor: &Editor<'_>, at: usize, one: &InitiativeFound, money: &MoneyFound) -> Chart {
    let say = &editor.say;
    let summary = match money.inputs.first() {
        Some(widest) => {
            let (low, high) = widest.swing;
            say.tornado_summary(&widest.name, &editor.money(low), &editor.money(high))
        }
        None => say.tornado_nothing(),
    };
    let swing = |input: &InputFound| Swing {
        label: capital(&input.name),
        origin: input.provenance.clone(),
        origin_text: editor.origin(&input.provenance),
        low: editor.mark(input.swing.0, Unit::Money),
        high: editor.mark(input.swing.1, Unit::Money),
    };
    Chart {
        id: format!("tornado-{at}"),
        title: say.tornado_title(&one.name),
        summary,
        note: say.tornado_note(&editor.freshness()),
        table: table(editor, at, one, money),
        data: ChartData::Tornado {
            swings: money.inputs.iter().map(swing).collect(),
            center: editor.mark(money.npv.value.unwrap_or_default(), Unit::Money),
            format: numbers::format(Unit::Money),
        },
    }
}

fn table(editor: &Editor<'_>, at: usize, one: &InitiativeFound, money: &MoneyFound) -> Table {
    let say = &editor.say;
    let amount = |x: f64| figure(editor.bare(x, Unit::Money, Kind::Level), "");
    let row = |input: &InputFound| -> Vec<Cell> {
        vec![
            text(capital(&input.name)),
            text(editor.origin(&input.provenance)),
            text(capital(&input.drawn)),
            amount(input.swing.0),
            amount(input.swing.1),
            text(input.total_index.map_or_else(|| "–".to_owned(), percent)),
            amount(input.information),
        ]
    };
    Table {
        id: format!("tornado-{at}-table"),
        title: say.tornado_table(&one.name),
        columns: vec![
            text_column(say.column_input()),
            text_column(say.column_origin()),
            text_column(say.column_drawn()),
            number_column(say.column_at_low()),
            number_column(say.column_at_high()),
            number_column(say.column_variance()),
            number_column(say.column_information()),
        ],
        rows: money.inputs.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}
