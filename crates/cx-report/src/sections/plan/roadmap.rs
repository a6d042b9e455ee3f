//! What to do when.

use crate::document::{Cell, Table};
use crate::numbers::Kind;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::{Editor, words};
use cx_core::findings::{PortfolioFound, StepFound};
use cx_core::ground::unit::Unit;

/// None where nothing is chosen.
pub(super) fn table(editor: &Editor<'_>, portfolio: &PortfolioFound) -> Option<Table> {
    let say = &editor.say;
    let row = |step: &StepFound| -> Vec<Cell> {
        let name = if step.test_first { say.plan_test_first(&step.name) } else { step.name.clone() };
        vec![
            text(editor.day(&step.begins)),
            text(editor.day(&step.live)),
            text(editor.day(&step.judged)),
            text(name),
            text(words(&step.strategy)),
            text(step.owner.clone().unwrap_or_else(|| "–".to_owned())),
            figure(editor.bare(step.delay, Unit::Money, Kind::Level), ""),
        ]
    };
    (!portfolio.roadmap.is_empty()).then(|| Table {
        id: "roadmap".to_owned(),
        title: say.roadmap_table(),
        columns: vec![
            text_column(say.column_begins()),
            text_column(say.column_live()),
            text_column(say.column_judged()),
            text_column(say.column_initiative()),
            text_column(say.column_strategy()),
            text_column(say.column_owner()),
            number_column(say.column_delay()),
        ],
        rows: portfolio.roadmap.iter().map(row).collect(),
        note: say.roadmap_note(),
        folded: false,
    })
}
