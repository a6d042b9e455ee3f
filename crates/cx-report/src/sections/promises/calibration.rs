//! Whether promised intervals held as much as they said.

use super::words::span;
use crate::document::{Block, Cell, Chart, ChartData, Fact, Format, PairRow, Pairs, Refusal, Table, Tone};
use crate::numbers::{Kind, count, percent, small};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, sentence};
use cx_core::findings::{CalibrationFound, CoverageFound, RecordFound};
use cx_core::ground::estimate::Absent;
use cx_core::ground::unit::Unit;

/// Below so many judged promises shares say next to nothing.
const FEW: u64 = 5;

/// A p-value below which intervals do not hold what they say.
const DOUBT: f64 = 0.05;

/// The place among the intervals of the one that a sentence speaks of: 80 %.
const TOLD: usize = 1;

/// Judged promises of one kind.
struct Group<'a> {
    id: &'static str,
    found: &'a CalibrationFound,
}

pub(super) fn blocks(editor: &Editor<'_>, record: &RecordFound) -> Vec<Block> {
    let say = &editor.say;
    let groups: Vec<Group<'_>> = [
        ("prospective", &record.prospective),
        ("retrospective", &record.retrospective),
        ("last-amended", &record.last_amended),
    ]
    .into_iter()
    .filter_map(|(id, found)| Some(Group { id, found: found.as_ref().ok()? }))
    .collect();
    let mut blocks = vec![Block::Heading { text: say.calibration_heading() }];
    if let Err(Absent::Refused(why)) = &record.prospective {
        blocks.push(Block::Refusals {
            refusals: vec![Refusal {
                question: say.calibration_asked(),
                reason: sentence(&why.reason),
                lift: sentence(&why.lift),
            }],
        });
    }
    if let Some(first) = groups.first() {
        blocks.push(Block::Chart(Box::new(chart(editor, first, &groups))));
        blocks.push(Block::Facts { facts: facts(editor, first.found) });
        if let Err(absent) = &first.found.factor {
            blocks.push(Block::Text { text: say.calibration_no_factor(&editor.absence(absent)) });
        }
    }
    blocks
}

fn chart(editor: &Editor<'_>, told: &Group<'_>, groups: &[Group<'_>]) -> Chart {
    let say = &editor.say;
    let held = &told.found.coverage[TOLD];
    let share = editor.figure(&held.share);
    let mut summary = say.calibration_summary(
        told.found.n,
        &say.calibration_group(told.id),
        held.inside,
        &percent(held.nominal),
        &share.text,
        &editor.bracketed(&share),
    );
    if told.found.n < FEW {
        summary.push(' ');
        summary.push_str(&say.calibration_few());
    }
    let all = || groups.iter().flat_map(|group| group.found.coverage.iter().map(move |held| (group, held)));
    let nominal = |held: &CoverageFound| editor.bare(held.nominal, Unit::Share, Kind::Level);
    let row = |(group, held): (&Group<'_>, &CoverageFound)| PairRow {
        finding: finding(group, held),
        label: say.calibration_row(&percent(held.nominal), &say.calibration_group(group.id)),
        first: Some(span(&nominal(held))),
        beside: Vec::new(),
        second: editor.figure(&held.share),
        text: say.calibration_held(held.inside, group.found.n),
        tone: if held.exact.unwrap_or(held.p) < DOUBT { Tone::Bad } else { Tone::Neutral },
    };
    Chart {
        id: "calibration".to_owned(),
        title: say.calibration_title(),
        summary,
        note: say.calibration_note(&editor.level(), &editor.freshness()),
        table: table(editor, groups),
        data: ChartData::Calibration(Pairs {
            rows: all().map(row).collect(),
            first: say.pairs_nominal(),
            second: say.pairs_held(),
            beside: String::new(),
            format: Format::Percent,
            zero: true,
        }),
    }
}

fn finding(group: &Group<'_>, held: &CoverageFound) -> String {
    format!("evaluate/coverage/{}/{}", group.id, (100.0 * held.nominal).round())
}

fn table(editor: &Editor<'_>, groups: &[Group<'_>]) -> Table {
    let say = &editor.say;
    let row = |group: &Group<'_>, held: &CoverageFound| -> Vec<Cell> {
        vec![
            text(capital(&say.calibration_group(group.id))),
            text(percent(held.nominal)),
            text(say.calibration_held(held.inside, group.found.n)),
            figure(editor.figure(&held.share), &finding(group, held)),
            text(small(held.p)),
            text(held.exact.map_or_else(|| "–".to_owned(), small)),
        ]
    };
    Table {
        id: "calibration-table".to_owned(),
        title: say.calibration_table(),
        columns: vec![
            text_column(say.column_made()),
            number_column(say.column_interval()),
            number_column(say.column_held()),
            number_column(say.column_share_held()),
            number_column(say.column_kupiec()),
            number_column(say.column_exact()),
        ],
        rows: groups
            .iter()
            .flat_map(|group| group.found.coverage.iter().map(|held| row(group, held)))
            .collect(),
        note: say.calibration_table_note(),
        folded: false,
    }
}

/// How many are judged, their scores, and the factor on new promises where there is one.
fn facts(editor: &Editor<'_>, found: &CalibrationFound) -> Vec<Fact> {
    let say = &editor.say;
    let fact = |label: String, value: String| Fact { label, value, tone: Tone::Neutral };
    let factor = found.factor.as_ref().ok().map(|factor| {
        fact(say.calibration_factor(), say.calibration_times(&editor.numbers.level(*factor, Unit::Ratio)))
    });
    let skill = found.skill.map(|skill| fact(say.calibration_skill(), small(skill)));
    let brier = found.brier.map(|brier| fact(say.calibration_brier(), small(brier)));
    let judged = fact(say.column_judged(), count(found.n));
    [judged].into_iter().chain(skill).chain(brier).chain(factor).collect()
}
