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

/// All invited are held against all others in the lottery, whoever uses the
/// app; the difference belongs to those who use it.
#[test]
fn a_lottery_shows_what_users_gain() {
    let (dir, truth) = demo(Company::Airline, DEFAULT_SEED, CUSTOMERS);
    let flights = |path| figure(&truth, "APP25", "flights per customer-month", path);
    assert!((flights(["true", "relative"]) - 0.12).abs() < 1e-9);
    assert!(flights(["naive", "with_without"]) > 0.3, "users flew more before");
    assert!(flights(["naive", "before_after"]) > 0.17, "everybody flies more");
    let level = truth["initiatives"]["APP25"]["outcomes"]["share of satisfied answers"]["true"].clone();
    assert!((level["with"].as_f64().unwrap() - 0.85).abs() < 1e-9, "{level}");
    assert!(level["absolute"].as_f64().unwrap() < 0.021, "{level}");
    let flown = rows(dir.path(), "flights.csv.gz", ',', 0);
    let distinct: std::collections::BTreeSet<_> = flown.iter().collect();
    assert_eq!(truth["flights"]["repeated_rows"], (flown.len() - distinct.len()) as u64);
    let mut counts: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    for row in distinct.into_iter().filter(|r| !r["member"].is_empty()) {
        let since = row["departed"].as_str() >= "2025-12-01";
        if since || row["departed"].as_str() >= "2024-12-01" {
            counts.entry(row["member"].clone()).or_default()[usize::from(since)] += 1.0;
        }
    }
    // Flights of the year before, in proportion, take away what members bring with them.
    let lottery = assigned(dir.path(), "APP25");
    let of = |r: &Row| counts.get(&r["Customer"]).copied().unwrap_or_default();
    let total: [f64; 2] = lottery.iter().map(of).fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
    let slope = total[1] / total[0];
    let arm = |arm: &str| {
        let own = lottery.iter().filter(|r| r["Arm"] == arm).map(of);
        mean(&own.map(|[before, since]| since - slope * before).collect::<Vec<_>>())
    };
    let ((invited, v1), (held_out, v0)) = (arm("treatment"), arm("control"));
    let n = lottery.iter().filter(|r| r["Arm"] == "treatment").count() as f64;
    let users: Vec<&Row> = lottery.iter().filter(|r| !r["First contact"].is_empty()).collect();
    let take_up = users.len() as f64 / n;
    assert!((take_up - 0.45).abs() < 0.05, "{take_up}");
    assert!(users.iter().all(|r| r["Arm"] == "treatment"), "nobody else can have it");
    let gain = (invited - held_out) / take_up;
    let level = users.iter().map(|r| of(r)[1]).sum::<f64>() / users.len() as f64;
    // Relative to what users would have flown: their flights less the gain.
    finds(gain, (v1 + v0) / (take_up * take_up), level * (1.0 - 1.0 / 1.12));
    assert!(gain > 0.0);
}

