//! Cohorts by age, and leaving in each of its forms with its denominator.

use crate::document::{Block, Chart, ChartData, Figure, HeatCell, Table, Way};
use crate::inputs::worth::{CohortCell, Cohorts};
use crate::numbers::{self, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::PeriodName;
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let worth = &editor.inputs.worth;
    let mut blocks = Vec::new();
    if let Some(cohorts) = worth.cohorts.as_ref().filter(|c| !c.cells.is_empty()) {
        blocks.push(Block::Chart(Box::new(triangle(editor, cohorts))));
    }
    if !worth.churn.is_empty() {
        blocks.push(Block::Table(churn(editor)));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading { text: editor.say.retention_heading() });
    }
    blocks
}

fn triangle(editor: &Editor<'_>, cohorts: &Cohorts) -> Chart {
    let say = &editor.say;
    let rows: Vec<String> = cohorts.cohorts.iter().map(|label| month(editor, label)).collect();
    let columns: Vec<String> = cohorts.ages.iter().map(|age| say.cohorts_month(&age.to_string())).collect();
    let cells = cohorts
        .cells
        .iter()
        .map(|cell| HeatCell {
            row: cell.cohort,
            column: cell.age,
            figure: editor.figure(&cell.found.estimate),
            finding: cell.found.id.clone(),
            partial: cell.partial,
        })
        .collect();
    Chart {
        id: "cohorts".to_owned(),
        title: say.cohorts_title(),
        summary: summary(editor, cohorts),
        note: say.cohorts_note(&editor.freshness()),
        table: table(editor, cohorts, &rows, &columns),
        data: ChartData::Heatmap {
            columns,
            rows,
            cells,
            format: numbers::format(Unit::Share),
            direction: Way::Up,
        },
    }
}

/// A first month in words.
fn month(editor: &Editor<'_>, label: &str) -> String {
    editor.period(&PeriodName { label: label.to_owned(), first: None, last: None, partial: false })
}

/// How far the cohorts lie apart at the oldest age that at least two of them have reached.
fn summary(editor: &Editor<'_>, cohorts: &Cohorts) -> String {
    let say = &editor.say;
    let values = |age: usize| -> Vec<f64> {
        let whole = cohorts.cells.iter().filter(|cell| cell.age == age && !cell.partial);
        whole.filter_map(|cell| cell.found.estimate.value).collect()
    };
    let oldest = (0..cohorts.ages.len()).rev().map(|age| (age, values(age))).find(|(_, v)| v.len() >= 2);
    let Some((age, values)) = oldest else { return say.cohorts_summary_none() };
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let months = say.time_months(&cohorts.ages[age].to_string());
    say.cohorts_summary(&months, &percent(low), &percent(high))
}

fn table(editor: &Editor<'_>, cohorts: &Cohorts, rows: &[String], columns: &[String]) -> Table {
    let say = &editor.say;
    let find = |row: usize, column: usize| -> Option<&CohortCell> {
        cohorts.cells.iter().find(|cell| cell.cohort == row && cell.age == column)
    };
    let shown = |cell: &CohortCell| -> Figure {
        let own = editor.figure(&cell.found.estimate);
        if cell.partial { Figure { text: say.cohorts_partial(&own.text), ..own } } else { own }
    };
    Table {
        id: "cohorts-table".to_owned(),
        title: say.cohorts_table(),
        columns: std::iter::once(text_column(say.cohorts_cohort()))
            .chain(columns.iter().map(|column| number_column(column.clone())))
            .collect(),
        rows: rows
            .iter()
            .enumerate()
            .map(|(r, name)| {
                let cells = (0..columns.len())
                    .map(|c| find(r, c).map_or_else(|| text(""), |cell| figure(shown(cell), &cell.found.id)));
                std::iter::once(text(name.clone())).chain(cells).collect()
            })
            .collect(),
        note: String::new(),
        folded: false,
    }
}

fn churn(editor: &Editor<'_>) -> Table {
    let say = &editor.say;
    let rows = editor
        .inputs
        .worth
        .churn
        .iter()
        .map(|one| {
            let (name, over) = editor.churn(one.form);
            let own = editor.figure(&one.found.estimate);
            let n = text(own.n.clone());
            vec![text(name), text(over), figure(own, &one.found.id), n]
        })
        .collect();
    Table {
        id: "churn-forms".to_owned(),
        title: say.churn_table(),
        columns: vec![
            text_column(say.churn_form()),
            text_column(say.churn_over()),
            number_column(say.column_value()),
            number_column(say.column_n()),
        ],
        rows,
        note: say.churn_note(),
        folded: false,
    }
}
