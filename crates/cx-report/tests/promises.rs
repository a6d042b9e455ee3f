//! The sections on promises: every one of them is there, the bad ones too.

mod fixture;

use cx_core::findings::{PromiseFound, PromisesReport};
use cx_core::ground::estimate::Refused;
use cx_report::document::{
    Block, Cell, Chart, ChartData, Document, Pairs, Refusal, Section, Sentence, Table,
};
use cx_report::inputs::Inputs;
use cx_report::sections::build;
use fixture::inputs;

fn ledger() -> PromisesReport {
    inputs().promises.expect("the sample's ledger makes sense")
}

/// The report after a change of what the ledger says.
fn changed(change: impl FnOnce(&mut PromisesReport)) -> Document {
    let mut inputs: Inputs = inputs();
    change(inputs.promises.as_mut().expect("a ledger"));
    build(&inputs, "en")
}

fn section<'d>(document: &'d Document, id: &str) -> &'d Section {
    document.sections.iter().find(|section| section.id == id).expect("the section is there")
}

fn charts<'d>(document: &'d Document, id: &str) -> Vec<&'d Chart> {
    let blocks = section(document, id).blocks.iter();
    blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(&**chart) } else { None }).collect()
}

fn tables<'d>(document: &'d Document, id: &str) -> Vec<&'d Table> {
    let blocks = section(document, id).blocks.iter();
    let of = |block: &'d Block| match block {
        Block::Table(table) => Some(table),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    };
    blocks.filter_map(of).collect()
}

fn sentences<'d>(document: &'d Document, id: &str) -> Vec<&'d Sentence> {
    let blocks = section(document, id).blocks.iter();
    blocks
        .flat_map(|block| if let Block::Findings { findings } = block { &findings[..] } else { &[] })
        .collect()
}

fn refusals<'d>(document: &'d Document, id: &str) -> Vec<&'d Refusal> {
    let blocks = section(document, id).blocks.iter();
    blocks
        .flat_map(|block| if let Block::Refusals { refusals } = block { &refusals[..] } else { &[] })
        .collect()
}

/// First cells of the tables of the charts of promises.
fn named(document: &Document) -> Vec<String> {
    let tables = tables(document, "promised").into_iter().filter(|table| table.id.starts_with("promised-"));
    let first =
        |row: &Vec<Cell>| if let Cell::Text { text } = &row[0] { text.clone() } else { String::new() };
    tables.flat_map(|table| &table.rows).map(first).collect()
}

fn pairs(chart: &Chart) -> &Pairs {
    match &chart.data {
        ChartData::Dumbbell(pairs) | ChartData::Calibration(pairs) => pairs,
        other => panic!("{other:?}"),
    }
}

fn over(one: &PromiseFound) -> bool {
    !["open", "amended"].contains(&one.state.as_str())
}

/// Kept, missed, without an outcome, taken back: each stands in a chart, its table and nowhere else.
#[test]
fn all_promises_due_are_present_including_bad_ones() {
    let (document, ledger) = (build(&inputs(), "en"), ledger());
    let (names, rows) = (named(&document), charts(&document, "promised").into_iter().map(pairs));
    let rows: Vec<_> = rows.flat_map(|pairs| &pairs.rows).collect();
    let (mut closed, mut open) = (0, 0);
    for one in &ledger.promises {
        let (start, finding) =
            (format!("{}: ", one.claim_id), format!("evaluate/{}/delivered", one.claim_id));
        let (listed, drawn) = (
            names.iter().filter(|name| name.starts_with(&start)).count(),
            rows.iter().filter(|row| row.finding == finding).count(),
        );
        let wanted = usize::from(over(one));
        assert_eq!((listed, drawn), (wanted, wanted), "{}", one.claim_id);
        closed += wanted;
        open += 1 - wanted;
    }
    assert_eq!((closed, open), (8, 2));
    let row = |id: &str| rows.iter().find(|row| row.label.starts_with(id)).expect("the row is there");
    for (id, text) in [
        ("P-01", "inside the range"),
        ("P-02", "below the range"),
        ("P-03", "above the range"),
        ("P-04", "due, without an outcome"),
        ("P-05", "taken back"),
    ] {
        assert_eq!(row(id).text, text);
    }
    assert_eq!(row("P-04").second.absent.as_deref(), Some("not given: checks"));
    let (low, high) = (row("P-02").first.as_ref().and_then(|span| span.low), row("P-02").second.low);
    assert!(low.is_some() && high.is_some(), "both have their range");
    assert_eq!(row("P-07").beside.len(), 1, "an amendment stands beside the promise as it was made");
}