/// The houses chosen for a bad year are compared with the others from the
/// months before that year, which had no part in the choice.
#[test]
fn the_worst_would_have_risen_anyway() {
    let (dir, truth) = demo(Company::Hotel, DEFAULT_SEED, CUSTOMERS);
    let satisfied = |path| figure(&truth, "LIVE26", "share of satisfied answers", path);
    assert!((satisfied(["true", "relative"]) - 0.08).abs() < 1e-9);
    assert!((0.19..0.33).contains(&satisfied(["naive", "before_after"])), "the bounce");
    let again = |path| figure(&truth, "LIVE26", "share of stays booked again within 90 days", path);
    assert!((again(["true", "relative"]) - 0.05).abs() < 1e-9);
    assert!(again(["naive", "before_after"]) > 0.1, "the bounce");
    let voices = rows(dir.path(), "guest_voice.csv", ',', 0);
    let distinct: std::collections::BTreeSet<_> = voices.iter().collect();
    assert_eq!(truth["stays"]["repeated_answers"], (voices.len() - distinct.len()) as u64);
    let mut answers: BTreeMap<&str, [[f64; 2]; 3]> = BTreeMap::new();
    for row in distinct {
        let period = match row["Day"].as_str() {
            day if day < "2025-01-01" => 0,
            day if day < "2026-01-01" => 1,
            _ => 2,
        };
        let own = &mut answers.entry(row["House"].as_str()).or_default()[period];
        own[0] += f64::from(u8::from(number(&row["Satisfaction"]) >= 4.0));
        own[1] += 1.0;
    }
    let chosen: Vec<String> = assigned(dir.path(), "LIVE26").into_iter().map(|r| r["Unit"].clone()).collect();
    let mut by_year: Vec<(f64, &str)> = answers.iter().map(|(h, a)| (a[1][0] / a[1][1], *h)).collect();
    by_year.sort_by(|a, b| a.0.total_cmp(&b.0));
    let worst = by_year[..15].iter().filter(|(_, house)| chosen.iter().any(|c| c == house)).count();
    assert!(chosen.len() == 15 && worst >= 13, "{worst} of the worst");
    let changes = |of_chosen: bool| {
        let own = answers.iter().filter(|(house, _)| chosen.iter().any(|c| c == *house) == of_chosen);
        mean(&own.map(|(_, a)| (a[2][0] / a[2][1] / (a[0][0] / a[0][1])).ln()).collect::<Vec<_>>())
    };
    let ((treated, v1), (others, v0)) = (changes(true), changes(false));
    finds(treated - others, v1 + v0, 1.08_f64.ln());
    let stays = rows(dir.path(), "stays.csv", ';', 0);
    assert_eq!(
        truth["stays"]["without_guest"],
        stays.iter().filter(|r| r["Guest"].is_empty()).count() as u64
    );
    assert_eq!(
        truth["stays"]["without_amount"],
        stays.iter().filter(|r| r["Amount"].is_empty()).count() as u64
    );
}

/// Chances of being among the chosen, by Newton's method on the logit.
fn propensities(x: &[Vec<f64>], chose: &[bool]) -> Vec<f64> {
    let k = x[0].len();
    let mut beta = vec![0.0; k];
    let chance = |beta: &[f64], row: &[f64]| {
        1.0 / (1.0 + (-row.iter().zip(beta).map(|(a, b)| a * b).sum::<f64>()).exp())
    };
    for _ in 0..25 {
        // The information beside the score, solved by elimination.
        let mut system = vec![vec![0.0; k + 1]; k];
        for (row, chose) in x.iter().zip(chose) {
            let p = chance(&beta, row);
            for i in 0..k {
                for j in 0..k {
                    system[i][j] += p * (1.0 - p) * row[i] * row[j];
                }
                system[i][k] += (f64::from(u8::from(*chose)) - p) * row[i];
            }
        }
        for i in 0..k {
            let pivot = system[i].clone();
            for (j, row) in system.iter_mut().enumerate().filter(|(j, _)| *j != i) {
                assert!(pivot[i] > 0.0, "{i} {j} carries nothing");
                let factor = row[i] / pivot[i];
                row.iter_mut().zip(&pivot).for_each(|(a, b)| *a -= factor * b);
            }
        }
        for i in 0..k {
            beta[i] += system[i][k] / system[i][i];
        }
    }
    x.iter().map(|row| chance(&beta, row)).collect()
}

/// A ratio of two weighted sums and the squared standard error of its log.
fn log_ratio(parts: &[(f64, f64, f64)]) -> (f64, f64) {
    let top: f64 = parts.iter().map(|(w, a, _)| w * a).sum();
    let bottom: f64 = parts.iter().map(|(w, _, b)| w * b).sum();
    let ratio = top / bottom;
    let variance: f64 = parts.iter().map(|(w, a, b)| (w * (a - ratio * b) / top).powi(2)).sum();
    (ratio.ln(), variance)
}

