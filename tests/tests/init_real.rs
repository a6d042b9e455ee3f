//! `cx init` on files as they were published: the settings it writes run, and the counts are right.
#![allow(clippy::unwrap_used, reason = "a failed look-up fails the test")]
#![allow(clippy::print_stderr, reason = "a skipped suite says so")]

use cx_core::project::Settings;
use cx_core::project::init::{fill, survey_folder};
use cx_core::tables::dataset::Table;
use cx_core::tables::load::{Loaded, Options, load};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// The folder of real data: `$CX_SHARED/data`, or `data` in a folder `shared` beside the workspace.
fn data(set: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("CX_SHARED").map_or_else(beside, PathBuf::from).join("data").join(set);
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var("CX_REQUIRE").is_ok_and(|what| what == "all");
    assert!(!required, "CX_REQUIRE=all, and there is no real data at {}", folder.display());
    eprintln!("SKIPPED: no real data at {}; set CX_SHARED to the folder that holds `data`", folder.display());
    None
}

/// What came of a folder.
struct Ran {
    text: String,
    loaded: Loaded,
}

/// Surveys a folder, checks what is asked, answers it and loads what the text says.
fn run(folder: &Path, asked: &[&str], answers: &[(&str, &str)]) -> Ran {
    let found = survey_folder(folder).unwrap();
    let none = BTreeMap::new();
    let keys: Vec<String> = found.questions(&none).into_iter().map(|q| q.key).collect();
    assert_eq!(keys, asked);
    let answers: BTreeMap<String, String> =
        answers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let open = found.settings_text(&none).unwrap();
    if !asked.is_empty() {
        let error = Settings::parse("cx.toml", &open).unwrap_err();
        assert!(!error.open.is_empty(), "{error}");
    }
    let text = found.settings_text(&answers).unwrap();
    assert!(found.questions(&answers).is_empty());
    // The same answers mend a text that was written without them.
    let mended = Settings::parse("cx.toml", &fill(&open, &answers).unwrap()).unwrap();
    let settings = Settings::parse("cx.toml", &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(mended.sources.len(), settings.sources.len());
    let cancel = AtomicBool::new(false);
    let options =
        Options { threads: 2, cancel: &cancel, stream_above: u64::MAX, count_repeats: false, hash: false };
    let zone = settings.zone.as_ref();
    let loaded = load(folder, &settings.sources, &settings.scales, zone, settings.currency, &options)
        .unwrap_or_else(|e| panic!("{e}\n{text}"));
    Ran { text, loaded }
}

impl Ran {
    fn table(&self, name: &str) -> &Table {
        self.loaded.data.table(name).unwrap()
    }

    /// Rows of a table by the text of some columns; a blank is `-`.
    fn counts(&self, table: &str, columns: &[&str]) -> BTreeMap<Vec<String>, u64> {
        use cx_core::tables::column::{NO_BOOL, NO_CODE, NO_TIME, View};
        let table = self.table(table);
        let dictionaries: Vec<_> =
            columns.iter().map(|c| table.column(c).unwrap().dictionary.clone()).collect();
        let found: Mutex<BTreeMap<Vec<String>, u64>> = Mutex::default();
        let shown = |view: &View<'_>, i: usize, row: usize| match view {
            View::Codes(v) if v[row] == NO_CODE => "-".to_owned(),
            View::Codes(v) => dictionaries[i].as_ref().unwrap().text(v[row]),
            View::Bool(v) if v[row] == NO_BOOL => "-".to_owned(),
            View::Bool(v) => v[row].to_string(),
            View::Num(v) if v[row].is_nan() => "-".to_owned(),
            View::Num(v) => v[row].to_string(),
            View::Time(v) => if v[row] == NO_TIME { "-" } else { "known" }.to_owned(),
            View::Text(_) => "text".to_owned(),
        };
        table
            .scan(columns, 1, &AtomicBool::new(false), &|_, batch| {
                let mut found = found.lock().unwrap();
                for row in 0..batch.rows {
                    let key = batch.columns.iter().enumerate().map(|(i, v)| shown(v, i, row)).collect();
                    *found.entry(key).or_default() += 1;
                }
                Ok(())
            })
            .unwrap();
        found.into_inner().unwrap()
    }

    fn count(&self, table: &str, column: &str, value: &str) -> u64 {
        self.counts(table, &[column]).get([value.to_owned()].as_slice()).copied().unwrap_or(0)
    }

    fn issues(&self, fault: &str) -> Vec<(String, u64)> {
        let issues = self.loaded.issues(&|_| false);
        issues
            .into_iter()
            .filter(|i| format!("{:?}", i.fault) == fault)
            .map(|i| (format!("{}.{}", i.table, i.column.unwrap_or_default()), i.count))
            .collect()
    }
}

/// Proves S098 in part.
#[test]
fn telco_asks_for_the_day_and_the_currency_alone() {
    let Some(folder) = data("telco_ibm") else { return };
    let day = "source.telco_customer_churn.day";
    let ran = run(&folder, &["project.currency", day], &[("project.currency", "USD"), (day, "2024-01-31")]);
    assert_eq!(ran.table("customers").rows, 7043);
    assert_eq!(ran.count("customers", "closed_at", "known"), 1869);
    assert_eq!(ran.count("customers", "acquired_at", "known"), 7043);
    assert_eq!(ran.table("subscriptions").rows, 7043);
    assert!(
        ran.loaded.data.table("transactions").is_none(),
        "a total of six years is no purchase of a month"
    );
    assert_eq!(ran.count("customers", "paid_to_date", "-"), 11);
    assert_eq!(ran.count("customers", "paid_to_date", "0"), 0, "a blank is not a zero");
    assert_eq!(ran.issues("BlankValue"), [("customers.paid_to_date".to_owned(), 11)]);
    assert_eq!(ran.count("customers", "contract", "Month-to-month"), 3875);
    assert_eq!(ran.count("customers", "senior_citizen", "1"), 1142);
    assert!(ran.text.contains("looks like months since the start: 0..72, whole numbers"));
}