/// However many there are, none falls out of the tables.
#[test]
fn a_hundred_bad_promises_are_a_hundred_rows() {
    let document = changed(|found| {
        let bad = found.promises.iter().find(|one| one.claim_id == "P-02").expect("it is there").clone();
        found.promises =
            (0..100).map(|i| PromiseFound { claim_id: format!("B{i:02}"), ..bad.clone() }).collect();
    });
    assert_eq!(named(&document).len(), 100);
    let said = sentences(&document, "promised");
    assert_eq!(said.iter().filter(|one| one.text.contains("we promised")).count(), 8);
    let texts = section(&document, "promised").blocks.iter();
    let more = |block: &Block| matches!(block, Block::Text { text } if text.starts_with("92 more promises are over"));
    assert!(texts.clone().any(more));
}

#[test]
fn a_sentence_holds_delivered_against_promised_and_the_bad_ones_come_first() {
    let document = build(&inputs(), "en");
    let said = sentences(&document, "promised");
    assert_eq!(
        said[0].text,
        "For Welcome call in the first month we promised +€6.00 (+€4.72 to +€7.28) of margin by 30 June 2026; \
         delivered +€3.90 (+€2.34 to +€5.46): below the promised range. Grade R: randomised, checks passed."
    );
    assert!(
        said[1].text.contains("nobody can say what came: A check that must hold failed."),
        "{}",
        said[1].text
    );
    assert!(said[2].text.contains("it was taken back: nobody was drawn by lot. It counts as unresolved."));
    assert!(said[3].text.contains("above the promised range") && said[3].text.contains("scored apart"));
    // A share is promised in points.
    let kept = said.iter().find(|one| one.finding == "evaluate/P-06/delivered").expect("it is there");
    assert!(kept.text.contains("+0.9 pp"), "{}", kept.text);
    for one in &said {
        let derivation = document.derivations.iter().find(|known| known.finding == one.finding);
        let figure = &derivation.unwrap_or_else(|| panic!("{} is derived", one.finding)).figure;
        assert!(one.text.contains(&figure.text), "{}: {}", figure.text, one.text);
    }
}

#[test]
fn what_cannot_be_judged_says_what_would_lift_it() {
    let document = build(&inputs(), "en");
    let found = refusals(&document, "promised");
    assert_eq!(found.iter().filter(|one| one.question == "What came of P-04?").count(), 1);
    assert!(found.iter().all(|one| !one.reason.is_empty() && !one.lift.is_empty()));
    assert!(
        found.iter().all(|one| !one.question.contains("P-05")),
        "what was taken back is no open question"
    );
}

/// Coverage is the ledger's own, with its interval, its n, and a warning below five.
#[test]
fn calibration_warns_below_five() {
    let chart = |document: &Document| {
        charts(document, "promised")
            .into_iter()
            .find(|chart| chart.id == "calibration")
            .cloned()
            .expect("a chart")
    };
    let few = "Fewer than five are judged";
    let shown = chart(&build(&inputs(), "en"));
    let found = ledger().record.prospective.expect("some are judged");
    assert_eq!(found.n, 5);
    assert!(
        shown
            .summary
            .starts_with("Of 5 judged promises made before the exposure, 4 came inside their 80\u{a0}%")
    );
    assert!(!shown.summary.contains(few), "{}", shown.summary);
    let row = &pairs(&shown).rows[1];
    assert_eq!(row.first.as_ref().and_then(|span| span.value), Some(0.8));
    assert_eq!(row.second.value, found.coverage[1].share.value);
    assert_eq!(row.text, "4 of 5");
    // Three kinds of promises, three intervals each.
    assert_eq!((pairs(&shown).rows.len(), shown.table.rows.len()), (9, 9));
    let fewer = changed(|found| {
        found.record.prospective.as_mut().expect("some").n = 4;
    });
    assert!(chart(&fewer).summary.ends_with(&format!("{few}, which says next to nothing of the next ones.")));
}

