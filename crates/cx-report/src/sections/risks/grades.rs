//! Initiatives on the scale of grades: where each stands, and where the records would have let it stand.

use crate::document::{Cell, Chart, ChartData, GradeRow, Table};
use crate::sections::cells::{text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::{InitiativeFound, RoiReport};
use cx_core::ground::evidence::Grade;

/// Grades from best to least.
const GRADES: [Grade; 6] = [Grade::R, Grade::Q, Grade::W, Grade::A, Grade::T, Grade::C];

pub(super) fn chart(editor: &Editor<'_>, returns: &RoiReport) -> Chart {
    let say = &editor.say;
    let rows: Vec<GradeRow> = returns.initiatives.iter().map(|one| row(editor, one)).collect();
    let causal = rows.iter().filter(|row| row.grade.is_some_and(|grade| grade < 2)).count() as u64;
    Chart {
        id: "grades".to_owned(),
        title: say.grades_title(),
        summary: say.grades_summary(causal, rows.len() as u64),
        note: say.grades_note(&editor.freshness()),
        table: table(editor, &rows),
        data: ChartData::Grades {
            columns: GRADES.iter().map(|grade| grade.letter().to_owned()).collect(),
            rows,
        },
    }
}

fn place(grade: Grade) -> Option<usize> {
    GRADES.iter().position(|one| *one == grade)
}

fn row(editor: &Editor<'_>, one: &InitiativeFound) -> GradeRow {
    let best = one.designs.iter().filter(|design| design.missing.is_none()).map(|design| design.grade).max();
    GradeRow {
        label: one.name.clone(),
        grade: one.grade.and_then(place),
        best: best.and_then(place),
        text: weakest(editor, one),
    }
}

/// The arrow that the whole chain is no stronger than.
fn weakest(editor: &Editor<'_>, one: &InitiativeFound) -> String {
    let say = &editor.say;
    let failed: Vec<&str> =
        one.checks.iter().filter(|check| !check.passed).map(|check| check.name.as_str()).collect();
    if let (None, Some(refused)) = (&one.design, one.refused.first()) {
        return capital(&refused.reason);
    }
    if !failed.is_empty() {
        return say.weakest_failed(&editor.list(failed));
    }
    let judged: Vec<&str> = one
        .money
        .iter()
        .flat_map(|money| &money.inputs)
        .filter(|input| input.provenance == "judgement")
        .map(|input| input.name.as_str())
        .collect();
    match (one.grade, judged.is_empty()) {
        // A trial is as good as arrows get: what is left is what nobody measured.
        (Some(Grade::R | Grade::Q), false) => say.weakest_judged(&editor.list(judged)),
        (Some(grade), _) => capital(&editor.grade(grade)),
        (None, _) => say.grade_none(),
    }
}

fn table(editor: &Editor<'_>, rows: &[GradeRow]) -> Table {
    let say = &editor.say;
    let letter =
        |place: Option<usize>| place.map_or_else(|| say.grade_none(), |at| GRADES[at].letter().to_owned());
    let cells = |row: &GradeRow| -> Vec<Cell> {
        vec![text(row.label.clone()), text(letter(row.grade)), text(letter(row.best)), text(row.text.clone())]
    };
    Table {
        id: "grades-table".to_owned(),
        title: say.grades_table(),
        columns: vec![
            text_column(say.column_initiative()),
            text_column(say.column_grade()),
            text_column(say.column_best_grade()),
            text_column(say.column_weakest()),
        ],
        rows: rows.iter().map(cells).collect(),
        note: String::new(),
        folded: false,
    }
}
