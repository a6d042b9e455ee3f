//! The recovery test on companies small enough to know: what is planted in their records is found again.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::analysis::{Company, Options, Project, recovery};
use cx_core::findings::{Recovered, RecoveryReport};
use cx_core::ground::estimate::{Absent, Estimate};
use cx_core::ground::period::Day;
use cx_core::studies::recover::Question;
use cx_tests::planted::{self, even};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const SETTINGS: &str = r#"format = 1
[project]
name = "Whole"
time_zone = "Europe/Warsaw"
currency = "EUR"
[[source]]
name = "customers"
files = ["customers.csv"]
[source.customers]
customer_id = "id"
acquired_at = "from"
closed_at = "to"
[[source]]
name = "orders"
files = ["orders.csv"]
[source.transactions]
customer_id = "id"
occurred_at = "day"
amount = "amount"
cogs = "goods"
"#;

/// Customers who buy about once a month over two years, each as much as is usual for them; spending
/// rises for all, and some leave.
fn write(dir: &Path, n: u64) {
    let mut customers = "id;from;to\n".to_owned();
    let mut orders = "id;day;amount;goods\n".to_owned();
    let begin: Day = "2024-01-01".parse().unwrap();
    for i in 0..n {
        let leaves = begin.plus((4000.0 * even(3, "left", i)) as i32);
        let to = if leaves < begin.plus(720) { leaves.to_string() } else { String::new() };
        let _ = writeln!(customers, "C{i:04};2023-06-01;{to}");
        let usual = 10.0 + 60.0 * even(3, "usual", i).powi(2);
        for month in 0..24_u64 {
            let key = 100 * i + month;
            let when = begin.plus((30 * month) as i32 + (29.0 * even(3, "day", key)) as i32);
            if when < leaves {
                let amount = usual * (1.0 + 0.02 * month as f64) * (0.5 + even(3, "amount", key));
                let _ = writeln!(orders, "C{i:04};{when};{amount:.2};{:.2}", 0.6 * amount);
            }
        }
    }
    planted::write_all(dir, &[("cx.toml", SETTINGS), ("customers.csv", &customers), ("orders.csv", &orders)]);
}

fn asked(dir: &Path, question: &Question, threads: usize) -> RecoveryReport {
    let cancel = AtomicBool::new(false);
    let options = Options { threads, ..Options::quiet(&cancel) };
    let company = Company::load(Project::open(dir).unwrap(), &options).unwrap();
    recovery(&company, question, &options).unwrap()
}

fn tested(n: u64, question: &Question) -> Recovered {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), n);
    asked(folder.path(), question, 2).recovered.unwrap()
}

fn counted(share: &Estimate) -> (u64, u64) {
    (share.size.events.unwrap(), share.size.n)
}

#[test]
fn a_large_effect_is_found_and_a_placebo_is_not() {
    let repeats = 40;
    let test = tested(600, &Question { effect: 0.3, repeats, ..Question::default() });
    assert!(test.holds, "{:?}", test.checks);
    assert_eq!((test.outcome.as_str(), test.design.as_str()), ("margin", "randomised"));
    assert_eq!(test.treated, test.control);
    // Margin is what is paid less the goods, and grows by the same share as both.
    let planted = &test.planted;
    assert!((planted.truth / test.without - 0.3).abs() < 0.01, "{} of {}", planted.truth, test.without);
    assert_eq!(counted(&planted.called), (40, 40));
    assert_eq!((planted.wrong_sign, planted.withheld), (0, 0));
    let (held, given) = counted(&planted.covered);
    assert!(given == 40 && held >= 34, "{held} of {given}");
    let bias = planted.bias.interval.unwrap();
    assert!(bias.contains(0.0) && planted.bias.value.unwrap().abs() < 0.02 * planted.truth, "{bias:?}");
    let (called, all) = counted(&test.placebo.called);
    assert!(all == 40 && called <= 6, "{called} of {all}");
    assert_eq!(test.placebo.truth, 0.0);
    // Everybody spends more every month: before and after is another figure in every lot.
    let naive = test.before_after.unwrap();
    assert_eq!(counted(&naive.covered), (0, 40));
    assert!(naive.measured.value.unwrap() > 1.2 * planted.truth, "{naive:?}");
    assert!((0.01..0.1).contains(&test.detectable_share.unwrap()), "{:?}", test.detectable_share);
}

