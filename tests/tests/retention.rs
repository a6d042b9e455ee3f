//! Who stays, over companies small enough to count by hand and over made-up
//! ones whose truth is known.

use cx_core::analysis::{Company, Options, Project, RetentionQuery, retention};
use cx_core::findings::{CohortKind, Fact, Part, Retention};
use cx_core::ground::estimate::{Absent, Caveat};
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

const CUSTOMERS: &str = "[[source]]\nname = \"customers\"\nfiles = \"customers.csv\"\n[source.customers]\n\
    customer_id = \"id\"\nacquired_at = \"from\"\nclosed_at = \"to\"\nclose_reason = \"why\"\ndimensions = [\"plan\"]\n";
const CONTRACTS: &str = "[[source]]\nname = \"contracts\"\nfiles = \"customers.csv\"\n[source.subscriptions]\n\
    subscription_id = \"id\"\ncustomer_id = \"id\"\nstarted_at = \"from\"\nended_at = \"to\"\nmrr = \"mrr\"\n\
    dimensions = [\"plan\"]\n";
const ORDERS: &str = "[[source]]\nname = \"orders\"\nfiles = \"orders.csv\"\n[source.transactions]\n\
    order_id = \"order\"\ncustomer_id = \"who\"\noccurred_at = \"when\"\namount = \"amount\"\n";

struct Made {
    _folder: tempfile::TempDir,
    company: Company,
    cancel: AtomicBool,
}

fn options(cancel: &AtomicBool, threads: usize) -> Options<'_> {
    Options { threads, ..Options::quiet(cancel) }
}

fn made(head: &str, sources: &[&str], files: &[(&str, &str)], as_of: &str) -> Made {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!(
        "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\n{head}{}",
        sources.concat()
    );
    std::fs::write(folder.path().join("cx.toml"), text).expect("written");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let cancel = AtomicBool::new(false);
    let with = Options { as_of: Some(as_of.parse().expect("a day")), ..options(&cancel, 1) };
    let company = Project::open(folder.path())
        .and_then(|p| Company::load(p, &with))
        .unwrap_or_else(|e| panic!("{e:?}"));
    Made { _folder: folder, company, cancel }
}

impl Made {
    fn ask(&self, by: &[&str], within: Option<u32>) -> Retention {
        let query = RetentionQuery { by: by.iter().map(|b| (*b).to_owned()).collect(), within };
        retention(&self.company, &query, &options(&self.cancel, 2)).unwrap_or_else(|e| panic!("{e:?}"))
    }
}

fn found<T>(part: &Part<T>) -> &T {
    match part {
        Part::Found(x) => x,
        Part::Absent(why) => panic!("{why:?}"),
    }
}

fn value(fact: &Fact) -> f64 {
    fact.estimate.value.unwrap_or_else(|| panic!("{}: {:?}", fact.id, fact.estimate.absent))
}

#[track_caller]
fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-12, "{a}, not {b}");
}

/// Ages at the end in days: 40, 100, 200, and 365 and 180 still there.
const FIVE: &str = "id,from,to,why,plan\n\
    a,2025-01-01,2025-02-10,price,gold\n\
    b,2025-01-01,2025-04-11,moved,gold\n\
    c,2025-01-01,2025-07-20,price,basic\n\
    d,2025-01-01,,,basic\n\
    e,2025-07-05,,,basic\n";

