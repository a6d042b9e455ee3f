//! The study of value over real records: the published fit of CDNOW from its
//! transaction log, its holdout, and what may not be said without a margin.

use cx_core::analysis::{Company, Options, Project, customer_values, value};
use cx_core::findings::{Fact, Value};
use cx_core::ground::estimate::Absent;
use cx_tests::oracle::shared;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// A project over real files: the settings of the tests' folder, changed, beside the data.
struct Set {
    folder: tempfile::TempDir,
}

fn set(name: &str, change: impl Fn(String) -> String) -> Option<Set> {
    let data = shared("value over real data")?.join("data");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/{name}.toml"));
    let text = std::fs::read_to_string(file).expect("settings");
    let folder = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(&data).expect("the data") {
        let entry = entry.expect("an entry");
        let target = std::fs::canonicalize(entry.path()).expect("a path");
        std::os::unix::fs::symlink(target, folder.path().join(entry.file_name())).expect("a link");
    }
    std::fs::write(folder.path().join("cx.toml"), change(text)).expect("written");
    Some(Set { folder })
}

impl Set {
    fn value(&self, threads: usize) -> Value {
        let cancel = AtomicBool::new(false);
        let options = Options { threads, ..Options::quiet(&cancel) };
        let project = Project::open(self.folder.path()).expect("a project");
        let company = Company::load(project, &options).expect("records");
        value(&company, &options).expect("the study runs")
    }
}

fn fact<'a>(value: &'a Value, id: &str) -> &'a Fact {
    value.facts.iter().find(|f| f.id == id).unwrap_or_else(|| panic!("no fact {id}"))
}

fn near(got: f64, wanted: f64, within: f64) {
    assert!((got - wanted).abs() <= within * wanted.abs(), "{got} instead of {wanted}");
}

/// BG/NBD and Pareto/NBD on the first 39 weeks, from the log and through the
/// whole program, are the published fits. Proves S064.
#[test]
fn the_published_fits_of_cdnow() {
    let change = |t: String| t.replace("1998-06-30", "1997-09-30");
    let Some(set) = set("cdnow", change) else { return };
    let value = set.value(2);
    let buying = value.buying.as_ref().expect("models");
    assert_eq!(buying.customers, 2357);
    let parameters = |name: &str| {
        let card = buying.models.iter().find(|m| m.name == name).expect("a model");
        let values: Vec<f64> = card.parameters.iter().filter_map(|(_, e)| e.value).collect();
        (values, card.log_likelihood.expect("a fit"))
    };
    let (bg, likelihood) = parameters("BG/NBD");
    for (got, wanted) in bg.iter().zip([0.242_595, 4.413_602, 0.792_922, 2.425_907]) {
        near(*got, wanted, 0.003);
    }
    assert!((likelihood + 9582.4292).abs() < 0.001, "{likelihood}");
    let (pareto, likelihood) = parameters("Pareto/NBD");
    for (got, wanted) in pareto.iter().zip([0.553_277, 10.577_684, 0.606_240, 11.668_734]) {
        near(*got, wanted, 0.003);
    }
    assert!((likelihood + 9594.9762).abs() < 0.001, "{likelihood}");
    let spend = buying.spend.as_ref().expect("spend");
    assert_eq!(spend.customers, 946);
}

/// Fitted on 39 weeks, the forecast of the next 39 is printed beside what
/// happened and a cohort average. Proves S064.
#[test]
fn the_next_39_weeks_of_cdnow() {
    let Some(set) = set("cdnow", |t| t) else { return };
    let value = set.value(2);
    let buying = value.buying.as_ref().expect("models");
    let test = buying.backtest.as_ref().expect("a backtest");
    assert_eq!((test.fitted_until.as_str(), test.until.as_str()), ("1997-09-30", "1998-06-30"));
    assert_eq!(test.customers, 2357);
    let of = |name: &str| test.forecasts.iter().find(|f| f.name == name).expect("a forecast");
    let average = of("cohort average");
    // 1,882 days with a purchase followed. The sums of the conditional expectations are those of
    // lifetimes 0.11.3 on the same histories: the models themselves miss by an eighth here.
    assert!((test.actual - 1882.0).abs() < 1e-9, "{}", test.actual);
    for (name, sum) in [("BG/NBD", 1653.409), ("Pareto/NBD", 1665.529)] {
        let own = of(name);
        near(own.total.value.expect("a sum"), sum, 1e-4);
        assert!(own.by_stretch < 0.5 * average.by_stretch, "{name} against the average");
    }
    assert_ne!(buying.chosen, "cohort average");
    // Stretches and classes add up to the same purchases.
    let held: f64 = test.stretches.iter().filter(|s| !s.seen).map(|s| s.actual).sum();
    let by_class: f64 = test.classes.iter().map(|c| c.actual * c.customers as f64).sum();
    assert!((held - test.actual).abs() < 1e-9 && (by_class - held).abs() < 1e-6, "{held} {by_class}");
    assert_eq!(test.classes.iter().map(|c| c.customers).sum::<u64>(), 2357);
    // Without a margin there is revenue, and no value in margin.
    assert!(fact(&value, "value/clv_revenue").given() && fact(&value, "value/residual_revenue").given());
    for id in ["value/clv", "value/residual_clv", "value/customer_equity"] {
        let refused =
            matches!(fact(&value, id).why_not(), Some(Absent::Refused(r)) if r.lift.contains("margin"));
        assert!(refused, "{id} without a margin");
    }
    // Deciles hold everybody and all of the value.
    let shares: f64 = value.deciles.iter().map(|d| d.share).sum();
    let customers: f64 = value.deciles.iter().map(|d| d.customers).sum();
    assert!((shares - 1.0).abs() < 1e-9 && (customers - 2357.0).abs() < 1e-6);
    assert!(value.deciles.windows(2).all(|w| w[0].value >= w[1].value));
}