/// Those who did not choose count as often as they are like those who did, by
/// the twelve months before, age and kind of shop.
#[test]
fn those_who_chose_were_different_before() {
    let (dir, truth) = demo(Company::Fashion, DEFAULT_SEED, CUSTOMERS);
    let planted = |outcome, path| figure(&truth, "ASSIST25", outcome, path);
    assert!((planted("basket per visit", ["true", "relative"]) - 0.08).abs() < 1e-9);
    assert!((planted("visits per customer-month", ["true", "relative"]) - 0.03).abs() < 1e-9);
    assert!((0.24..0.38).contains(&planted("basket per visit", ["naive", "with_without"])));
    assert!((0.1..0.22).contains(&planted("visits per customer-month", ["naive", "with_without"])));
    let receipts = rows(dir.path(), "receipts.csv.gz", ';', 0);
    let distinct: std::collections::BTreeSet<_> = receipts.iter().collect();
    // Two lines of a receipt may be alike by themselves.
    assert!((receipts.len() - distinct.len()) as u64 >= truth["shops"]["repeated_rows"].as_u64().unwrap());
    let blank = receipts.iter().filter(|r| r["Amount"].is_empty()).count() as u64;
    assert_eq!(truth["shops"]["blank_amounts"], blank);
    // Receipts and cents, the year before and since, by customer.
    let mut bought: BTreeMap<&str, [std::collections::BTreeSet<&str>; 2]> = BTreeMap::new();
    let mut spent: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for row in receipts.iter().filter(|r| !r["Card"].is_empty()) {
        let time = &row["Time"];
        let day = format!("{}-{}-{}", &time[6..10], &time[3..5], &time[..2]);
        let since = usize::from(day.as_str() >= "2025-11-01");
        if day.as_str() >= "2024-11-01" {
            bought.entry(&row["Card"]).or_default()[since].insert(&row["Receipt"]);
            let amount = row["Amount"].replace('.', "").replace(',', ".");
            spent.entry(&row["Card"]).or_default()[since] += amount.parse().unwrap_or(0.0);
        }
    }
    let chose: std::collections::BTreeSet<String> =
        assigned(dir.path(), "ASSIST25").into_iter().map(|r| r["Customer"].clone()).collect();
    let (mut x, mut arm, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows(dir.path(), "cardholders.csv", ',', 0) {
        let Some(receipts) = bought.get(row["Card"].as_str()) else { continue };
        let ([before, since], visits) = (spent[row["Card"].as_str()], receipts[0].len() as f64);
        if visits == 0.0 || before == 0.0 {
            continue;
        }
        let is = |column: &str, value: &str| f64::from(u8::from(row[column] == value));
        let ages = ["18-29", "45-59", "60+"].map(|age| is("Age band", age));
        let shops = ["flagship", "outlet"].map(|kind| is("Shop format", kind));
        let mut features = vec![1.0, (before / visits).ln(), visits.ln()];
        features.extend(ages.iter().chain(&shops));
        x.push(features);
        arm.push(chose.contains(&row["Card"]));
        after.push((receipts[1].len() as f64, since));
    }
    let chances = propensities(&x, &arm);
    let parts = |treated: bool, f: fn(f64, f64) -> (f64, f64)| {
        let own = arm.iter().zip(&after).zip(&chances).filter(|((arm, _), _)| **arm == treated);
        let weighted = own.map(|((_, (visits, cents)), p)| {
            let (top, bottom) = f(*visits, *cents);
            (if treated { 1.0 } else { p / (1.0 - p) }, top, bottom)
        });
        log_ratio(&weighted.collect::<Vec<_>>())
    };
    for (f, factor) in [
        ((|visits, cents| (cents, visits)) as fn(f64, f64) -> (f64, f64), 1.08_f64),
        (|visits, _| (visits, 1.0), 1.03),
    ] {
        let ((with, v1), (without, v0)) = (parts(true, f), parts(false, f));
        finds(with - without, v1 + v0, factor.ln());
    }
    assert!(parts(true, |v, c| (c, v)).0 - parts(false, |v, c| (c, v)).0 < 0.16, "much less than it seems");
}