/// What is smaller than these records find is missed, and a loss is found as a loss.
#[test]
fn power_is_what_it_is_said_to_be() {
    let repeats = 40;
    let small = tested(600, &Question { effect: 0.002, repeats, ..Question::default() });
    assert!(small.detectable_share.unwrap() > 0.01);
    assert!(counted(&small.planted.called).0 <= 8, "{:?}", small.planted.called);
    let lost = tested(600, &Question { effect: -0.2, share: 0.5, repeats, ..Question::default() });
    assert!(lost.planted.truth < 0.0 && lost.treated + lost.control <= lost.active.div_ceil(2));
    assert_eq!((counted(&lost.planted.called).0, lost.planted.wrong_sign), (40, 0));
    // Found in four of five lots, as the figure promises: at the smallest detectable effect itself.
    let least = lost.detectable_share.unwrap();
    let at = tested(600, &Question { effect: -least, share: 0.5, repeats, ..Question::default() });
    let (called, all) = counted(&at.planted.called);
    assert!((24..=38).contains(&called), "{called} of {all} at {least}");
}

#[test]
fn threads_change_nothing_and_a_seed_does() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 300);
    let question = Question { repeats: 7, ..Question::default() };
    let text = |threads| serde_json::to_string(&asked(folder.path(), &question, threads)).unwrap();
    let one = text(1);
    assert_eq!(one, text(2));
    let other = SETTINGS.replace("currency", "seed = 9\ncurrency");
    planted::write_all(folder.path(), &[("cx.toml", &other)]);
    assert_ne!(one, text(1));
}

fn refused(settings: &str, files: &[(&str, &str)], question: &Question) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    planted::write_all(folder.path(), files);
    planted::write_all(folder.path(), &[("cx.toml", settings)]);
    match asked(folder.path(), question, 1).recovered {
        Err(Absent::Refused(why)) => (why.rule, why.lift),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_records_do_not_allow_is_refused_with_what_would_lift_it() {
    let head = "format = 1\n[project]\nname = \"A\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\n[[source]]\nname = \"a\"\nfiles = [\"a.csv\"]\n";
    let usual = Question::default();
    let contracts = format!(
        "{head}[source.subscriptions]\nsubscription_id = \"id\"\ncustomer_id = \"who\"\nstarted_at = \"from\"\n"
    );
    let (rule, lift) =
        refused(&contracts, &[("a.csv", "id,who,from\n1,a,2024-01-01\n2,b,2025-01-01\n")], &usual);
    assert_eq!(rule, "order lines");
    assert!(lift.contains("`transactions`"), "{lift}");

    let nobody = format!("{head}[source.transactions]\noccurred_at = \"day\"\namount = \"amount\"\n");
    let days = "day,amount,who\n2024-01-01,10,a\n2025-01-01,10,b\n";
    assert_eq!(refused(&nobody, &[("a.csv", days)], &usual).0, "customers");

    let unpaid = format!("{head}[source.transactions]\noccurred_at = \"day\"\ncustomer_id = \"who\"\n");
    assert_eq!(refused(&unpaid, &[("a.csv", days)], &usual).0, "amounts");

    let lines = format!("{nobody}customer_id = \"who\"\n");
    let short = "day,amount,who\n2024-01-01,10,a\n2024-02-20,10,b\n";
    assert_eq!(refused(&lines, &[("a.csv", short)], &usual).0, "days");
    assert_eq!(refused(&lines, &[("a.csv", days)], &usual).0, "customers");
    let late = Question { from: Some("2024-12-20".parse().unwrap()), ..usual };
    let (rule, lift) = refused(&lines, &[("a.csv", days)], &late);
    assert_eq!((rule.as_str(), lift.as_str()), ("first day", "a day from 2024-01-29 to 2024-12-03"));
}
