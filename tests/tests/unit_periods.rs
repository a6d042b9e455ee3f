//! A case, an order or a submission belongs to one period: that of its first row.

use cx_core::analysis::{Company, Options, Project, Query, metrics};
use cx_core::ground::period::Grain;
use std::sync::atomic::AtomicBool;

const SETTINGS: &str = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\n\
    [[source]]\nname = \"contacts\"\nfiles = \"contacts.csv\"\n[source.interactions]\n\
    case_id = \"case\"\noccurred_at = \"day\"\nresolved_at = \"solved\"\nkind = { value = \"contact\" }\n\
    [[source]]\nname = \"lines\"\nfiles = \"lines.csv\"\n[source.transactions]\norder_id = \"order\"\n\
    customer_id = \"who\"\noccurred_at = \"day\"\namount = \"amount\"\n";

/// Of each five: case a: contacts on 10 January, 2 and 5 February; b: 20 January;
/// c: 7 February; d: 9 and 10 February.
const CONTACTS: [&str; 7] = [
    "a{},2026-01-10,",
    "a{},2026-02-02,",
    "a{},2026-02-05,2026-02-06",
    "b{},2026-01-20,2026-01-20",
    "c{},2026-02-07,2026-02-07",
    "d{},2026-02-09,",
    "d{},2026-02-10,2026-02-11",
];

/// Of each five: order 1 has lines in January and February; its customer buys
/// in both months all the same.
const LINES: [&str; 5] = [
    "1{},x{},2026-01-01,10",
    "1{},x{},2026-02-01,30",
    "2{},y{},2026-01-15,20",
    "3{},x{},2026-02-28,50",
    "4{},y{},2026-02-20,70",
];

fn five(header: &str, rows: &[&str]) -> String {
    let mut text = header.to_owned();
    for copy in 1..=5 {
        for row in rows {
            text.push_str(&row.replace("{}", &copy.to_string()));
            text.push('\n');
        }
    }
    text
}

#[test]
fn a_unit_belongs_where_it_began() {
    let folder = tempfile::tempdir().expect("a folder");
    let contacts = five("case,day,solved\n", &CONTACTS);
    let lines = five("order,who,day,amount\n", &LINES);
    for (name, text) in [("cx.toml", SETTINGS), ("contacts.csv", &contacts), ("lines.csv", &lines)] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let cancel = AtomicBool::new(false);
    let options = Options { threads: 2, ..Options::quiet(&cancel) };
    let company = Company::load(Project::open(folder.path()).expect("settings"), &options).expect("records");
    let query = Query {
        metrics: vec!["contacts_per_resolution".to_owned(), "aov".to_owned()],
        every: Some(Grain::Month),
        ..Query::default()
    };
    let cards = metrics(&company, &query, &options).expect("figures").cards;
    let months = |i: usize| -> Vec<(String, Option<f64>, u64)> {
        let figures = cards[i].levels.iter();
        figures.map(|f| (f.period.label.clone(), f.estimate.value, f.estimate.size.n)).collect()
    };
    let month = |label: &str, value: f64, n: u64| (label.to_owned(), Some(value), n);
    // January: a with 3 contacts and b with 1; February: c with 1 and d with 2.
    assert_eq!(months(0), [month("2026-01", 2.0, 10), month("2026-02", 1.5, 10)]);
    // January: orders of 40 and 20; February: of 50 and 70.
    assert_eq!(months(1), [month("2026-01", 30.0, 10), month("2026-02", 60.0, 10)]);
    // Nobody is counted twice: the months add up to everything.
    for card in &cards {
        let all: u64 = card.levels.iter().map(|f| f.estimate.size.n).sum();
        assert_eq!(all, card.overall.estimate.size.n, "{}", card.metric.key);
    }
}
