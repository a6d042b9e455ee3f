//! How much of what is promised comes, by family of initiatives.

use super::words::span;
use crate::document::{Block, Cell, Chart, ChartData, Format, PairRow, Pairs, Sentence, Table, Tone};
use crate::numbers::{Kind, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::{FamilyFound, RecordFound};
use cx_core::ground::unit::Unit;

/// The figure for a new initiative of any family.
const WHOLE: &str = "evaluate/optimism";

pub(super) fn blocks(editor: &Editor<'_>, record: &RecordFound) -> Vec<Block> {
    let say = &editor.say;
    let findings =
        vec![Sentence { finding: WHOLE.to_owned(), text: said(editor, record), tone: Tone::Neutral }];
    let mut blocks = vec![Block::Heading { text: say.ratios_heading() }, Block::Findings { findings }];
    if !record.families.is_empty() {
        blocks.push(Block::Chart(Box::new(chart(editor, record))));
    }
    blocks
}

fn said(editor: &Editor<'_>, record: &RecordFound) -> String {
    let whole = editor.figure(&record.optimism);
    let told = whole.text.clone() + &editor.bracketed(&whole);
    match record.optimism_from.as_str() {
        "prior" => editor.say.ratios_prior(&told, record.optimism.size.n),
        _ => editor.say.ratios_measured(&told),
    }
}

fn chart(editor: &Editor<'_>, record: &RecordFound) -> Chart {
    let say = &editor.say;
    let row = |one: &FamilyFound| PairRow {
        finding: format!("{WHOLE}/{}", one.family),
        label: one.family.clone(),
        first: Some(span(&editor.bare(1.0, Unit::Ratio, Kind::Level))),
        beside: Vec::new(),
        second: editor.figure(&one.ratio),
        text: say.ratios_judged(one.n as u64),
        // Less than was promised, beyond what chance between initiatives explains.
        tone: match one.ratio.interval.and_then(|limits| limits.high) {
            Some(high) if high < 1.0 => Tone::Bad,
            _ => Tone::Neutral,
        },
    };
    Chart {
        id: "ratios".to_owned(),
        title: say.ratios_title(),
        summary: said(editor, record),
        note: say.ratios_note(&editor.level(), &editor.freshness()),
        table: table(editor, record),
        data: ChartData::Dumbbell(Pairs {
            rows: record.families.iter().map(row).collect(),
            first: say.pairs_as_promised(),
            second: say.pairs_delivered(),
            beside: String::new(),
            format: Format::Number,
            zero: true,
        }),
    }
}

fn table(editor: &Editor<'_>, record: &RecordFound) -> Table {
    let say = &editor.say;
    let row = |one: &FamilyFound| -> Vec<Cell> {
        vec![
            text(one.family.clone()),
            text(one.n.to_string()),
            figure(editor.figure(&one.ratio), &format!("{WHOLE}/{}", one.family)),
            text(percent(one.kept)),
        ]
    };
    Table {
        id: "ratios-table".to_owned(),
        title: say.ratios_table(),
        columns: vec![
            text_column(say.column_family()),
            number_column(say.column_judged()),
            number_column(say.column_ratio()),
            number_column(say.column_kept()),
        ],
        rows: record.families.iter().map(row).collect(),
        note: say.ratios_table_note(),
        folded: false,
    }
}
