//! Reads each company as an analyst would: the naive figure misleads, the fair
//! comparison of the same files finds what was planted.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

mod files;

use cx_demo::{Company, DEFAULT_SEED};
use files::{Row, demo, rows};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Customers of the companies that are read here.
const CUSTOMERS: u32 = 12_000;

/// Months since year 0 of a date that begins with year and month.
fn month(date: &str) -> i32 {
    date[..4].parse::<i32>().unwrap() * 12 + date[5..7].parse::<i32>().unwrap() - 1
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap()
}

/// Mean and squared standard error.
fn mean(list: &[f64]) -> (f64, f64) {
    let n = list.len() as f64;
    let mean = list.iter().sum::<f64>() / n;
    (mean, list.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0) / n)
}

/// Found is within three standard errors of the truth, and tells it from a naive figure.
#[track_caller]
fn finds(found: f64, variance: f64, truth: f64) {
    let error = variance.sqrt();
    assert!((found - truth).abs() < 3.0 * error, "found {found} ± {error}, planted {truth}");
}

fn figure(truth: &Value, id: &str, outcome: &str, path: [&str; 2]) -> f64 {
    let figure = &truth["initiatives"][id]["outcomes"][outcome][path[0]][path[1]];
    figure.as_f64().unwrap_or_else(|| panic!("{id} {outcome} {path:?}: {figure}"))
}

/// The rows of an initiative in `assignments.csv`.
fn assigned(dir: &Path, id: &str) -> Vec<Row> {
    rows(dir, "assignments.csv", ',', 0).into_iter().filter(|r| r["Initiative"] == id).collect()
}

/// Every company keeps its lists, has a placebo that does nothing, and one
/// initiative of which nothing can be said yet.
#[test]
fn every_company_has_a_placebo_and_one_begun_too_late() {
    for company in Company::ALL {
        let (dir, truth) = demo(*company, 3, 500);
        let listed = rows(dir.path(), "initiatives.csv", ',', 0);
        let told = truth["initiatives"].as_object().unwrap();
        assert_eq!(listed.len(), told.len(), "{company}");
        let last = truth["records"]["last_day"].as_str().unwrap();
        let (mut placebos, mut late) = (0, 0);
        for row in &listed {
            let one = &told[&row["Id"]];
            assert!(number(&row["Cash share"]) <= 1.0 && number(&row["Horizon months"]) > 0.0, "{row:?}");
            late += i32::from(month(&row["From"]) == month(last));
            if one["placebo"] == true {
                placebos += 1;
                for outcome in one["outcomes"].as_object().unwrap().values() {
                    assert!(
                        outcome["true"]["relative"].as_f64().unwrap().abs() < 1e-9,
                        "{company}: {outcome}"
                    );
                }
            }
        }
        assert!(placebos == 1 && late == 1, "{company}: {placebos} placebos, {late} late");
        let names = truth["rows_by_file"].as_object().unwrap().keys();
        assert!(names.into_iter().all(|name| dir.path().join(name).exists()), "{company}");
    }
}

/// Customer-months by region and month.
fn customer_months(dir: &Path) -> BTreeMap<(String, i32), f64> {
    let mut months = BTreeMap::new();
    for row in rows(dir, "subscribers.csv", ',', 0) {
        let last = if row["Left"].is_empty() { month("2026-10") } else { month(&row["Left"]) };
        for at in month(&row["Customer since"]).max(month("2024-05"))..=last {
            *months.entry((row["Region"].clone(), at)).or_default() += 1.0;
        }
    }
    months
}

/// Regions are compared with those that the roll-out never reached, each over
/// the year before its own start and the months since.
#[test]
fn regions_show_what_before_and_after_hides() {
    let (dir, truth) = demo(Company::Telecom, DEFAULT_SEED, CUSTOMERS);
    let cost = |path| figure(&truth, "DESK25", "service cost per customer-month", path);
    assert!((cost(["true", "relative"]) + 0.2).abs() < 1e-9);
    assert!(cost(["naive", "before_after"]) > -0.05, "nothing seems gained");
    let satisfied = figure(&truth, "DESK25", "share of satisfied answers", ["true", "relative"]);
    assert!((satisfied - 0.4).abs() < 1e-9);
    let months = customer_months(dir.path());
    let region_of: BTreeMap<String, String> = rows(dir.path(), "subscribers.csv", ',', 0)
        .into_iter()
        .map(|r| (r["Account"].clone(), r["Region"].clone()))
        .collect();
    let mut spent: BTreeMap<(String, i32), f64> = BTreeMap::new();
    let contacts = rows(dir.path(), "contacts.csv.gz", ',', 0);
    let lost = |column: &str| contacts.iter().filter(|r| r[column].is_empty()).count() as u64;
    assert_eq!(truth["contacts"]["without_account"], lost("account"));
    assert_eq!(truth["contacts"]["without_cost"], lost("cost"));
    for row in contacts.iter().filter(|r| !r["account"].is_empty() && !r["cost"].is_empty()) {
        let key = (region_of[&row["account"]].clone(), month(&row["opened"]));
        *spent.entry(key).or_default() += number(&row["cost"]);
    }
    let mean_cost = |region: &str, from: i32, to: i32| {
        let sum = |map: &BTreeMap<(String, i32), f64>| -> f64 {
            (from..to).filter_map(|m| map.get(&(region.to_owned(), m))).sum()
        };
        sum(&spent) / sum(&months)
    };
    let starts: BTreeMap<String, i32> = assigned(dir.path(), "DESK25")
        .into_iter()
        .map(|r| (r["Unit"].clone(), month(&r["Assigned"])))
        .collect();
    let regions: std::collections::BTreeSet<&String> = region_of.values().collect();
    let change = |region: &str, start: i32| {
        (mean_cost(region, start, month("2026-11")) / mean_cost(region, start - 12, start)).ln()
    };
    let gaps: Vec<f64> = starts
        .iter()
        .map(|(region, start)| {
            let never = regions.iter().filter(|r| !starts.contains_key(**r)).map(|r| change(r, *start));
            change(region, *start) - mean(&never.collect::<Vec<_>>()).0
        })
        .collect();
    let never: Vec<f64> =
        regions.iter().filter(|r| !starts.contains_key(**r)).map(|r| change(r, month("2025-11"))).collect();
    let (gap, variance) = mean(&gaps);
    finds(gap, variance + mean(&never).1, 0.8_f64.ln());
    assert!(gap < -0.12, "found {gap}");
    assert!(!rows(dir.path(), "costs.csv", ',', 0).iter().any(|r| r["Initiative"] == "BILL25"));
    let units = |id| assigned(dir.path(), id).into_iter().map(|r| r["Unit"].clone()).collect::<Vec<_>>();
    assert_eq!(units("CALL26"), units("STAY26"));
}
