//! What others claim, held against the own figures.

use crate::document::{Block, Cell, Chart, ChartData, PairRow, Pairs, Sentence, Span, Table, Tone};
use crate::numbers::{self, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::claims::kind;
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::claims::{Size, Verdict};
use cx_core::findings::{ClaimFound, ClaimsReport, FivePoints, OwnFigure};
use cx_core::ground::estimate::Estimate;

/// Most claims that a sentence speaks of; each stands in a table.
const MOST: usize = 5;

/// A claim with the own figure that tests it.
struct Tested<'a> {
    one: &'a ClaimFound,
    own: &'a OwnFigure,
}

pub(super) fn blocks(editor: &Editor<'_>, report: &ClaimsReport) -> Vec<Block> {
    let say = &editor.say;
    let tested: Vec<Tested<'_>> =
        report.claims.iter().filter_map(|one| Some(Tested { one, own: one.own.as_ref()? })).collect();
    let mut blocks = vec![
        Block::Heading { text: say.claims_heading() },
        Block::Text { text: counted(editor, report, &tested) },
    ];
    let findings: Vec<Sentence> = tested.iter().filter_map(|one| said(editor, one)).take(MOST).collect();
    if !findings.is_empty() {
        blocks.push(Block::Findings { findings });
    }
    // Charts have one axis: changes, levels, multiples and mere directions stand apart.
    for (id, title, of) in [
        ("changes", say.claims_changes(), is_change as fn(Size) -> bool),
        ("levels", say.claims_levels(), |size| matches!(size, Size::Level(_))),
        ("times", say.claims_times(), |size| matches!(size, Size::Times { .. })),
        ("directions", say.claims_directions(), |size| matches!(size, Size::Up | Size::Down)),
    ] {
        let some: Vec<&Tested<'_>> = tested.iter().filter(|one| of(one.one.claim.size())).collect();
        if !some.is_empty() {
            blocks.push(Block::Chart(Box::new(chart(editor, id, title, &some))));
        }
    }
    blocks.extend(report.five_points.as_ref().map(|five| Block::Table(five_points(editor, five))));
    blocks.extend(untested(editor, report).map(Block::Table));
    blocks
}

/// False where the own figure holds both none and the claim.
const fn is_judged(one: &ClaimFound) -> bool {
    !matches!(one.verdict, Verdict::NotTestable { .. })
}

const fn is_change(size: Size) -> bool {
    matches!(size, Size::Relative { .. })
}

/// How many claims are tested here, and how they came out.
fn counted(editor: &Editor<'_>, report: &ClaimsReport, tested: &[Tested<'_>]) -> String {
    let say = &editor.say;
    let of = |wanted: &Verdict| tested.iter().filter(|one| one.one.verdict == *wanted).count() as u64;
    let judged = tested.iter().filter(|one| is_judged(one.one)).count() as u64;
    let text = say.claims_counted(
        judged,
        report.claims.len() as u64,
        of(&Verdict::Consistent),
        of(&Verdict::SmallerHere),
        of(&Verdict::LargerHere),
        of(&Verdict::OppositeHere),
    );
    format!("{text} {}", say.claims_note())
}

/// One claim in one sentence; none where nothing is said of it.
fn said(editor: &Editor<'_>, tested: &Tested<'_>) -> Option<Sentence> {
    let Tested { one, own } = tested;
    if !is_judged(one) {
        return None;
    }
    let found = editor.written(&own.estimate, kind(one.claim.size()));
    let text = editor.say.claim_sentence(
        &one.claim.told(),
        &one.claim.claim_id,
        &one.claim.grade.to_string(),
        &editor.verdict(&one.verdict),
        &(found.text.clone() + &editor.bracketed(&found)),
    );
    Some(Sentence { finding: finding(one), text, tone: tone(&one.verdict) })
}

fn finding(one: &ClaimFound) -> String {
    format!("claims/{}", one.claim.claim_id)
}

const fn tone(verdict: &Verdict) -> Tone {
    match verdict {
        Verdict::Consistent => Tone::Good,
        Verdict::NotTestable { .. } => Tone::Neutral,
        _ => Tone::Warning,
    }
}

fn chart(editor: &Editor<'_>, id: &str, title: String, some: &[&Tested<'_>]) -> Chart {
    let say = &editor.say;
    let agree = some.iter().filter(|one| one.one.verdict == Verdict::Consistent).count() as u64;
    let judged = some.iter().filter(|one| is_judged(one.one)).count() as u64;
    let unit = some[0].own.estimate.unit;
    let table = table(editor, id, title.clone(), some);
    Chart {
        id: format!("claims-{id}"),
        title,
        summary: say.claims_summary(agree, judged),
        note: say.claims_chart_note(&editor.level(), &editor.freshness()),
        table,
        data: ChartData::Claims(Pairs {
            rows: some.iter().map(|one| row(editor, one)).collect(),
            first: say.pairs_claimed(),
            second: say.pairs_found(),
            beside: String::new(),
            format: numbers::format(unit),
            zero: id != "levels",
        }),
    }
}

