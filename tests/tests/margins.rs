//! `[weights]` margins, from files to figures.

use cx_core::analysis::{Company, Error, ErrorKind, Options, Project, Query, metrics};
use cx_core::findings::Card;
use cx_core::ground::estimate::{Absent, Caveat};
use cx_tests::oracle::{Oracle, shared};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn cards(folder: &Path, query: &Query) -> Result<Vec<Card>, Error> {
    let cancel = AtomicBool::new(false);
    let options = Options { threads: 2, ..Options::quiet(&cancel) };
    let company = Company::load(Project::open(folder)?, &options)?;
    Ok(metrics(&company, query, &options)?.cards)
}

fn ask(keys: &[&str]) -> Query {
    Query { metrics: keys.iter().map(|k| (*k).to_owned()).collect(), ..Query::default() }
}

fn effective(card: &Card) -> (f64, f64) {
    let found = card.overall.estimate.caveats.iter().find_map(|c| match c {
        Caveat::Weighted { effective, design_effect } => Some((*effective, *design_effect)),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{}: {:?}", card.metric.key, card.overall.estimate.caveats))
}

/// The reference sample, raked by this program's own settings: with and without base weights.
///
/// Weights are rounded to 2⁻²⁰ on entry (catalogue B3), so figures agree with
/// unrounded ones to about a millionth; the raking itself is held to its own
/// tolerances by the golden suite.
#[test]
fn the_reference_sample_is_raked() {
    let Some(oracle) = Oracle::open("weighting_raking") else { return };
    let Some(root) = shared("margins of a project") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(root.join("oracle/weighting_raking/input.csv"), folder.path().join("answers.csv"))
        .expect("copied");
    let targets = oracle.table("margins.csv");
    let cells = |name: &str| targets.column(name).expect("a column").cells.clone();
    let mut margins = String::from("[weights]\n");
    for dimension in ["age", "region"] {
        let parts: Vec<String> = (0..targets.rows())
            .filter(|i| cells("variable")[*i] == dimension)
            .map(|i| format!("\"{}\" = {}", cells("level")[i], cells("share")[i]))
            .collect();
        let _ = writeln!(margins, "margins.{dimension} = {{ {} }}", parts.join(", "));
    }
    let settings = |base: &str| {
        format!(
            "format = 1\n[project]\nname = \"Sample\"\n[questions]\nrecommend = \"0-10\"\n{margins}\
             [[source]]\nname = \"answers\"\nfiles = \"answers.csv\"\n[source.responses]\nresponse_id = \"id\"\n\
             question = {{ value = \"recommend\" }}\nvalue = \"ltr\"\ndimensions = [\"age\", \"region\"]\n{base}"
        )
    };
    let write = |base: &str| std::fs::write(folder.path().join("cx.toml"), settings(base)).expect("written");

    write("");
    let cards = cards(folder.path(), &ask(&["ltr_mean", "nps"])).expect("figures");
    let value = |i: usize| cards[i].overall.estimate.value.expect("a value");
    let near = |got: f64, wanted: f64| assert!((got - wanted).abs() < 2e-6 * wanted.abs(), "{got} {wanted}");
    near(value(0), oracle.wanted("raked_mean"));
    near(value(1), 100.0 * oracle.wanted("raked_nps"));
    let (size, design) = effective(&cards[1]);
    near(size, oracle.wanted("kish_neff"));
    near(design, oracle.wanted("kish_deff"));
    assert_eq!(cards[1].metric.identity.weighting, "raked to age, region");
    let plain = oracle.wanted("unweighted_nps") * 100.0;
    assert!((value(1) - plain).abs() > 1.0, "the sample leans, and weighting shows it");

    write("weight = \"base_weight\"\n");
    let cards = self::cards(folder.path(), &ask(&["ltr_mean"])).expect("figures");
    near(cards[0].overall.estimate.value.expect("a value"), oracle.wanted("survey.base.svy_mean"));
    assert_eq!(cards[0].metric.identity.weighting, "raked to age, region from weight");
}

const SETTINGS: &str = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\n\
    [questions]\nrecommend = \"0-10\"\nsatisfaction = \"1-5\"\n\
    [weights]\nmargins.region = { north = 0.5, south = 0.5 }\nmargins.loyal = { yes = 0.5, no = 0.5 }\n\
    [[source]]\nname = \"people\"\nfiles = \"people.csv\"\n[source.customers]\ncustomer_id = \"who\"\n\
    dimensions = [\"region\"]\n\
    [[source]]\nname = \"answers\"\nfiles = \"answers.csv\"\n[source.responses]\nresponse_id = \"id\"\n\
    customer_id = \"who\"\nanswered_at = \"day\"\nquestion = \"question\"\nvalue = \"score\"\n\
    dimensions = [\"loyal\"]\n";

/// Cells of 30, 10, 20 and 40 answers, margins of a half each: the odds ratio 6
/// stays, so the first cell holds √6/(2(1 + √6)) of the base. All answers of
/// the loyal north are 10, all others 0.
fn company(extra: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut people, mut answers) =
        (String::from("who,region\n"), String::from("id,who,day,question,score,loyal\n"));
    let mut id = 0;
    for (region, loyal, n) in
        [("north", "yes", 30), ("north", "no", 10), ("south", "yes", 20), ("south", "no", 40)]
    {
        for _ in 0..n {
            id += 1;
            let score = if (region, loyal) == ("north", "yes") { 10 } else { 0 };
            let _ = writeln!(people, "{id},{region}");
            let day = 1 + id % 28;
            let _ = writeln!(answers, "{id},{id},2026-01-{day:02},recommend,{score},{loyal}");
        }
    }
    answers.push_str(extra);
    std::fs::write(folder.path().join("people.csv"), people).expect("written");
    std::fs::write(folder.path().join("answers.csv"), answers).expect("written");
    std::fs::write(folder.path().join("cx.toml"), SETTINGS).expect("written");
    folder
}

#[test]
fn margins_may_be_of_the_customers_who_answer() {
    let folder = company("");
    let first = 6.0_f64.sqrt() / (2.0 * (1.0 + 6.0_f64.sqrt()));
    let cards = cards(folder.path(), &ask(&["promoter_share", "nps"])).expect("figures");
    let share = cards[0].overall.estimate.value.expect("a share");
    assert!((share - first).abs() < 1e-6, "{share}");
    let nps = cards[1].overall.estimate.value.expect("a net");
    assert!((nps - 100.0 * (2.0 * first - 1.0)).abs() < 1e-4, "{nps}");
    let squares = 2.0 * (100.0 * first).powi(2) * (1.0 / 30.0 + 1.0 / 40.0) / 2.0
        + 2.0 * (100.0 * (0.5 - first)).powi(2) * (1.0 / 10.0 + 1.0 / 20.0) / 2.0;
    let (size, design) = effective(&cards[0]);
    assert!(
        (size - 1e4 / squares).abs() < 1e-3 && (design - squares / 100.0).abs() < 1e-5,
        "{size} {design}"
    );

    // Weights stay what they are whatever is asked for.
    let query = Query {
        by: vec!["region".to_owned()],
        filter: Some("loyal = 'yes'".to_owned()),
        ..ask(&["promoter_share"])
    };
    let cards = self::cards(folder.path(), &query).expect("figures");
    let share = cards[0].overall.estimate.value.expect("a share");
    assert!((share - 2.0 * first).abs() < 1e-6, "half of the base is loyal: {share}");
    assert_eq!(cards[0].levels.len(), 2);
    assert_eq!(cards[0].levels[0].estimate.value, Some(1.0));
}

#[test]
fn answers_under_no_margin_are_counted() {
    let folder = company("900,nobody,2026-01-05,recommend,10,yes\n901,,2026-01-05,recommend,10,no\n");
    let cards = cards(folder.path(), &ask(&["promoter_share"])).expect("figures");
    let first = 6.0_f64.sqrt() / (2.0 * (1.0 + 6.0_f64.sqrt()));
    let estimate = &cards[0].overall.estimate;
    assert!((estimate.value.expect("a share") - first).abs() < 1e-6);
    assert_eq!((estimate.size.n, cards[0].records.blank), (100, 2));
    let said =
        estimate.caveats.iter().any(|c| matches!(c, Caveat::Note { text } if text.contains("2 answers")));
    assert!(said, "{:?}", estimate.caveats);
}

#[test]
fn a_question_that_a_category_never_answered_is_refused_by_name() {
    let folder = company("900,1,2026-01-05,satisfaction,5,yes\n901,2,2026-01-05,satisfaction,4,no\n");
    let cards = cards(folder.path(), &ask(&["promoter_share", "csat_t2b"])).expect("figures");
    assert!(cards[0].overall.estimate.value.is_some());
    let Some(Absent::Refused(refused)) = &cards[1].overall.estimate.absent else {
        panic!("{:?}", cards[1].overall.estimate)
    };
    assert!(refused.reason.contains("region = south") && refused.lift.contains("merge"), "{refused:?}");
}

#[test]
fn weights_are_cut_and_said() {
    let folder = company("");
    let trimmed = SETTINGS.replace("[weights]\n", "[weights]\ntrim = 1.2\n");
    std::fs::write(folder.path().join("cx.toml"), trimmed).expect("written");
    let cards = cards(folder.path(), &ask(&["promoter_share"])).expect("figures");
    // Factors 1.1835 (30), 1.4495 (10), 0.7247 (20), 0.8876 (40): the median is that of the 40.
    let first = 6.0_f64.sqrt() / (2.0 * (1.0 + 6.0_f64.sqrt()));
    let limit = 1.2 * first * 100.0 / 40.0;
    let held = [30.0 * limit, 10.0 * limit, 100.0 * (0.5 - first), 100.0 * first];
    let wanted = held[0] / held.iter().sum::<f64>();
    let estimate = &cards[0].overall.estimate;
    assert!((estimate.value.expect("a share") - wanted).abs() < 1e-6, "{:?} {wanted}", estimate.value);
    let said = estimate
        .caveats
        .iter()
        .any(|c| matches!(c, Caveat::Note { text } if text.contains("40 answers were cut")));
    assert!(said, "{:?}", estimate.caveats);
}

#[test]
fn margins_that_no_record_has_are_faults_with_a_place() {
    let folder = company("");
    let fails = |from: &str, to: &str| {
        std::fs::write(folder.path().join("cx.toml"), SETTINGS.replace(from, to)).expect("written");
        let error = cards(folder.path(), &ask(&["nps"])).expect_err("a fault");
        assert_eq!(error.kind, ErrorKind::Usage, "{error}");
        let place = error.place.clone().expect("a place");
        (place.line.expect("a line"), place.text.unwrap_or_default(), error.help.clone().unwrap_or_default())
    };
    assert_eq!(fails("margins.region", "margins.regoin"), (9, "regoin".into(), "is `region` meant?".into()));
    assert_eq!(fails("south = 0.5", "sout = 0.5"), (9, "sout".into(), "is `south` meant?".into()));
    assert_eq!(fails("[weights]\n", "[weights]\ntrim = 0.5\n").0, 9);
    assert_eq!(fails("south = 0.5", "south = 0.9").0, 9);
}
