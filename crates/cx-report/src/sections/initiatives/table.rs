//! All initiatives side by side; why there is no figure stands where the figure would.

use crate::document::{Cell, Figure, Table};
use crate::numbers::chance;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::{InitiativeFound, RoiReport};
use cx_core::ground::estimate::{Absent, Estimate, Size};
use cx_core::ground::unit::Unit;

pub(super) fn table(editor: &Editor<'_>, returns: &RoiReport) -> Table {
    let say = &editor.say;
    Table {
        id: "initiatives-table".to_owned(),
        title: say.initiatives_table(),
        columns: vec![
            text_column(say.column_initiative()),
            text_column(say.column_evidence()),
            number_column(say.column_effect()),
            number_column(say.column_npv()),
            number_column(say.column_pays()),
        ],
        rows: returns.initiatives.iter().map(|one| row(editor, one)).collect(),
        note: say.initiatives_table_note(&editor.level()),
        folded: false,
    }
}

fn row(editor: &Editor<'_>, one: &InitiativeFound) -> Vec<Cell> {
    let say = &editor.say;
    let design = one.design.as_ref().map_or_else(|| say.design_none(), |design| editor.design(design));
    let grade = one.grade.map_or_else(|| say.grade_none(), |grade| grade.letter().to_owned());
    let first = one.outcomes.first();
    let evidence = match first {
        Some(outcome) => say.evidence_of(&outcome.name, &design, &grade),
        None => design,
    };
    let effect = match first {
        Some(outcome) => {
            figure(editor.difference(&outcome.effect), &format!("roi/{}/{}/effect", one.id, outcome.id))
        }
        None => text("–"),
    };
    let pays = one.money.as_ref().map_or_else(|_| "–".to_owned(), |money| chance(money.pays));
    vec![text(one.name.clone()), text(evidence), effect, worth(editor, one), text(pays)]
}

fn worth(editor: &Editor<'_>, one: &InitiativeFound) -> Cell {
    match &one.money {
        Ok(money) => figure(editor.figure(&money.npv), &format!("roi/{}/npv", one.id)),
        Err(absent) => figure(withheld(editor, absent), ""),
    }
}

/// The rule alone: its reason and what would lift it stand at the initiative.
fn withheld(editor: &Editor<'_>, absent: &Absent) -> Figure {
    let mut shown = editor.figure(&Estimate::absent(absent.clone(), Unit::Money, Size::default()));
    if let Absent::Refused(refused) = absent {
        shown.absent = Some(editor.say.withheld(&refused.rule));
    }
    shown
}
