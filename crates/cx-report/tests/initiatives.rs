//! The sections on initiatives: what they say, in which words, and what they leave out.

mod fixture;

use cx_core::findings::{Held, RoiReport, WithClaim};
use cx_core::ground::estimate::{Absent, Estimate, Size};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;
use cx_report::document::{Block, Cell, Chart, ChartData, Document, Refusal, Section, Sentence, Table};
use cx_report::inputs::Inputs;
use cx_report::sections::build;
use fixture::inputs;

fn section<'d>(document: &'d Document, id: &str) -> &'d Section {
    document.sections.iter().find(|section| section.id == id).expect("the section is there")
}

fn sentences(document: &Document) -> Vec<&Sentence> {
    let blocks = section(document, "initiatives").blocks.iter();
    blocks
        .flat_map(|block| match block {
            Block::Findings { findings } => findings.as_slice(),
            _ => &[],
        })
        .collect()
}

fn said<'d>(document: &'d Document, finding: &str) -> &'d str {
    &sentences(document).iter().find(|one| one.finding == finding).expect("the sentence is there").text
}

fn table<'d>(document: &'d Document, id: &str) -> &'d Table {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let mut tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    });
    tables.find(|table| table.id == id).expect("the table is there")
}

fn charts(document: &Document) -> impl Iterator<Item = &Chart> {
    document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Chart(chart) => Some(&**chart),
        _ => None,
    })
}

/// The same report after a change of its findings on initiatives.
fn changed(change: impl FnOnce(&mut RoiReport)) -> Document {
    let mut inputs: Inputs = inputs();
    change(inputs.returns.as_mut().expect("initiatives are there"));
    build(&inputs, "en")
}

const EFFECT: &str = "roi/WELCOME/margin/effect";
const WORTH: &str = "roi/WELCOME/npv";

#[test]
fn without_initiatives_there_is_no_section() {
    let document = build(&Inputs { returns: None, claims: None, ..inputs() }, "en");
    assert!(document.sections.iter().all(|section| !["initiatives", "risks"].contains(&section.id.as_str())));
}

/// The verb says no more than the design allows.
#[test]
fn a_sentence_claims_what_its_grade_allows() {
    let of = |grade: Grade| changed(|found| found.initiatives[1].grade = Some(grade));
    for grade in [Grade::R, Grade::Q] {
        let document = of(grade);
        assert!(
            said(&document, EFFECT).contains("caused margin higher by €3.90 (€1.50 to €6.30)"),
            "{grade:?}"
        );
    }
    for (grade, verb) in [
        (Grade::W, "goes with margin higher"),
        (Grade::A, "goes with margin higher"),
        (Grade::T, "moved at the same time as margin higher"),
        (Grade::C, "is claimed to bring margin higher"),
    ] {
        let document = of(grade);
        let text = said(&document, EFFECT);
        assert!(text.contains(verb), "{text}");
        let causal = ["caused", "because", "leads to", "drives", "due to"];
        assert!(!causal.iter().any(|verb| text.contains(verb)), "{text}");
    }
}

#[test]
fn no_measurable_change_comes_with_what_would_have_been_seen() {
    let document = changed(|found| found.initiatives[1].outcomes.swap(0, 3));
    let text = said(&document, "roi/WELCOME/contacts/effect");
    assert!(text.starts_with("No measurable change of contacts with Welcome call"), "{text}");
    assert!(text.contains("would have been seen in four of five cases"), "{text}");
}

/// Where a check failed there is a difference, and no effect.
#[test]
fn a_failed_check_leaves_no_effect() {
    let document = build(&inputs(), "en");
    let text = said(&document, "roi/TRAIN/cost_to_serve/effect");
    assert!(text.contains("That is no effect, since a check that must hold failed."), "{text}");
    assert!(!text.contains("caused"), "{text}");
    assert!(sentences(&document).iter().all(|one| one.finding != "roi/TRAIN/npv"));
}

