//! Outcomes by score band: raw, adjusted, and cut to the causal share, side by side.

use crate::document::{BandCell, BandPanel, Block, Cell, Chart, ChartData, Table};
use crate::inputs::worth::{BandOutcome, BandRow, Bands};
use crate::numbers::{self, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::ground::estimate::Estimate;
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    match &editor.inputs.worth.bands {
        Some(bands) if !bands.outcomes.is_empty() => vec![
            Block::Heading { text: editor.say.bands_heading() },
            Block::Chart(Box::new(chart(editor, bands))),
        ],
        _ => Vec::new(),
    }
}

fn chart(editor: &Editor<'_>, bands: &Bands) -> Chart {
    let say = &editor.say;
    let kappa = editor.figure(&bands.kappa);
    let columns = [say.bands_raw(), say.bands_adjusted(), say.bands_causal(&kappa.text)];
    let steps = || bands.outcomes.iter().flat_map(|o| &o.rows).filter_map(|row| row.apart);
    let (apart, all) = (steps().filter(|told| told[1]).count(), steps().count());
    let assumed = if bands.kappa_assumed { say.bands_kappa_assumed() } else { say.bands_kappa_measured() };
    Chart {
        id: "bands".to_owned(),
        title: say.bands_title(&bands.score),
        summary: say.bands_summary(apart as u64, all as u64, &percent(bands.support)),
        note: say.bands_note(
            &capital(&editor.grade(bands.grade)),
            &format!("{}{}", kappa.text, editor.bracketed(&kappa)),
            &assumed,
            &editor.level(),
            &editor.freshness(),
        ),
        table: table(editor, bands, &columns),
        data: ChartData::Bands {
            columns: columns.to_vec(),
            panels: bands.outcomes.iter().map(|outcome| panel(editor, bands, outcome)).collect(),
        },
    }
}

/// The three estimates of a row in the order of the columns.
fn columns_of(row: &BandRow) -> [&Estimate; 3] {
    [&row.raw, &row.adjusted.estimate, &row.causal]
}

fn panel(editor: &Editor<'_>, bands: &Bands, outcome: &BandOutcome) -> BandPanel {
    let unit = outcome.rows.first().map_or(Unit::Money, |row| row.adjusted.estimate.unit);
    BandPanel {
        title: capital(&editor.outcome_over(outcome.outcome, outcome.window_days)),
        rows: outcome
            .rows
            .iter()
            .zip(&bands.bands)
            .map(|(row, band)| crate::document::BandRow {
                finding: row.adjusted.id.clone(),
                label: band.clone(),
                cells: columns_of(row)
                    .into_iter()
                    .enumerate()
                    .map(|(at, estimate)| BandCell {
                        figure: editor.figure(estimate),
                        apart: row.apart.map(|told| told[at]),
                    })
                    .collect(),
            })
            .collect(),
        format: numbers::format(unit),
        // A share stands between none and all of its own accord.
        zero: unit != Unit::Share,
    }
}

fn table(editor: &Editor<'_>, bands: &Bands, columns: &[String; 3]) -> Table {
    let say = &editor.say;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for outcome in &bands.outcomes {
        let name = capital(&editor.outcome_over(outcome.outcome, outcome.window_days));
        for (row, band) in outcome.rows.iter().zip(&bands.bands) {
            let mut cells = vec![text(name.clone()), text(band.clone())];
            for (at, estimate) in columns_of(row).into_iter().enumerate() {
                let finding = if at == 1 { row.adjusted.id.as_str() } else { "" };
                cells.push(figure(editor.figure(estimate), finding));
            }
            cells.push(text(match row.apart {
                None => say.bands_first(),
                Some([_, true, _]) => say.bands_apart(),
                Some(_) => say.bands_not_apart(),
            }));
            rows.push(cells);
        }
    }
    let numbers = columns.iter().map(|name| number_column(name.clone()));
    Table {
        id: "bands-table".to_owned(),
        title: say.bands_table(),
        columns: [text_column(say.bands_outcome()), text_column(say.bands_band())]
            .into_iter()
            .chain(numbers)
            .chain([text_column(say.bands_told())])
            .collect(),
        rows,
        note: String::new(),
        folded: false,
    }
}