#[test]
fn airline_asks_nothing() {
    let Some(folder) = data("airline_invistico") else { return };
    let ran = run(&folder, &[], &[]);
    assert_eq!(ran.table("responses").rows, 129_880 * 15);
    let by = ran.counts("responses", &["question", "outcome"]);
    let n = |question: &str, outcome: &str| {
        by.get([question.to_owned(), outcome.to_owned()].as_slice()).copied().unwrap_or(0)
    };
    assert_eq!(n("satisfaction", "answered"), 129_880);
    // Zeros by column, from the file: 4797 + 6664 + 5945 + 2 + 132 + 2978 + 1 + 18 + 5 + 444 + 0 + 1 + 5 + 14.
    assert_eq!(n("attribute", "dont_know"), 21_006);
    assert_eq!(n("attribute", "answered"), 129_880 * 14 - 21_006);
    let satisfied = ran.counts("responses", &["question", "value"]);
    assert_eq!(satisfied[["satisfaction".to_owned(), "1".to_owned()].as_slice()], 71_087);
    let items = ran.counts("responses", &["item", "touchpoint"]);
    assert_eq!(items.len(), 15, "14 items and the question without one");
    assert_eq!(items[["Seat comfort".to_owned(), "Seat comfort".to_owned()].as_slice()], 129_880);
    assert_eq!(ran.count("responses", "class", "Eco Plus"), 9411 * 15);
}

/// Proves S058 in part.
/// Proves S097 in part.
#[test]
fn retail_asks_for_zone_and_currency_and_suggests_them() {
    let Some(folder) = data("online_retail_uci") else { return };
    let found = survey_folder(&folder).unwrap();
    let first: Vec<String> =
        found.questions(&BTreeMap::new()).iter().map(|q| q.choices[0].value.clone()).collect();
    assert_eq!(first, ["Europe/London", "GBP"], "by the countries of the file");
    let asked = ["project.time_zone", "project.currency"];
    let ran = run(&folder, &asked, &[(asked[0], "Europe/London"), (asked[1], "GBP")]);
    assert_eq!(ran.table("transactions").rows, 541_909);
    assert_eq!(ran.issues("NoCustomer"), [("transactions.customer_id".to_owned(), 135_080)]);
    assert_eq!(ran.issues("RoundedAmount"), [("transactions.amount".to_owned(), 4)]);
    assert_eq!(ran.count("transactions", "kind", "return"), 9288);
    assert_eq!(ran.count("transactions", "kind", "adjustment"), 3);
    assert_eq!(ran.count("transactions", "kind", "sale"), 541_909 - 9291);
    let minor: f64 = ran
        .counts("transactions", &["amount"])
        .iter()
        .map(|(amount, n)| amount[0].parse::<f64>().unwrap() * *n as f64)
        .sum();
    // 9,747,747.934 in the file: four amounts end in a tenth of a penny and are rounded.
    assert!((minor / 100.0 - 9_747_747.934).abs() <= 0.004 + 1e-6, "{minor}");
}

/// Proves S092 in part.
#[test]
fn lounge_reads_ratings_and_recommendation() {
    let Some(folder) = data("skytrax_lounge") else { return };
    let ran = run(&folder, &[], &[]);
    assert_eq!(ran.table("reviews").rows, 2264);
    assert_eq!(ran.count("reviews", "rating", "-"), 5);
    // The first rating above five is of 2015-06-09; from then on they are common.
    assert_eq!(
        (ran.count("reviews", "rating_max", "5"), ran.count("reviews", "rating_max", "10")),
        (2145, 119)
    );
    assert!(ran.text.contains("if(date >= '2015-06-09', 10, 5)"), "{}", ran.text);
    let by = ran.counts("responses", &["question", "outcome", "value"]);
    let n = |parts: [&str; 3]| by.get(parts.map(str::to_owned).as_slice()).copied().unwrap_or(0);
    assert_eq!(n(["recommend", "answered", "1"]), 816);
    assert_eq!(n(["recommend", "answered", "0"]), 1448);
    let blank = n(["attribute", "blank", "-"]);
    let answered: u64 =
        by.iter().filter(|(k, _)| k[0] == "attribute" && k[1] == "answered").map(|(_, n)| n).sum();
    // 54 blank cells and 326 zeros in seven columns.
    assert_eq!((blank, answered), (380, 2264 * 7 - 380));
    assert!(!ran.text.contains("R Deu"), "no author is named");
}

#[test]
fn incidents_count_by_their_last_state() {
    let Some(folder) = data("incident_event_log") else { return };
    let zone = "project.time_zone";
    let ran = run(&folder, &[zone], &[(zone, "UTC")]);
    let report = &ran.loaded.reports["interactions"];
    // The folder holds the first 5,998 events, of 890 of the 24,918 incidents of the whole set.
    assert_eq!((report.read, report.superseded, report.kept), (5998, 5108, 890));
    assert_eq!(ran.count("interactions", "sla_met", "1"), 495, "55.62 % of cases, not 93.3 % of events");
    assert_eq!(ran.count("interactions", "reopened", "1"), 10);
    assert_eq!(ran.count("interactions", "transferred", "0"), 499);
    assert_eq!(ran.count("interactions", "resolved_at", "-"), 29);
    assert_eq!(ran.count("interactions", "closed_at", "known"), 890);
    assert_eq!(ran.issues("ClosedUnresolved"), [("interactions.resolved_at".to_owned(), 29)]);
}