/// Money is never without grade, interval, horizon, chance and what it hangs on.
#[test]
fn money_has_all_that_belongs_to_it() {
    let document = build(&inputs(), "en");
    let text = said(&document, WORTH);
    for part in [
        "Over 36 months",
        "€418,000",
        "after a cost of €186,000",
        "very likely (91.7\u{a0}%)",
        "It needs an effect of +€1.20 on margin, and +€3.90 was measured.",
        "Grade R",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // A saving is less cost, as the effect beside it.
    let text = said(&document, "roi/DESK/npv");
    assert!(text.contains("an effect of −€0.09 on cost to serve"), "{text}");
}

fn value(table: &Table, row: &str) -> f64 {
    let of = |cells: &Vec<Cell>| match cells.as_slice() {
        [Cell::Text { text }, Cell::Figure { figure, .. }, ..] if text == row => figure.value,
        _ => None,
    };
    table.rows.iter().find_map(of).unwrap_or_else(|| panic!("{row} stands in {}", table.id))
}

#[test]
fn streams_add_up_to_their_sum() {
    let document = build(&inputs(), "en");
    let table = table(&document, "money-1");
    let streams = ["From more customers staying", "From customers spending more", "From both together"];
    let sum: f64 = streams.iter().map(|row| value(table, row)).sum();
    assert!((sum - value(table, "Sum of these")).abs() < 1e-6);
}

/// Everything that `cx roi` says of take-up, claims and what fits stands in the report.
#[test]
fn whom_it_reached_and_what_others_claim_stand_beside_the_effect() {
    let document = build(&inputs(), "en");
    let sizes = table(&document, "sizes-1");
    assert_eq!(sizes.columns.last().map(|column| column.title.as_str()), Some("On those it reached"));
    let Cell::Figure { figure, .. } = &sizes.rows[0][4] else { panic!("a figure") };
    // €3.90 over a difference in take-up of 0.79.
    assert_eq!(figure.text, "+€4.94");
    let Cell::Figure { figure, .. } = &sizes.rows[1][2] else { panic!("a figure") };
    assert_eq!(figure.text, "+1.0\u{a0}%", "0.9 points of 91.8 %");
    let note = &table(&document, "effects-1").note;
    for said in [
        "The effect is about 20,611 customers.",
        "It reached 82.0\u{a0}% of the assigned and 3.0\u{a0}% of the others.",
    ] {
        assert!(note.contains(said), "{said}: {note}");
    }
    let beside = &table(&document, "beside-1").rows;
    let [
        Cell::Text { text: claim },
        Cell::Text { text: grade },
        Cell::Figure { figure, .. },
        ..,
        Cell::Text { text: verdict },
    ] = beside[0].as_slice()
    else {
        panic!("five cells")
    };
    assert_eq!(claim, "C15: proactive support → retention: +24 %");
    assert_eq!((grade.as_str(), verdict.as_str()), ("E", "Smaller here"));
    assert_eq!(
        (figure.text.as_str(), figure.interval.as_str()),
        ("+1.0\u{a0}%", "+0.3\u{a0}% to +1.6\u{a0}%")
    );
}

/// Where claims together are more than the company gained, each says what is left of it.
#[test]
fn a_scaled_claim_is_told_beside_the_claim_as_made() {
    let document = changed(|found| {
        if let Ok(money) = &mut found.initiatives[1].money {
            let npv = Estimate::new(23_000.0, money.npv.interval, Unit::Money, Size::default());
            money.held = Some(Held { factor: 0.5, benefit: money.benefit.clone(), npv, pays: 0.54 });
        }
        if let Ok(guard) = &mut found.guard {
            guard.factor = 0.5;
        }
        if let Ok(programme) = &mut found.programme {
            programme.as_claimed = Some(Estimate::new(9.9e6, None, Unit::Money, Size::default()));
        }
    });
    let told = sentences(&document).into_iter().filter(|one| one.finding == WORTH).nth(1).expect("a second");
    for part in [
        "As claimed it is worth €418,000",
        "If 50\u{a0}% of its gain is true, it is worth €23,000",
        "about even (54\u{a0}%)",
    ] {
        assert!(told.text.contains(part), "{part}: {}", told.text);
    }
    assert_eq!(
        table(&document, "money-1").rows.len(),
        table(&build(&inputs(), "en"), "money-1").rows.len() + 3
    );
    assert!(said(&document, "roi/programme/npv").contains("As they claim it would be €9,900,000."));
    assert_eq!(value(table(&document, "claimed"), "One desk for all channels"), 612_000.0);
    assert!(!table(&document, "claimed").folded, "what does not fit is open to see");
}

/// A claim switched on as a prior never stands without the own figure.
#[test]
fn a_prior_is_told_with_and_without() {
    let of = |first: bool| {
        changed(|found| {
            let beside = &mut found.initiatives[1].claims[0];
            let estimate = beside.own.estimate.clone().affine(2.0, 0.0, Unit::Share);
            beside.with = Some(WithClaim { estimate, own_share: 0.9, weight: 0.1, without_first: first });
        })
    };
    let text = |document: &Document| {
        let blocks = section(document, "initiatives").blocks.iter();
        let mut texts = blocks.filter_map(|block| match block {
            Block::Text { text } if text.contains("C15") => Some(text.clone()),
            _ => None,
        });
        texts.next().expect("a sentence on the prior")
    };
    assert!(
        text(&of(false))
            .starts_with("With C15 as a prior (weight 0.1000; 90\u{a0}% of the result is own data): +2.0")
    );
    assert!(
        text(&of(true)).starts_with("Without C15, which is the figure to go by: +1.0"),
        "{}",
        text(&of(true))
    );
}

/// What is refused stands where the figure would, and at its end with all others.
#[test]
fn a_refusal_says_why_and_what_would_lift_it() {
    let document = build(&inputs(), "en");
    let refusals: Vec<&Refusal> = section(&document, "initiatives")
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Refusals { refusals } => refusals.as_slice(),
            _ => &[],
        })
        .collect();
    assert_eq!(refusals.len(), 2);
    assert!(refusals.iter().all(|one| !one.reason.is_empty() && !one.lift.is_empty()));
    assert_eq!(table(&document, "refused").rows.len(), 2);
    let shown = table(&document, "initiatives-table").rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Figure { figure, .. } => figure.absent.as_deref(),
        Cell::Text { .. } => None,
    });
    assert_eq!(shown.collect::<Vec<_>>(), ["not given: checks", "not given: customers chose in"]);
}

