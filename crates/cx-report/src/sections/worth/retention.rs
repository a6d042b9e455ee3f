//! Cohorts by age, and churn and retention in each form with its denominator.

use crate::document::{Block, Chart, ChartData, Figure, HeatCell, Table, Way};
use crate::inputs::worth::{CohortCell, Cohorts};
use crate::numbers::{self, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::PeriodName;
use cx_core::ground::unit::Unit;
use std::collections::BTreeSet;

/// Most months across and cohorts down that a triangle draws; the newest cohorts are kept.
const MOST: usize = 13;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let worth = &editor.inputs.worth;
    let mut blocks = Vec::new();
    if let Some(cohorts) = worth.cohorts.as_ref().filter(|c| c.rows.iter().any(|row| !row.cells.is_empty())) {
        blocks.push(Block::Chart(Box::new(triangle(editor, cohorts))));
    }
    if !worth.forms.is_empty() {
        blocks.push(Block::Table(forms(editor)));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading { text: editor.say.retention_heading() });
    }
    blocks
}

fn triangle(editor: &Editor<'_>, all: &Cohorts) -> Chart {
    let say = &editor.say;
    let newest = all.rows.len().saturating_sub(MOST);
    let shown = Cohorts { rows: all.rows[newest..].to_vec(), ..all.clone() };
    let months: BTreeSet<u32> = shown.rows.iter().flat_map(|row| row.cells.iter().map(|c| c.month)).collect();
    let months: Vec<u32> = months.into_iter().take(MOST).collect();
    let rows: Vec<String> = shown.rows.iter().map(|row| month(editor, &row.label)).collect();
    let columns: Vec<String> = months.iter().map(|age| say.cohorts_month(&age.to_string())).collect();
    let mut cells = Vec::new();
    for (at, row) in shown.rows.iter().enumerate() {
        for (column, age) in months.iter().enumerate() {
            if let Some(cell) = row.cells.iter().find(|cell| cell.month == *age) {
                cells.push(HeatCell {
                    row: at,
                    column,
                    figure: editor.figure(&cell.share),
                    finding: String::new(),
                    partial: cell.partial,
                });
            }
        }
    }
    Chart {
        id: "cohorts".to_owned(),
        title: if all.bought { say.cohorts_title_bought() } else { say.cohorts_title_stayed() },
        summary: summary(editor, &shown, &months),
        note: say.cohorts_note(&editor.freshness()),
        table: table(editor, &shown, &rows, &months),
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

/// How far cohorts lie apart in the latest month of life that at least two of them have reached.
fn summary(editor: &Editor<'_>, cohorts: &Cohorts, months: &[u32]) -> String {
    let say = &editor.say;
    let values = |age: u32| -> Vec<f64> {
        let cells = cohorts.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| cell.month == age && !cell.partial).filter_map(|cell| cell.share.value).collect()
    };
    let oldest = months.iter().rev().map(|age| (*age, values(*age))).find(|(_, found)| found.len() >= 2);
    let Some((age, found)) = oldest else { return say.cohorts_summary_none() };
    let low = found.iter().copied().fold(f64::INFINITY, f64::min);
    let high = found.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    say.cohorts_summary(&editor.months(f64::from(age)), &percent(low), &percent(high))
}

fn table(editor: &Editor<'_>, cohorts: &Cohorts, names: &[String], months: &[u32]) -> Table {
    let say = &editor.say;
    let shown = |cell: &CohortCell| -> Figure {
        let own = editor.figure(&cell.share);
        if cell.partial { Figure { text: say.cohorts_partial(&own.text), ..own } } else { own }
    };
    Table {
        id: "cohorts-table".to_owned(),
        title: say.cohorts_table(),
        columns: std::iter::once(text_column(say.cohorts_cohort()))
            .chain(months.iter().map(|age| number_column(say.cohorts_month(&age.to_string()))))
            .collect(),
        rows: cohorts
            .rows
            .iter()
            .zip(names)
            .map(|(row, name)| {
                let cells = months.iter().map(|age| {
                    let cell = row.cells.iter().find(|cell| cell.month == *age);
                    cell.map_or_else(|| text(""), |cell| figure(shown(cell), ""))
                });
                std::iter::once(text(name.clone())).chain(cells).collect()
            })
            .collect(),
        note: String::new(),
        folded: false,
    }
}

fn forms(editor: &Editor<'_>) -> Table {
    let say = &editor.say;
    let rows = editor
        .inputs
        .worth
        .forms
        .iter()
        .map(|form| {
            let own = editor.figure(&form.fact.estimate);
            let n = text(own.n.clone());
            vec![text(form.fact.name.clone()), text(form.base.clone()), figure(own, &form.fact.id), n]
        })
        .collect();
    Table {
        id: "retention-forms".to_owned(),
        title: say.forms_table(),
        columns: vec![
            text_column(say.forms_form()),
            text_column(say.forms_over()),
            number_column(say.column_value()),
            number_column(say.column_n()),
        ],
        rows,
        note: say.forms_note(),
        folded: false,
    }
}
