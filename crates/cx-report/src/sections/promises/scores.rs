//! Every score of every wording, for those who want to redo them.

use crate::document::{Cell, Table};
use crate::numbers::{Kind, percent, small};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::{PromiseFound, Scored, Wording};

/// None where no promise is judged.
pub(super) fn table(editor: &Editor<'_>, over: &[&PromiseFound]) -> Option<Table> {
    let say = &editor.say;
    let scored = over.iter().flat_map(|one| {
        one.wordings.iter().filter_map(|wording| Some((*one, wording, wording.scored.as_ref()?)))
    });
    let rows: Vec<Vec<Cell>> =
        scored.map(|(one, wording, scored)| row(editor, one, wording, scored)).collect();
    (!rows.is_empty()).then(|| Table {
        id: "promise-scores".to_owned(),
        title: say.scores_table(),
        columns: vec![
            text_column(say.column_promise()),
            text_column(say.column_inside()),
            number_column(say.column_place()),
            number_column(say.column_crps()),
            number_column(say.column_interval_score()),
            number_column(say.column_skill()),
            number_column(say.column_brier()),
        ],
        rows,
        note: say.scores_note(),
        folded: true,
    })
}

fn row(editor: &Editor<'_>, one: &PromiseFound, wording: &Wording, scored: &Scored) -> Vec<Cell> {
    let say = &editor.say;
    let name = match &wording.reason {
        None => one.claim_id.clone(),
        Some(reason) => say.promise_amended(&one.claim_id, reason.trim_end_matches('.')),
    };
    let inside = [0.5, 0.8, 0.9].into_iter().zip(scored.inside).filter(|(_, held)| *held);
    let inside = editor.list(inside.map(|(level, _)| percent(level)));
    let amount = |x: f64| figure(editor.bare(x, one.unit, Kind::Size), "");
    let number = |x: Option<f64>| text(x.map_or_else(|| "–".to_owned(), small));
    vec![
        text(name),
        text(if inside.is_empty() { say.inside_none() } else { inside }),
        text(percent(scored.place)),
        amount(scored.crps),
        amount(scored.interval_score),
        number(scored.skill),
        number(scored.brier),
    ]
}