/// Proves S026 in part.
/// Proves S065 in part.
#[test]
fn five_customers_by_hand() {
    let made = made("min_customers = 1\n", &[CUSTOMERS], &[("customers.csv", FIVE)], "2025-12-31");
    let study = made.ask(&[], None);
    let survival = found(&study.survival);
    assert_eq!((survival.whole.n, survival.whole.left), (5, 3));
    let at = |id: &str| value(study.fact(id).unwrap_or_else(|| panic!("no {id}")));
    close(at("retention/survival/1"), 1.0);
    close(at("retention/survival/3"), 0.8);
    close(at("retention/survival/6"), 0.6);
    // A year is 365.25 days of age; who came on the first of January is watched for 365 of them.
    close(at("retention/survival/12"), 0.3);
    close(at("retention/median"), 200.0 / 30.4375);
    let second = survival.whole.hazard.iter().find(|h| h.month == 2).expect("a second month");
    assert_eq!((second.at_risk, second.left), (5, 1));
    close(second.value, 0.2);
    // The mean is followed while five are watched: the first month, in which nobody left.
    close(at("retention/mean/1"), 1.0);
    // Causes compete: what they take and who is left add up to everybody.
    close(at("retention/left_for/price/12"), 0.5);
    close(at("retention/left_for/moved/12"), 0.2);
    close(at("retention/reason/price"), 2.0 / 3.0);
    assert_eq!(found(&study.causes).unstated, 0);
    // Three events carry no model, and two customers are no group.
    assert!(matches!(study.drivers, Part::Absent(Absent::Refused(_))));
    assert!(survival.by.is_none());
    assert!(matches!(study.leaving, Part::Absent(Absent::Refused(_))), "{:?}", study.leaving);
    assert!(
        matches!(&study.buying, Part::Absent(Absent::NotAvailable { needs }) if needs[0].starts_with("transactions"))
    );
}

/// Cohorts of those who stay: complete months count, the one the records end in is marked.
#[test]
fn newcomers_by_month() {
    let made = made("min_customers = 1\n", &[CUSTOMERS], &[("customers.csv", FIVE)], "2025-07-15");
    let study = made.ask(&[], None);
    let cohorts = found(&study.cohorts);
    assert_eq!(cohorts.kind, CohortKind::Stayed);
    let january = &cohorts.cohorts[0];
    assert_eq!((january.label.as_str(), january.customers), ("2025-01", Some(4)));
    let shares: Vec<f64> = january.cells.iter().filter_map(|c| c.share.value).collect();
    assert_eq!(shares, [1.0, 0.75, 0.75, 0.5, 0.5, 0.5, 0.5]);
    assert_eq!(
        january.cells.iter().map(|c| c.complete).collect::<Vec<_>>(),
        [true, true, true, true, true, true, false]
    );
    assert_eq!(cohorts.cohorts.len(), 2, "nobody came from February to June");
    let one = cohorts.ages.iter().find(|a| a.age == 1).expect("a first month");
    close(value(&one.fact), 0.75);
    assert_eq!(one.at_risk, 4, "July is not over");
}

/// Purchases: the same triangle, made by the engine and by hand.
///
/// Proves S028 in part.
/// Proves S072 in part.
#[test]
fn buyers_by_month() {
    let orders = "order,who,when,amount\n\
        1,a,2025-01-03,10.00\n2,b,2025-01-31,20.00\n3,a,2025-02-10,5.00\n4,a,2025-02-11,5.00\n\
        5,c,2025-02-01,7.50\n6,b,2025-03-31,1.00\n7,c,2025-03-05,2.00\n8,d,2025-03-09,9.99\n";
    let made = made("min_customers = 1\n", &[ORDERS], &[("orders.csv", orders)], "2025-03-31");
    let study = made.ask(&[], None);
    let cohorts = found(&study.cohorts);
    assert_eq!(cohorts.kind, CohortKind::Bought);
    let shown: Vec<(String, u64, Vec<(u64, f64)>)> = cohorts
        .cohorts
        .iter()
        .map(|c| {
            let cells =
                c.cells.iter().map(|cell| (cell.share.size.events.unwrap_or(0), cell.amount.unwrap_or(0.0)));
            (c.label.clone(), c.customers.unwrap_or(0), cells.collect())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("2025-01".to_owned(), 2, vec![(2, 30.0), (1, 10.0), (1, 1.0)]),
            ("2025-02".to_owned(), 1, vec![(1, 7.5), (1, 2.0)]),
            ("2025-03".to_owned(), 1, vec![(1, 9.99)]),
        ]
    );
    assert!(cohorts.cohorts.iter().flat_map(|c| &c.cells).all(|c| c.complete));
    let one = cohorts.ages.iter().find(|a| a.age == 1).expect("a first month");
    assert_eq!((one.at_risk, one.fact.estimate.size.events), (3, Some(2)));
    assert!(matches!(&study.survival, Part::Absent(Absent::NotAvailable { .. })));
}

