//! What it would be worth to know each input before deciding.

use crate::document::{Amount, Cell, Chart, ChartData, Table};
use crate::numbers::{self, Kind};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::{InitiativeFound, InputFound, RoiReport};
use cx_core::ground::unit::Unit;

/// Most inputs that are drawn.
const MOST: usize = 10;

/// None where nothing would change by knowing it.
pub(super) fn chart(editor: &Editor<'_>, returns: &RoiReport) -> Option<Chart> {
    let say = &editor.say;
    let mut all: Vec<(&InitiativeFound, &InputFound)> = returns
        .initiatives
        .iter()
        .flat_map(|one| one.money.iter().flat_map(|money| &money.inputs).map(move |input| (one, input)))
        .filter(|(_, input)| input.information > 0.0)
        .collect();
    all.sort_by(|a, b| b.1.information.total_cmp(&a.1.information));
    all.truncate(MOST);
    let (one, most) = all.first()?;
    Some(Chart {
        id: "information".to_owned(),
        title: say.information_title(),
        summary: say.information_summary(&most.name, &one.name, &editor.money(most.information)),
        note: say.information_note(&editor.freshness()),
        table: table(editor, &all),
        data: ChartData::Amounts {
            bars: all
                .iter()
                .map(|(one, input)| Amount {
                    label: capital(&input.name),
                    group: one.name.clone(),
                    mark: editor.mark(input.information, Unit::Money),
                })
                .collect(),
            format: numbers::format(Unit::Money),
        },
    })
}

fn table(editor: &Editor<'_>, all: &[(&InitiativeFound, &InputFound)]) -> Table {
    let say = &editor.say;
    let row = |(one, input): &(&InitiativeFound, &InputFound)| -> Vec<Cell> {
        vec![
            text(capital(&input.name)),
            text(one.name.clone()),
            text(editor.origin(&input.provenance)),
            figure(editor.bare(input.information, Unit::Money, Kind::Level), ""),
        ]
    };
    Table {
        id: "information-table".to_owned(),
        title: say.information_table(),
        columns: vec![
            text_column(say.column_input()),
            text_column(say.column_initiative()),
            text_column(say.column_origin()),
            number_column(say.column_information()),
        ],
        rows: all.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}