/// With a margin set, values in margin are revenue times margin, draw by draw;
/// figures are the same on one thread and on two.
#[test]
fn a_margin_makes_value_of_revenue() {
    let change = |t: String| format!("{t}\n[value]\nmargin = 0.3\ndiscount_rate = 0.15\n");
    let Some(set) = set("cdnow", change) else { return };
    let value = set.value(2);
    let both = |id: &str| {
        let e = &fact(&value, id).estimate;
        let interval = e.interval.expect("an interval");
        [e.value, interval.low, interval.high].map(|x| x.expect("a number"))
    };
    for (margin, revenue) in both("value/residual_clv").into_iter().zip(both("value/residual_revenue")) {
        assert!((margin - 0.3 * revenue).abs() < 1e-9 * revenue, "{margin} {revenue}");
    }
    assert_eq!(serde_json::to_string(&value).unwrap(), serde_json::to_string(&set.value(1)).unwrap());
    // The file of customers adds up to the figure over all of them. Proves S011 in part.
    let cancel = AtomicBool::new(false);
    let options = Options::quiet(&cancel);
    let company = Company::load(Project::open(set.folder.path()).unwrap(), &options).unwrap();
    let (mut n, mut sum, mut alive) = (0_u64, 0.0, 0.0);
    customer_values(&company, &options, &mut |c| {
        n += 1;
        sum += c.margin.expect("a margin");
        alive += c.alive.expect("a chance");
        Ok(())
    })
    .expect("customers are told");
    assert_eq!(n, 2357);
    let [equity, ..] = both("value/customer_equity");
    assert!((sum - equity).abs() < 1e-6 * equity, "{sum} {equity}");
    let [mean, ..] = both("value/p_alive");
    assert!((alive / n as f64 - mean).abs() < 1e-9, "{alive} {mean}");
}

/// Contracts of a telecom from a snapshot of tenures: the three conventions
/// stand beside each other and in their order. Proves S024.
#[test]
fn contracts_of_a_telecom() {
    let change = |t: String| format!("{t}\n[value]\nmargin = 0.5\n");
    let Some(set) = set("telco", change) else { return };
    let value = set.value(2);
    let contracts = value.contracts.as_ref().expect("contracts");
    // 11 of the 7,043 have a tenure of no month and are still there.
    assert_eq!((contracts.contracts, contracts.running), (7043, 7043 - 1869));
    let clv = fact(&value, "value/contracts/clv");
    let by = |name: &str| {
        let text = clv.assumptions.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
        text.and_then(|t| t.parse::<f64>().ok()).unwrap_or_else(|| panic!("no {name}"))
    };
    let (now, sure, conditional) = (by("by immediate"), by("by end_certain"), by("by end_conditional"));
    assert!(now > sure && sure > conditional, "{now} {sure} {conditional}");
    let told = clv.estimate.value.expect("a value");
    assert!((told - conditional).abs() < 0.01, "the convention of the settings is end_conditional");
    let interval = clv.estimate.interval.expect("an interval");
    assert!(interval.contains(told) && interval.low != interval.high);
    let fitted: Vec<f64> = contracts.curve.iter().map(|a| a.fitted).collect();
    assert!(fitted.windows(2).all(|w| w[0] >= w[1]), "a curve of staying never rises");
    for age in contracts.curve.iter().filter(|a| a.age % 12 == 0 && a.age <= 60 && a.age > 0) {
        let observed = age.observed.as_ref().and_then(|e| e.value).expect("watched");
        assert!((observed - age.fitted).abs() < 0.05, "month {}: {observed} {}", age.age, age.fitted);
    }
}

/// A shop's log with returns and without margins: revenue, and no value in margin.
#[test]
fn a_shop_with_returns() {
    let Some(set) = set("retail", |t| t) else { return };
    let value = set.value(2);
    let buying = value.buying.as_ref().expect("models");
    assert!(buying.customers > 4000, "{}", buying.customers);
    assert!(fact(&value, "value/clv_revenue").given());
    assert!(matches!(fact(&value, "value/clv").why_not(), Some(Absent::Refused(_))));
}
