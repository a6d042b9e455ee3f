//! Differences between score bands: raw, adjusted, and cut to the causal share, side by side.

use crate::document::{BandCell, BandPanel, BandRow, Block, Cell, Chart, ChartData, Table};
use crate::inputs::worth::{Contrast, Linkage, OutcomeLink};
use crate::numbers::{self, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::ground::estimate::Estimate;
use cx_core::ground::unit::Unit;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let Some(linkage) = &editor.inputs.worth.linkage else { return Vec::new() };
    if linkage.outcomes.iter().all(|outcome| outcome.contrasts.is_empty()) {
        return Vec::new();
    }
    vec![
        Block::Heading { text: editor.say.bands_heading() },
        Block::Chart(Box::new(chart(editor, linkage))),
        Block::Table(levels(editor, linkage)),
    ]
}

/// True where the interval leaves zero out.
pub(super) fn clear(estimate: &Estimate) -> bool {
    estimate.value.is_some_and(|x| x != 0.0) && estimate.interval.is_some_and(|i| !i.contains(0.0))
}

/// True where a difference can be told: it is none of chance, and the two bands lie apart.
pub(super) fn told(contrast: &Contrast) -> bool {
    contrast.distinguishable && clear(&contrast.adjusted.estimate)
}

fn chart(editor: &Editor<'_>, linkage: &Linkage) -> Chart {
    let say = &editor.say;
    let kappa = percent(linkage.kappa.mean);
    let limits = say.interval_both(&percent(linkage.kappa.interval.0), &percent(linkage.kappa.interval.1));
    let columns = [say.bands_raw(), say.bands_adjusted(), say.bands_causal(&kappa)];
    let all = || linkage.outcomes.iter().flat_map(|outcome| &outcome.contrasts);
    let assumed = if linkage.kappa.assumed { say.bands_kappa_assumed() } else { say.bands_kappa_measured() };
    Chart {
        id: "bands".to_owned(),
        title: say.bands_title(&editor.score(&linkage.score)),
        summary: say.bands_summary(all().filter(|c| told(c)).count() as u64, all().count() as u64),
        note: say.bands_note(
            &capital(&editor.grade(linkage.grade)),
            &kappa,
            &limits,
            &assumed,
            &editor.level(),
            &editor.freshness(),
        ),
        table: table(editor, linkage, &columns),
        data: ChartData::Bands {
            columns: columns.to_vec(),
            panels: linkage.outcomes.iter().map(|outcome| panel(editor, linkage, outcome)).collect(),
        },
    }
}

/// The three estimates of a difference in the order of the columns, each with whether it can be told.
fn columns_of(contrast: &Contrast) -> [(&Estimate, bool); 3] {
    [
        (&contrast.raw, clear(&contrast.raw)),
        (&contrast.adjusted.estimate, told(contrast)),
        (&contrast.causal, contrast.distinguishable && clear(&contrast.causal)),
    ]
}

fn title(editor: &Editor<'_>, linkage: &Linkage, outcome: &OutcomeLink) -> String {
    capital(&editor.say.bands_over(&outcome.name, &over(editor, linkage, outcome)))
}

/// How long an outcome is looked at.
pub(super) fn over(editor: &Editor<'_>, linkage: &Linkage, outcome: &OutcomeLink) -> String {
    match outcome.years {
        // To a tenth, and no tenth where there is none: 5, 4.9.
        Some(years) => editor.say.over_years(&((10.0 * years).round() / 10.0).to_string()),
        None => editor.say.over_days(&linkage.window_days.to_string()),
    }
}

fn against(editor: &Editor<'_>, contrast: &Contrast) -> String {
    capital(&editor.say.bands_against(&contrast.upper, &contrast.lower))
}

fn panel(editor: &Editor<'_>, linkage: &Linkage, outcome: &OutcomeLink) -> BandPanel {
    let unit = outcome.contrasts.first().map_or(Unit::Money, |c| c.adjusted.estimate.unit);
    BandPanel {
        title: title(editor, linkage, outcome),
        rows: outcome
            .contrasts
            .iter()
            .map(|contrast| BandRow {
                finding: contrast.adjusted.id.clone(),
                label: against(editor, contrast),
                cells: columns_of(contrast)
                    .into_iter()
                    .map(|(estimate, apart)| BandCell {
                        figure: editor.difference(estimate),
                        apart: Some(apart),
                    })
                    .collect(),
            })
            .collect(),
        format: numbers::format(unit),
        zero: true,
    }
}

fn table(editor: &Editor<'_>, linkage: &Linkage, columns: &[String; 3]) -> Table {
    let say = &editor.say;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for outcome in &linkage.outcomes {
        for contrast in &outcome.contrasts {
            let mut cells = vec![text(title(editor, linkage, outcome)), text(against(editor, contrast))];
            for (at, (estimate, _)) in columns_of(contrast).into_iter().enumerate() {
                let finding = if at == 1 { contrast.adjusted.id.as_str() } else { "" };
                cells.push(figure(editor.difference(estimate), finding));
            }
            cells.push(text(if told(contrast) { say.bands_apart() } else { say.bands_not_apart() }));
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

/// Means by band, as the answers have them and with the whole base in each band.
fn levels(editor: &Editor<'_>, linkage: &Linkage) -> Table {
    let say = &editor.say;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for outcome in &linkage.outcomes {
        for level in &outcome.levels {
            let raw = editor.figure(&level.raw);
            let n = text(raw.n.clone());
            rows.push(vec![
                text(title(editor, linkage, outcome)),
                text(capital(&level.band)),
                figure(raw, ""),
                figure(editor.figure(&level.adjusted), ""),
                n,
            ]);
        }
    }
    Table {
        id: "bands-levels".to_owned(),
        title: say.bands_levels(),
        columns: vec![
            text_column(say.bands_outcome()),
            text_column(say.bands_band()),
            number_column(say.bands_raw()),
            number_column(say.bands_adjusted()),
            number_column(say.column_n()),
        ],
        rows,
        note: say.bands_levels_note(),
        folded: true,
    }
}