/// Small groups are told by nobody: their cells are withheld.
#[test]
fn a_cohort_of_few_is_withheld() {
    let made = made("", &[CUSTOMERS], &[("customers.csv", FIVE)], "2025-12-31");
    let study = made.ask(&[], None);
    let cohorts = found(&study.cohorts);
    for cohort in &cohorts.cohorts {
        assert_eq!(cohort.customers, None, "{}", cohort.label);
        assert!(
            cohort.cells.iter().all(|c| c.share.absent == Some(Absent::Suppressed { complementary: false }))
        );
    }
}

/// Watched from the first day covered: customers who came before count from the age they had then.
#[test]
fn late_entry_where_records_begin_later() {
    let head = "min_customers = 1\n";
    let covered = "covered = [\"2025-03-01\", \"2025-12-31\"]\n";
    let made = made(&format!("{covered}{head}"), &[CUSTOMERS], &[("customers.csv", FIVE)], "2025-12-31");
    let study = made.ask(&[], None);
    let survival = found(&study.survival);
    // `a` left before; b, c and d are watched from day 59 on, e from the start.
    assert_eq!((survival.whole.n, survival.whole.left), (4, 2));
    assert!(matches!(survival.caveats.first(), Some(Caveat::Note { text }) if text.contains("2025-03-01")));
    // At 100 days b leaves of four, at 200 c of two.
    close(value(study.fact("retention/survival/6").expect("six months")), 0.75);
    close(value(study.fact("retention/survival/12").expect("a year")), 0.375);
}

/// Even numbers from a counter.
fn even(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 11) as f64) / ((1_u64 << 53) as f64)
}

/// Customers who come over three years and leave at a constant daily rate,
/// three times as fast on the basic plan; `burst` multiplies it from a day on.
fn leavers(n: usize, burst: (i32, f64)) -> String {
    let first: cx_core::ground::period::Day = "2022-01-01".parse().expect("a day");
    let mut seed = 7;
    let mut rows = "id,from,to,why,plan,mrr\n".to_owned();
    for id in 0..n {
        let came = (even(&mut seed) * 1000.0) as i32;
        let basic = even(&mut seed) < 0.5;
        let monthly = if basic { 0.06 } else { 0.02 };
        let mut day = came;
        let ended = loop {
            day += 1;
            if day > 1400 {
                break None;
            }
            let times = if day >= burst.0 { burst.1 } else { 1.0 };
            if even(&mut seed) < times * monthly / 30.4375 {
                break Some(day);
            }
        };
        let plan = if basic { "basic" } else { "gold" };
        let price = if basic { 10 } else { 30 };
        let to = ended.map_or_else(String::new, |d| first.plus(d).to_string());
        let _ = writeln!(rows, "c{id},{},{to},,{plan},{price}.00", first.plus(came));
    }
    rows
}

/// 2022-01-01 and 1,095 days.
const AS_OF: &str = "2024-12-30";

