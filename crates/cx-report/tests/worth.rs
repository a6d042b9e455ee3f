//! The section on value: what it says, in which words, and what it leaves out.

mod fixture;

use cx_core::ground::estimate::Absent;
use cx_core::ground::evidence::Grade;
use cx_report::document::{Block, ChartData, Document, Section, Sentence};
use cx_report::formats::{csv, md, text};
use cx_report::inputs::Inputs;
use cx_report::inputs::worth::Worth;
use cx_report::sections::build;
use fixture::inputs;

fn section(document: &Document) -> &Section {
    document.sections.iter().find(|section| section.id == "worth").expect("the section is there")
}

fn sentences(document: &Document) -> Vec<&Sentence> {
    let blocks = section(document).blocks.iter();
    blocks
        .flat_map(|block| match block {
            Block::Findings { findings } => findings.as_slice(),
            _ => &[],
        })
        .collect()
}

fn said<'d>(document: &'d Document, finding: &str) -> &'d str {
    let all = sentences(document);
    &all.iter().rev().find(|sentence| sentence.finding == finding).expect("the sentence is there").text
}

/// The same report after a change of its findings on value.
fn changed(change: impl FnOnce(&mut Worth)) -> Document {
    let mut inputs: Inputs = inputs();
    change(&mut inputs.worth);
    build(&inputs, "en")
}

const KEPT: &str = "linkage/kept/passives-detractors";
const SPEND: &str = "linkage/spend/passives-detractors";

#[test]
fn without_findings_there_is_no_section() {
    let document = changed(|worth| *worth = Worth::default());
    assert!(document.sections.iter().all(|section| section.id != "worth"));
}

/// The verb says no more than the design allows.
#[test]
fn a_sentence_claims_what_its_grade_allows() {
    let of = |grade: Grade| changed(|worth| worth.linkage.as_mut().expect("linkage is there").grade = grade);
    let words = |grade: Grade| said(&of(grade), KEPT).to_owned();
    for grade in [Grade::W, Grade::A] {
        assert!(
            words(grade).contains("goes with the share of customers who stay over 365 days higher by 2.3 pp")
        );
    }
    for grade in [Grade::R, Grade::Q] {
        assert!(words(grade).contains("caused"), "{grade:?}");
        // A design leaves nothing to a hidden factor.
        assert!(!words(grade).contains("hidden factor"), "{grade:?}");
    }
    assert!(words(Grade::T).contains("moved at the same time as"));
    assert!(words(Grade::C).contains("is claimed to bring"));
    for grade in [Grade::W, Grade::A, Grade::T, Grade::C] {
        let document = of(grade);
        for sentence in sentences(&document) {
            let causal = ["caused", "because", "leads to", "drives", "due to"];
            assert!(!causal.iter().any(|verb| sentence.text.contains(verb)), "{}", sentence.text);
        }
    }
}

#[test]
fn a_linkage_is_one_sentence_of_fixed_grammar() {
    let document = build(&inputs(), "en");
    assert_eq!(
        said(&document, KEPT),
        "Passives rather than detractors in NPS goes with the share of customers who stay over 365 days higher by \
         2.3 pp (1.2 pp to 3.4 pp) after adjustment, +4.7 pp before. A hidden factor as strong as tenure could \
         explain it; it takes 6.1\u{a0}% of what is left unexplained. Grade A: an association adjusted for what is \
         known."
    );
}

/// What cannot be told is never without the smallest difference that would have been seen.
#[test]
fn no_measurable_difference_comes_with_what_would_have_been_seen() {
    let document = build(&inputs(), "en");
    let text = said(&document, SPEND);
    let start =
        "No measurable difference in spend over 365 days between passives and detractors in NPS: +€5.00";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("a difference of €11.20 would have been seen"), "{text}");
    assert!(text.contains("That it is above zero is likely (81\u{a0}%)."), "{text}");
}

#[test]
fn a_figure_that_is_not_given_says_why_where_it_would_stand() {
    let document = build(&inputs(), "en");
    let text = said(&document, "linkage/lifetime_value/passives-detractors");
    assert!(text.starts_with("Cannot say whether lifetime value over 5 years goes with"), "{text}");
    assert!(text.contains("212 rows; 300 are asked for."), "{text}");
    let refusals: Vec<_> = section(&document)
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Refusals { refusals } => refusals.as_slice(),
            _ => &[],
        })
        .collect();
    assert!(refusals.iter().any(|one| one.lift == "Supply transactions.occurred_at."));
    assert!(refusals.iter().all(|one| !one.reason.is_empty() && !one.lift.is_empty()));
}

