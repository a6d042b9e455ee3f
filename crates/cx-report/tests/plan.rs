//! The section on what to do: the choice, what stands beside it, and what cannot be said.

mod fixture;

use cx_core::findings::PlanReport;
use cx_core::ground::estimate::{Absent, Refused};
use cx_report::document::{Block, Cell, Chart, ChartData, Document, Section, Table};
use cx_report::inputs::Inputs;
use cx_report::sections::build;
use fixture::inputs;

/// The report after a change of its plan.
fn changed(change: impl FnOnce(&mut PlanReport)) -> Document {
    let mut inputs: Inputs = inputs();
    change(inputs.plan.as_mut().expect("a plan is there"));
    build(&inputs, "en")
}

fn section(document: &Document) -> &Section {
    document.sections.iter().find(|section| section.id == "plan").expect("the section is there")
}

fn texts(document: &Document) -> Vec<&str> {
    section(document)
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Findings { findings } => findings.iter().map(|one| one.text.as_str()).collect(),
            Block::Text { text } => vec![text.as_str()],
            _ => Vec::new(),
        })
        .collect()
}

fn charts(document: &Document) -> Vec<&Chart> {
    let blocks = section(document).blocks.iter();
    blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(&**chart) } else { None }).collect()
}

fn table<'d>(document: &'d Document, id: &str) -> Option<&'d Table> {
    let of = |block: &'d Block| match block {
        Block::Table(table) => Some(table),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    };
    section(document).blocks.iter().filter_map(of).find(|table| table.id == id)
}

fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Text { text } => text,
        Cell::Figure { figure, .. } => &figure.text,
    }
}

#[test]
fn the_choice_is_told_with_what_stands_beside_it() {
    let document = changed(|_| {});
    let ids: Vec<&str> = document.sections.iter().map(|section| section.id.as_str()).collect();
    let place = |id: &str| ids.iter().position(|one| *one == id);
    assert!(place("initiatives") < place("plan") && place("plan") < place("risks"), "{ids:?}");
    let texts = texts(&document);
    assert!(
        texts[0].starts_with("Do Delay notices before customers ask, Coaching by recorded calls for ")
            && texts[0].contains("very likely (90\u{a0}%)")
            && texts[0].ends_with("The least sure of them is in the best set of 69\u{a0}% of the draws."),
        "{}",
        texts[0]
    );
    assert!(texts.iter().any(|text| text.contains("of the budget of")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("kept twice is kept once")), "{texts:?}");
    // A curve without a ceiling says nothing.
    assert_eq!(texts.iter().filter(|text| text.contains("brings less than one")).count(), 1);
}

#[test]
fn every_figure_leads_to_its_derivation() {
    let document = changed(|_| {});
    let known: Vec<&str> = document.derivations.iter().map(|one| one.finding.as_str()).collect();
    for id in ["plan/npv", "plan/NOTICES/npv", "plan/opportunity/churn"] {
        assert!(known.contains(&id), "{id}: {known:?}");
    }
    for chart in charts(&document) {
        assert!(!chart.summary.is_empty() && !chart.table.rows.is_empty(), "{}", chart.id);
    }
}

#[test]
fn how_sure_the_choice_is_is_drawn_chosen_first() {
    let document = changed(|plan| {
        let portfolio = plan.portfolio.as_mut().expect("a choice");
        portfolio.choices.reverse();
    });
    let chart = charts(&document).into_iter().find(|chart| chart.id == "choice").expect("the chart");
    let ChartData::Amounts { bars, .. } = &chart.data else { panic!("bars are drawn") };
    let labels: Vec<&str> = bars.iter().map(|bar| bar.label.as_str()).collect();
    assert_eq!(
        labels,
        ["Delay notices before customers ask", "Coaching by recorded calls", "Assistant for invoices"]
    );
    let left = chart.table.rows.last().expect("a row");
    assert_eq!((words(&left[1]), words(&left[6])), ("leave", "–"));
}

#[test]
fn a_test_that_finds_nothing_possible_says_so() {
    let document = changed(|_| {});
    let rows = &table(&document, "tests-before").expect("the table").rows;
    assert_eq!(words(&rows[2][5]), "none possible");
    assert_eq!(words(&rows[0][4]), "−2.1\u{a0}%");
    let road = &table(&document, "roadmap").expect("the table").rows;
    assert_eq!(words(&road[1][3]), "Coaching by recorded calls (test first)");
}

#[test]
fn to_do_nothing_is_an_answer() {
    let document = changed(|plan| {
        let portfolio = plan.portfolio.as_mut().expect("a choice");
        portfolio.chosen.clear();
        portfolio.roadmap.clear();
        portfolio.choices.iter_mut().for_each(|one| one.chosen = false);
    });
    assert_eq!(texts(&document)[0], "Do none of what is planned: no set pays with a chance of 70\u{a0}%.");
    assert!(table(&document, "roadmap").is_none());
    let document = changed(|plan| {
        let portfolio = plan.portfolio.as_mut().expect("a choice");
        portfolio.chosen.clear();
        portfolio.objective = "mean".into();
        portfolio.asked = None;
    });
    assert!(texts(&document)[0].contains("brings more than it costs"));
}

#[test]
fn without_a_plan_figures_still_have_their_worth() {
    let why = Refused {
        rule: "no plan".into(),
        reason: "nothing is planned".into(),
        lift: "write plan.toml".into(),
    };
    let document = changed(|plan| {
        plan.candidates.clear();
        plan.portfolio = Err(Absent::Refused(why));
    });
    assert!(texts(&document)[0].contains("Nothing is planned"), "{:?}", texts(&document));
    let chart = &charts(&document)[0];
    assert_eq!(chart.id, "opportunities");
    assert!(chart.summary.starts_with("Share that leaves −10.0\u{a0}% would be worth "), "{}", chart.summary);
    let mut none = inputs();
    none.plan = None;
    assert!(build(&none, "en").sections.iter().all(|section| section.id != "plan"));
}
