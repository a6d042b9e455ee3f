//! Section 6: where every row went.

use super::figures::{cell, count, numbers, words};
use super::whole;
use cx_report::document::{Block, Chart, ChartData, RecordPart, Section, Table, Tone};

/// What became of the rows of the survey file; the parts add to the total.
const PARTS: [(&str, u64, Tone); 6] = [
    ("answered and used", 92_714, Tone::Good),
    ("dismissed by the customer", 28_406, Tone::Neutral),
    ("test addresses of staff", 3_115, Tone::Neutral),
    ("no customer behind the answer", 5_224, Tone::Warning),
    ("outside the scale", 412, Tone::Warning),
    ("not readable", 9, Tone::Bad),
];

pub(crate) fn section() -> Section {
    whole::section(
        "10",
        "records",
        "Records",
        "What is left out, and who sent it?",
        vec![Block::Chart(Box::new(flow())), Block::Table(files())],
    )
}

fn flow() -> Chart {
    let total: u64 = PARTS.iter().map(|(_, n, _)| n).sum();
    let parts: Vec<RecordPart> = PARTS
        .iter()
        .map(|(label, n, tone)| RecordPart { label: (*label).into(), n: *n, text: count(*n), tone: *tone })
        .collect();
    let mut rows: Vec<_> = parts.iter().map(|p| vec![cell(&p.label), cell(&p.text)]).collect();
    rows.push(vec![cell("all rows of the file"), cell(&count(total))]);
    Chart {
        id: "survey-rows".into(),
        title: "Seven of ten survey rows carry an answer that counts".into(),
        summary: format!(
            "Of {} rows in the survey file 92,714 are answered and used; 5,645 have a fault and are set aside.",
            count(total)
        ),
        note:
            "survey_2025_2026.parquet · rows of January 2025 to June 2026 · every row is in exactly one line"
                .into(),
        table: Table {
            id: "survey-rows-table".into(),
            title: "Rows of the survey file".into(),
            columns: vec![words("Outcome"), numbers("Rows")],
            rows,
            note: String::new(),
            folded: false,
        },
        data: ChartData::Records { parts, total, text: count(total) },
    }
}

fn files() -> Table {
    let rows = [
        ["survey_2025_2026.parquet", "129,880", "2026-06-30", "412 out of scale, 9 not readable"],
        ["calls/2026-*.csv (6 files)", "1,204,377", "2026-06-30", "times of April to June 2025 missing"],
        [
            "Счета за первое полугодие 2026 года, сводная выгрузка.xlsx",
            "214,406",
            "2026-05-31",
            "June not delivered",
        ],
        ["shops.csv", "44", "2026-03-02", "–"],
        ["visits.csv", "3,377", "2026-06-29", "257 without an answer"],
        ["夜间热线记录.csv", "2,018", "2026-06-30", "–"],
    ];
    Table {
        id: "files".into(),
        title: "Files read".into(),
        columns: vec![words("File"), numbers("Rows"), words("Newest record"), words("Faults")],
        rows: rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect(),
        note: "Hashes stand in the derivation of each figure.".into(),
        folded: false,
    }
}
