//! Which design was used, why not the better ones, and what was looked at before it was believed.

use crate::document::{Cell, Table};
use crate::sections::cells::{text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::{CheckFound, DesignFound, InitiativeFound};

pub(super) fn ladder(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Table {
    let say = &editor.say;
    let row = |found: &DesignFound| -> Vec<Cell> {
        let used = one.design.as_ref() == Some(&found.design);
        let why = match (&found.missing, used) {
            (_, true) => say.design_used(),
            (Some(missing), _) => capital(missing),
            (None, _) => say.design_allowed(),
        };
        vec![text(capital(&editor.design(&found.design))), text(found.grade.letter()), text(why)]
    };
    Table {
        id: format!("designs-{at}"),
        title: say.designs_table(&one.name),
        columns: vec![
            text_column(say.column_design()),
            text_column(say.column_grade()),
            text_column(say.column_why_not()),
        ],
        rows: one.designs.iter().map(row).collect(),
        note: String::new(),
        folded: one.design.is_some(),
    }
}

pub(super) fn checks(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Table {
    let say = &editor.say;
    let row = |check: &CheckFound| -> Vec<Cell> {
        let verdict = if check.passed { say.check_passed() } else { say.check_failed() };
        vec![text(capital(&check.name)), text(verdict), text(check.says.clone())]
    };
    Table {
        id: format!("checks-{at}"),
        title: say.checks_table(&one.name),
        columns: vec![
            text_column(say.column_check()),
            text_column(say.column_conclusion()),
            text_column(say.column_found()),
        ],
        rows: one.checks.iter().map(row).collect(),
        note: String::new(),
        folded: false,
    }
}