/// The first page says what initiatives are worth and the one thing most worth knowing.
#[test]
fn the_answer_begins_with_the_programme() {
    let document = build(&inputs(), "en");
    let Block::Findings { findings } = &section(&document, "answer").blocks[0] else { panic!("findings") };
    assert_eq!(findings[0].finding, "roi/programme/npv");
    assert!(
        findings[0].text.starts_with("2 initiatives together are worth €1,658,000"),
        "{}",
        findings[0].text
    );
    assert!(findings[0].text.contains("almost certain (98.6\u{a0}%)"), "{}", findings[0].text);
    let unknown = "One thing we do not know of Welcome call in the first month: effect.";
    assert!(findings[1].text.starts_with(unknown), "{}", findings[1].text);
    let document = changed(|found| found.programme = Err(Absent::NoData));
    assert!(matches!(&section(&document, "answer").blocks[0], Block::Text { .. }));
}

#[test]
fn draws_are_all_in_their_bins_and_the_event_study_begins_before_the_start() {
    let document = build(&inputs(), "en");
    let (mut densities, mut paths) = (0, 0);
    for chart in charts(&document) {
        match &chart.data {
            ChartData::Density { counts, low, middle, high, .. } => {
                densities += 1;
                assert_eq!(counts.len(), 40);
                assert!(low.value < middle.value && middle.value < high.value, "{}", chart.id);
            }
            ChartData::EventStudy { points, .. } => {
                paths += 1;
                assert!(points.iter().any(|point| point.at < 0));
                assert!(chart.note.contains("it holds up to 1.30 times"), "{}", chart.note);
            }
            _ => {}
        }
    }
    assert_eq!((densities, paths), (3, 1));
}

/// A number in a sentence is the number that is derived.
#[test]
fn sentences_and_derivations_take_one_number() {
    let document = build(&inputs(), "en");
    for sentence in sentences(&document) {
        let derivation = document.derivations.iter().find(|one| one.finding == sentence.finding);
        let figure = &derivation.unwrap_or_else(|| panic!("{} is derived", sentence.finding)).figure;
        let digits = figure.text.trim_start_matches(['+', '−']);
        assert!(sentence.text.contains(digits), "{}: {}", figure.text, sentence.text);
    }
}
