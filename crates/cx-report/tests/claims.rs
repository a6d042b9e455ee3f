//! What others claim, held against own figures: no claim without its grade, no figure without its verdict.

mod fixture;

use cx_core::claims::Verdict;
use cx_report::document::{Block, Cell, Chart, ChartData, Document, Section, Table};
use cx_report::inputs::Inputs;
use cx_report::sections::build;
use fixture::inputs;

fn risks(document: &Document) -> &Section {
    document.sections.iter().find(|section| section.id == "risks").expect("the section is there")
}

fn charts(document: &Document) -> Vec<&Chart> {
    let blocks = risks(document).blocks.iter();
    let charts =
        blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(&**chart) } else { None });
    charts.filter(|chart| matches!(chart.data, ChartData::Claims(_))).collect()
}

fn words(cells: &[Cell]) -> Vec<&str> {
    cells.iter().map(|cell| if let Cell::Text { text } = cell { text.as_str() } else { "" }).collect()
}

/// Each tested claim stands once on the axis of its kind, each other in the table of those not tested.
#[test]
fn every_claim_is_there_once_with_its_grade_and_verdict() {
    let document = build(&inputs(), "en");
    let report = inputs().claims.expect("claims");
    let (mut drawn, mut listed) = (Vec::new(), Vec::new());
    for chart in charts(&document) {
        let ChartData::Claims(pairs) = &chart.data else { continue };
        assert_eq!(pairs.rows.len(), chart.table.rows.len(), "{}", chart.id);
        assert!(!chart.summary.is_empty() && !chart.note.is_empty(), "{}", chart.id);
        for (row, cells) in pairs.rows.iter().zip(&chart.table.rows) {
            let words = words(cells);
            assert!(row.label.contains(&format!("(grade {})", words[1])), "{}", row.label);
            assert!(words[5].to_lowercase().starts_with(&row.text), "{}: {}", words[5], row.text);
            drawn.push(row.finding.trim_start_matches("claims/").to_owned());
        }
    }
    let untested = |block: &&Block| matches!(block, Block::Table(table) if table.id == "claims-untested");
    let Some(Block::Table(Table { rows, .. })) = risks(&document).blocks.iter().find(untested) else {
        panic!("the table is there")
    };
    listed.extend(rows.iter().map(|row| words(row)[0].split(':').next().unwrap_or_default().to_owned()));
    let mut all = [drawn.clone(), listed].concat();
    all.sort();
    let wanted: Vec<String> = report.claims.iter().map(|one| one.claim.claim_id.clone()).collect();
    assert_eq!(all, wanted);
    assert_eq!(drawn.len(), report.claims.iter().filter(|one| one.own.is_some()).count());
}

/// A claim is a point, a range or a side of none; the own figure has its interval in the terms of the claim.
#[test]
fn a_claim_and_the_own_figure_stand_on_one_axis() {
    let document = build(&inputs(), "en");
    let row = |id: &str| {
        let finding = format!("claims/{id}");
        let rows = charts(&document).into_iter().flat_map(|chart| match &chart.data {
            ChartData::Claims(pairs) => pairs.rows.clone(),
            _ => vec![],
        });
        rows.into_iter().find(|row| row.finding == finding).expect("the row is there")
    };
    let of = |id: &str| row(id).first.map(|span| (span.value, span.low, span.high)).expect("a claim");
    assert_eq!(of("C15"), (Some(0.24), None, None));
    assert_eq!(of("C08"), (None, Some(0.25), Some(0.95)));
    assert_eq!(of("C06"), (None, Some(0.0), None));
    assert_eq!(of("C28"), (None, Some(6.0), Some(7.0)));
    assert_eq!((row("C16").second.text.as_str(), row("C16").text.as_str()), ("−12.7\u{a0}%", "smaller here"));
    assert_eq!(row("C06").second.text, "+3.1 pp");
    assert_eq!(row("C08").text, "consistent");
    let derived = document.derivations.iter().find(|one| one.finding == "claims/C16").expect("it is derived");
    assert_eq!(derived.figure.text, "−12.7\u{a0}%");
}

/// What is said of a claim is said with its grade and never as a cause.
#[test]
fn a_claim_is_told_with_grade_verdict_and_own_figure() {
    let document = build(&inputs(), "en");
    let said: Vec<&str> = risks(&document)
        .blocks
        .iter()
        .flat_map(|block| if let Block::Findings { findings } = block { &findings[..] } else { &[] })
        .map(|one| one.text.as_str())
        .collect();
    assert!(
        said.contains(
            &"The claim “proactive support → retention: +24 %” (C15, grade E) is smaller here: +1.0\u{a0}% (+0.3\u{a0}% to +1.6\u{a0}%)."
        ),
        "{said:?}"
    );
    assert!(said.iter().all(|text| text.contains("grade ") && !text.contains("caused")), "{said:?}");
}

/// An interval that holds none and the claim is no verdict against it.
#[test]
fn what_cannot_be_told_is_not_counted_as_inconsistent() {
    let mut inputs: Inputs = inputs();
    let all = &mut inputs.claims.as_mut().expect("claims").claims;
    let one = all.iter_mut().find(|one| one.claim.claim_id == "C06").expect("it is there");
    one.verdict = Verdict::NotTestable { needs: "a narrower interval".into() };
    let document = build(&inputs, "en");
    let chart = charts(&document).into_iter().find(|chart| chart.id == "claims-directions").expect("a chart");
    assert!(chart.summary.starts_with("No claim of this kind is tested"), "{}", chart.summary);
}

#[test]
fn where_nothing_is_tested_the_section_says_so() {
    let mut inputs: Inputs = inputs();
    for one in &mut inputs.claims.as_mut().expect("claims").claims {
        one.own = None;
        one.verdict = Verdict::NotTestable { needs: "records".into() };
    }
    let document = build(&inputs, "en");
    assert!(charts(&document).is_empty());
    let blocks = risks(&document).blocks.iter();
    let said = |block: &Block| matches!(block, Block::Text { text } if text.starts_with("None of 9 claims"));
    assert!(blocks.clone().any(said));
}