/// A difference whose own grade is lower than the study's is not told in the study's verb.
#[test]
fn a_difference_keeps_its_own_grade() {
    let document = changed(|worth| {
        let linkage = worth.linkage.as_mut().expect("linkage is there");
        linkage.outcomes[0].contrasts[0].adjusted.grade = Some(Grade::T);
    });
    assert!(said(&document, KEPT).contains("moved at the same time as"));
    assert!(said(&document, "linkage/kept/promoters-passives").contains("goes with"));
}

/// Survival runs from nobody to everybody, and every age says who is still watched.
#[test]
fn every_age_of_a_curve_says_how_many_are_watched() {
    let document = build(&inputs(), "en");
    let mut curves = 0;
    for block in &section(&document).blocks {
        let Block::Chart(chart) = block else { continue };
        let ChartData::Survival { curves: drawn, ticks, .. } = &chart.data else { continue };
        for curve in drawn {
            curves += 1;
            assert_eq!(curve.at_ticks.len(), ticks.len(), "{}", curve.label);
            assert!(curve.at_ticks.iter().all(|figure| !figure.n.is_empty()), "{}", curve.label);
            assert!(curve.steps.iter().all(|step| (0.0..=1.0).contains(&step.share)));
            assert!(curve.median.value.is_some() || curve.median.absent.is_some());
        }
    }
    assert_eq!(curves, 5);
}

/// A number in a sentence is the number of the table beside it.
#[test]
fn sentences_and_tables_take_one_number() {
    let document = build(&inputs(), "en");
    for sentence in sentences(&document) {
        let derivation = document.derivations.iter().find(|one| one.finding == sentence.finding);
        let figure = &derivation.unwrap_or_else(|| panic!("{} is derived", sentence.finding)).figure;
        let digits = |text: &str| text.trim_start_matches(['+', '−']).to_owned();
        if figure.value.is_some() {
            assert!(sentence.text.contains(&digits(&figure.text)), "{}: {}", figure.text, sentence.text);
        }
    }
}

/// Referrals stand in a table of their own and in no sum.
#[test]
fn referrals_have_their_own_ledger() {
    let document = build(&inputs(), "en");
    let blocks = &section(&document).blocks;
    let of = |id: &str| {
        blocks.iter().any(|block| {
            matches!(block, Block::Table(table) if table.id == "referral-ledger"
                && table.rows.iter().flatten().any(|cell| matches!(cell,
                    cx_report::document::Cell::Figure { finding: Some(finding), .. } if finding == id)))
        })
    };
    assert!(of("value/customer_referral_value"));
    let tiled = blocks.iter().any(|block| {
        matches!(block, Block::Tiles { tiles }
            if tiles.iter().any(|tile| tile.finding == "value/customer_referral_value"))
    });
    assert!(!tiled);
}

#[test]
fn a_group_without_half_lost_says_so() {
    let document = build(&inputs(), "en");
    let output = text::render(&document, text::Terminal { width: 100, colors: false });
    assert!(output.contains("More than half were still there at the end: Contract, mobile"));
    assert!(output.contains("Half have left after: more than half were still there at the end"));
}

#[test]
fn a_part_of_unknown_origin_has_bounds_and_not_an_interval() {
    let document = build(&inputs(), "en");
    let output = md::render(&document);
    assert!(output.contains("| New by recommendation | +€7,300,000 (bounds +€7,300,000 to +€10,500,000) |"));
    let table = csv::render(&document);
    let row = table.lines().find(|line| line.contains("New by recommendation")).expect("a row a figure");
    assert!(row.contains(",7300000,7300000,10500000,money,"), "{row}");
}

#[test]
fn no_data_is_a_question_with_its_reason() {
    let document = changed(|worth| {
        worth.absent = vec![cx_report::inputs::worth::Question {
            about: cx_report::inputs::worth::About::Survival,
            absent: Absent::NoData,
        }];
    });
    let output = md::render(&document);
    assert!(output.contains("**How long do customers stay?** not given: No row qualifies."), "{output}");
}