#[test]
fn ratios_are_shown_by_family_and_a_prior_is_called_one() {
    let document = build(&inputs(), "en");
    let chart =
        charts(&document, "promised").into_iter().find(|chart| chart.id == "ratios").expect("a chart");
    let labels: Vec<&str> = pairs(chart).rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["omnichannel", "proactive"]);
    assert!(
        pairs(chart).rows.iter().all(|row| row.first.as_ref().is_some_and(|span| span.value == Some(1.0)))
    );
    let prior = changed(|found| {
        found.record.families.clear();
        found.record.optimism_from = "prior".into();
        found.record.optimism.size.n = 2;
    });
    assert!(charts(&prior, "promised").iter().all(|chart| chart.id != "ratios"));
    let said = sentences(&prior, "promised").into_iter().find(|one| one.finding == "evaluate/optimism");
    assert!(
        said.expect("a sentence")
            .text
            .ends_with("a prior, since 2 promises are judged and it takes five to measure it.")
    );
}

#[test]
fn without_a_ledger_the_section_says_how_one_begins() {
    let document = changed(|found| {
        found.promises.clear();
        found.entries = 0;
        found.there = false;
    });
    let found = &section(&document, "promised").blocks;
    assert_eq!(found.len(), 1, "a refusal and nothing else");
    let refused = refusals(&document, "promised")[0];
    assert!(refused.reason.starts_with("No promise was ever written down"), "{}", refused.reason);
    assert!(refused.lift.contains("cx evaluate --add FILE.json"), "{}", refused.lift);
    assert!(document.sections.iter().all(|section| section.id != "promises"));
}

#[test]
fn a_broken_ledger_is_a_refusal_in_its_place() {
    let why = Refused {
        rule: "ledger".into(),
        reason: "line 3 was changed".into(),
        lift: "the ledger as it was".into(),
    };
    let document = build(&Inputs { promises: Err(why), ..inputs() }, "en");
    let refused = refusals(&document, "promised")[0];
    assert_eq!(
        (refused.reason.as_str(), refused.lift.as_str()),
        ("Line 3 was changed.", "The ledger as it was.")
    );
}

#[test]
fn where_nothing_is_due_the_reader_is_told_where_promises_stand() {
    let document = changed(|found| found.promises.retain(|one| !over(one)));
    let texts: Vec<&String> = section(&document, "promised")
        .blocks
        .iter()
        .filter_map(|block| if let Block::Text { text } = block { Some(text) } else { None })
        .collect();
    assert!(texts[0].starts_with("No promise is due by 30 June 2026: all 2 are still open"), "{texts:?}");
}

/// One card a promise: quantiles, the day, who, the hash of the record, and the end of the chain.
#[test]
fn a_card_has_all_that_a_promise_will_be_held_to() {
    let (document, ledger) = (build(&inputs(), "en"), ledger());
    let open: Vec<&PromiseFound> = ledger.promises.iter().filter(|one| !over(one)).collect();
    let blocks = &section(&document, "promises").blocks;
    let cards: Vec<_> = blocks
        .iter()
        .filter_map(|block| if let Block::Facts { facts } = block { Some(facts) } else { None })
        .collect();
    assert_eq!((cards.len(), open.len()), (2, 2));
    for (card, one) in cards.iter().zip(&open) {
        let value = |label: &str| {
            card.iter().find(|fact| fact.label == label).map(|fact| fact.value.as_str()).unwrap_or_default()
        };
        let last = one.wordings.last().expect("a wording");
        assert_eq!(value("Hash of the record"), last.hash);
        assert_eq!(last.hash.len(), 64);
        assert_eq!((value("Promised by"), value("Owner")), (one.author.as_str(), one.author.as_str()));
        assert!(value("Judged on").ends_with(if one.claim_id == "P-08" {
            "June 2027"
        } else {
            "December 2026"
        }));
        assert!(value("Written down").ends_with("before the exposure"));
    }
    let points = tables(&document, "promises")[0];
    // The amended one has both wordings.
    assert_eq!((points.columns.len(), points.rows.len()), (8, 3));
    let Cell::Figure { figure, .. } = &points.rows[0][4] else { panic!("a figure") };
    assert_eq!(figure.value, Some(open[0].wordings[0].promised.p50));
    let Some(Block::Text { text }) = blocks.last() else { panic!("the head") };
    assert!(text.contains(&ledger.head), "{text}");
    let amended = sentences(&document, "promises").into_iter().find(|one| one.finding.contains("P-09"));
    assert!(amended.expect("a sentence").text.contains("Amended to +€3.20"));
}