/// Proves S065 in part.
/// Proves S083 in part.
/// Proves S140 in part.
#[test]
fn what_was_planted_is_found() {
    let rows = leavers(4000, (i32::MAX, 1.0));
    let made = made("", &[CONTRACTS], &[("customers.csv", &rows)], AS_OF);
    let study = made.ask(&[], None);
    let survival = found(&study.survival);
    let by = survival.by.as_ref().expect("plans differ");
    assert_eq!(by.dimension, "plan");
    assert!(by.test.p_adjusted.expect("a test") < 1e-6);
    // A daily rate of 0.06/30.4375 leaves e^(-0.72) after a year.
    for (plan, rate) in [("gold", 0.02_f64), ("basic", 0.06)] {
        let fact = study.fact(&format!("retention/survival/plan={plan}/12")).expect("a year");
        let interval = fact.estimate.interval.expect("limits");
        assert!(interval.contains((-12.0 * rate).exp()), "{plan}: {:?}", fact.estimate);
    }
    let drivers = found(&study.drivers);
    let plan = drivers.effects.iter().find(|e| e.covariate == "plan").expect("the plan");
    let ratio = plan.hazard_ratio.estimate.interval.expect("limits");
    // One of the two carries all: who pays what follows from the plan.
    let wanted = if plan.level == "basic" { 3.0 } else { 1.0 / 3.0 };
    assert!(ratio.contains(wanted), "{plan:?}");
    assert!(plan.significant);

    let leaving = found(&study.leaving);
    assert!(leaving.refused.is_none(), "{}", leaving.calibration.said);
    assert_eq!(leaving.days, 90);
    let expected = &leaving.expected.estimate;
    let there: u64 = leaving.bands.iter().map(|b| b.customers).sum();
    assert_eq!(there, expected.size.n);
    let by_band: f64 = leaving.bands.iter().map(|b| b.expected).sum();
    assert!((by_band - value(&leaving.expected)).abs() < 1e-6 * by_band);
    // The truth for those there: by plan and monthly price.
    let mut truth = (0.0, 0.0);
    for row in rows.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        if cells[1] <= AS_OF && (cells[2].is_empty() || cells[2] > AS_OF) {
            let rate = if cells[4] == "basic" { 0.06 } else { 0.02 };
            let chance = 1.0 - (-rate * 90.0_f64 / 30.4375).exp();
            truth = (truth.0 + chance, truth.1 + chance * 12.0 * cells[5].parse::<f64>().expect("a price"));
        }
    }
    assert!(expected.interval.expect("limits").contains(truth.0), "{expected:?}, not {}", truth.0);
    let revenue = study.fact("retention/revenue_at_risk").expect("revenue");
    assert!(
        revenue.estimate.interval.expect("limits").contains(truth.1),
        "{:?}, not {}",
        revenue.estimate,
        truth.1
    );
    assert!(revenue.assumptions.iter().any(|(name, text)| name == "calibration" && text.contains("slope")));
}

/// Three times as many leave in the stretch that the model is checked on: nothing is shown.
///
/// Proves S083 in part.
#[test]
fn a_model_that_fails_its_hold_out_is_not_shown() {
    let rows = leavers(4000, (1095 - 90, 3.0));
    let made = made("", &[CONTRACTS], &[("customers.csv", &rows)], AS_OF);
    let study = made.ask(&[], None);
    let leaving = found(&study.leaving);
    let refused = leaving.refused.as_ref().expect("refused");
    assert_eq!(refused.rule, "propensity_off_on_average");
    assert!(leaving.bands.is_empty() && leaving.terms.is_empty());
    assert!(leaving.calibration.predicted < value(&leaving.calibration.observed));
    let revenue = study.fact("retention/revenue_at_risk").expect("revenue");
    assert!(matches!(&revenue.estimate.absent, Some(Absent::Refused(why)) if why == refused));
}

#[test]
fn threads_change_no_digit() {
    let rows = leavers(1500, (i32::MAX, 1.0));
    let made = made("", &[CONTRACTS], &[("customers.csv", &rows)], AS_OF);
    let text = |threads: usize| {
        let query = RetentionQuery { by: vec!["plan".to_owned()], within: Some(60) };
        let study = retention(&made.company, &query, &options(&made.cancel, threads)).expect("a study");
        serde_json::to_string(&study).expect("JSON")
    };
    let one = text(1);
    assert!(one == text(4), "threads change the figures");
    assert!(one == text(3), "threads change the figures");
}

/// Ends are on record for the last year only, though customers are older: the rest is not read as loyalty.
#[test]
fn ends_that_were_never_recorded_are_no_loyalty() {
    let rows = leavers(4000, (i32::MAX, 1.0));
    // Whoever left in the first two years is not in the file.
    let kept: Vec<&str> = (rows.lines())
        .filter(|row| {
            let to = row.split(',').nth(2).unwrap_or_default();
            to.is_empty() || to >= "2024-01-01" || to == "to"
        })
        .collect();
    let made = made("", &[CONTRACTS], &[("customers.csv", &(kept.join("\n") + "\n"))], AS_OF);
    let study = made.ask(&["plan"], None);
    let fact = study.fact("retention/survival/plan=basic/12").expect("a year");
    let interval = fact.estimate.interval.expect("limits");
    assert!(interval.contains((-0.72_f64).exp()), "{:?}", fact.estimate);
    assert!(fact.assumptions.iter().any(|(name, day)| name == "watched from" && day == "2024-01-01"));
}
