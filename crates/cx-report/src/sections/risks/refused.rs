//! Everything that is not said about initiatives, with what would lift it.

use crate::document::{Cell, Table};
use crate::sections::cells::{text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, sentence};
use cx_core::findings::RoiReport;
use cx_core::ground::estimate::{Absent, Refused};

/// None where everything is said.
pub(super) fn table(editor: &Editor<'_>, returns: &RoiReport) -> Option<Table> {
    let say = &editor.say;
    let row = |name: &str, why: &Refused| -> Vec<Cell> {
        vec![text(name), text(capital(&why.rule)), text(sentence(&why.reason)), text(sentence(&why.lift))]
    };
    let mut rows: Vec<Vec<Cell>> = returns
        .initiatives
        .iter()
        .flat_map(|one| one.refused.iter().map(|why| row(&one.name, why)))
        .collect();
    if let Err(Absent::Refused(why)) = &returns.guard {
        rows.push(row(&say.all_together(), why));
    }
    if rows.is_empty() {
        return None;
    }
    Some(Table {
        id: "refused".to_owned(),
        title: say.refused_table(),
        columns: vec![
            text_column(say.column_initiative()),
            text_column(say.column_rule()),
            text_column(say.column_why()),
            text_column(say.page_lift()),
        ],
        rows,
        note: String::new(),
        folded: false,
    })
}