fn row(editor: &Editor<'_>, tested: &Tested<'_>) -> PairRow {
    let Tested { one, own } = tested;
    let size = one.claim.size();
    PairRow {
        finding: finding(one),
        label: label(editor, one),
        first: span(size, one.claim.told_size()),
        beside: Vec::new(),
        second: editor.written(&own.estimate, kind(size)),
        text: editor.verdict_word(&one.verdict),
        tone: tone(&one.verdict),
    }
}

/// The claim with its grade, without which it is never shown.
fn label(editor: &Editor<'_>, one: &ClaimFound) -> String {
    editor.say.claim_graded(&one.claim.claim_id, &one.claim.grade.to_string(), &one.claim.told())
}

/// Where a claim stands: a point, a range, or one side of none.
fn span(size: Size, text: String) -> Option<Span> {
    let (value, low, high) = match size {
        Size::Relative { low, high } | Size::Times { low, high } if low < high => {
            (None, Some(low), Some(high))
        }
        Size::Relative { low, .. } | Size::Times { low, .. } => (Some(low), None, None),
        Size::Level(level) => (Some(level), None, None),
        Size::Up => (None, Some(0.0), None),
        Size::Down => (None, None, Some(0.0)),
        Size::NoEffect => return None,
    };
    Some(Span { value, low, high, text })
}

fn table(editor: &Editor<'_>, id: &str, title: String, some: &[&Tested<'_>]) -> Table {
    let say = &editor.say;
    let cells = |tested: &&Tested<'_>| -> Vec<Cell> {
        let Tested { one, own } = tested;
        let verdict = capital(&editor.verdict(&one.verdict));
        let by = own.grade.map_or_else(|| "–".to_owned(), |grade| grade.letter().to_owned());
        vec![
            text(say.claim_says(&one.claim.claim_id, &one.claim.told())),
            text(one.claim.grade.to_string()),
            figure(editor.written(&own.estimate, kind(one.claim.size())), &finding(one)),
            text(if own.near { say.claim_near(&own.name) } else { own.name.clone() }),
            text(by),
            text(match &one.remark {
                Some(remark) => say.claim_remarked(&verdict, remark),
                None => verdict,
            }),
        ]
    };
    Table {
        id: format!("claims-{id}-table"),
        title,
        columns: vec![
            text_column(say.column_claim()),
            text_column(say.column_claim_grade()),
            number_column(say.column_here()),
            text_column(say.column_measured()),
            text_column(say.column_evidence_grade()),
            text_column(say.column_verdict()),
        ],
        rows: some.iter().map(cells).collect(),
        note: String::new(),
        folded: false,
    }
}

/// Claims that no figure here tests, with what it would take.
fn untested(editor: &Editor<'_>, report: &ClaimsReport) -> Option<Table> {
    let say = &editor.say;
    let cells = |one: &ClaimFound| -> Vec<Cell> {
        let needs = match &one.verdict {
            // Ids of metrics keep their letters.
            Verdict::NotTestable { needs } => needs.clone(),
            other => editor.verdict(other),
        };
        vec![
            text(say.claim_says(&one.claim.claim_id, &one.claim.told())),
            text(one.claim.grade.to_string()),
            text(one.claim.missing.clone()),
            text(match &one.remark {
                Some(remark) => say.claim_remarked(&needs, remark),
                None => needs,
            }),
        ]
    };
    let rows: Vec<Vec<Cell>> = report.claims.iter().filter(|one| one.own.is_none()).map(cells).collect();
    (!rows.is_empty()).then(|| Table {
        id: "claims-untested".to_owned(),
        title: say.untested_table(),
        columns: vec![
            text_column(say.column_claim()),
            text_column(say.column_claim_grade()),
            text_column(say.column_not_said()),
            text_column(say.column_would_take()),
        ],
        rows,
        note: String::new(),
        folded: true,
    })
}

/// The most famous claim on the company's own figures.
fn five_points(editor: &Editor<'_>, five: &FivePoints) -> Table {
    let say = &editor.say;
    let row = |name: String, estimate: &Estimate| -> Vec<Cell> {
        vec![text(name), figure(editor.relative(estimate), "")]
    };
    let mut rows: Vec<Vec<Cell>> = five
        .values
        .iter()
        .map(|(convention, estimate)| row(say.five_value(&convention.replace('_', " ")), estimate))
        .collect();
    rows.extend(
        five.profits.iter().map(|(year, estimate)| row(say.five_profit(&year.to_string()), estimate)),
    );
    rows.push(row(say.five_end(), &five.profit_in_the_end));
    let kept = editor.figure(&five.retention);
    Table {
        id: "five-points".to_owned(),
        title: say.five_table(),
        columns: vec![text_column(say.column_what()), number_column(say.column_change())],
        rows,
        note: say.five_note(&(kept.text.clone() + &editor.bracketed(&kept)), &percent(five.rate)),
        folded: false,
    }
}
