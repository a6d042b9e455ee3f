//! Reads the files back with a reader of its own and holds them against `truth.json`.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

mod files;

use cx_demo::{Company, DEFAULT_SEED, Error, Size, write};
use files::rows;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn demo(seed: u64, customers: u32) -> (tempfile::TempDir, Value) {
    files::demo(Company::Ecommerce, seed, customers)
}

fn count(rows: &[BTreeMap<String, String>], f: impl Fn(&BTreeMap<String, String>) -> bool) -> u64 {
    rows.iter().filter(|r| f(r)).count() as u64
}

#[test]
fn rows_are_as_many_as_told() {
    let (dir, truth) = demo(DEFAULT_SEED, 12_000);
    for (name, n) in truth["rows_by_file"].as_object().unwrap() {
        let found = match name.as_str() {
            "reviews.jsonl" => std::fs::read_to_string(dir.path().join(name)).unwrap().lines().count(),
            "orders.csv" => rows(dir.path(), name, ';', 1).len(),
            "employee_pulse.csv" => rows(dir.path(), name, ';', 0).len(),
            "calls.csv" => rows(dir.path(), name, '\t', 0).len(),
            _ => rows(dir.path(), name, ',', 0).len(),
        };
        assert_eq!(found as u64, n.as_u64().unwrap(), "{name}");
    }
}

#[test]
fn order_traps_are_in_the_file() {
    let (dir, truth) = demo(DEFAULT_SEED, 12_000);
    let (orders, truth) = (rows(dir.path(), "orders.csv", ';', 1), &truth["orders"]);
    let kept: Vec<_> = orders.iter().filter(|r| r["Ordered"] != "00.00.0000 00:00").cloned().collect();
    assert_eq!(kept.len() as u64, truth["kept"]);
    assert_eq!((orders.len() - kept.len()) as u64, truth["rejected_dates"]);
    assert_eq!(count(&kept, |r| r["Type"] == "Retoure"), truth["returns"]);
    assert_eq!(count(&kept, |r| r["Customer"].is_empty()), truth["without_customer"]);
    assert_eq!(count(&kept, |r| r["Line total"].is_empty()), truth["blank_amounts"]);
    let digits = |r: &BTreeMap<String, String>| r["Line total"].split(',').nth(1).map_or(0, str::len);
    assert_eq!(count(&kept, |r| digits(r) > 2), truth["rounded_amounts"]);
    let distinct: BTreeSet<_> = orders.iter().collect();
    assert_eq!((orders.len() - distinct.len()) as u64, truth["repeated_rows"]);
    let hour = |r: &BTreeMap<String, String>, day: &str| r["Ordered"].starts_with(&format!("{day} 02:"));
    let days = |r: &BTreeMap<String, String>, list: &[&str]| list.iter().any(|day| hour(r, day));
    assert_eq!(count(&kept, |r| days(r, &["30.03.2025", "29.03.2026"])), truth["clock_skipped"]);
    assert_eq!(count(&kept, |r| days(r, &["26.10.2025", "25.10.2026"])), truth["clock_twice"]);
    for (currency, n) in truth["foreign"].as_object().unwrap() {
        assert_eq!(count(&kept, |r| r["Currency"] == *currency), n.as_u64().unwrap(), "{currency}");
    }
    assert_eq!(count(&kept, |r| r["Currency"] == "CZK"), truth["missing_rate"]["CZK"]);
    // Amounts in euro, added up from the text; what is below a cent rounds away.
    let cents = |r: &BTreeMap<String, String>| {
        let (whole, part) = r["Line total"].split_once(',')?;
        let magnitude: i64 = format!("{}{}", whole.replace(['.', '-'], ""), &part[..2]).parse().ok()?;
        Some(if whole.starts_with('-') { -magnitude } else { magnitude })
    };
    let euros: i64 = kept.iter().filter(|r| r["Currency"] == "EUR").filter_map(cents).sum();
    assert_eq!(euros, truth["revenue_in_euro_cents"].as_i64().unwrap());
}

#[test]
fn survey_and_case_traps_are_in_the_files() {
    let (dir, truth) = demo(DEFAULT_SEED, 12_000);
    let survey = rows(dir.path(), "survey_wide.csv", ',', 0);
    let planted = &truth["survey"];
    let asked: Vec<_> = survey.iter().filter(|r| r["Survey"] != "Service").cloned().collect();
    let outcomes = &planted["by_question"]["recommend"];
    assert_eq!(asked.len() as u64, outcomes["rows"]);
    assert_eq!(count(&asked, |r| matches!(r["NPS"].as_str(), "-1" | "11")), outcomes["out_of_scale"]);
    assert_eq!(count(&asked, |r| r["NPS"] == "9/10"), outcomes["unreadable"]);
    assert_eq!(count(&asked, |r| r["Test"] == "yes"), outcomes["excluded"]);
    assert_eq!(
        count(&asked, |r| matches!(r["State"].as_str(), "Bounced" | "Delivered") && r["Test"] == "no"),
        outcomes["invited"]
    );
    assert_eq!(count(&asked, |r| r["State"] == "Dismissed"), outcomes["dismissed"]);
    let ids: BTreeSet<_> = survey.iter().map(|r| &r["Response"]).collect();
    assert_eq!((survey.len() - ids.len()) as u64, planted["replaced_versions"]);
    let sum: u64 = outcomes
        .as_object()
        .unwrap()
        .iter()
        .filter(|(k, _)| !matches!(k.as_str(), "rows" | "points"))
        .filter_map(|(_, n)| n.as_u64())
        .sum();
    assert_eq!(sum, outcomes["rows"].as_u64().unwrap());
    let tickets = rows(dir.path(), "tickets.csv", ',', 0);
    let cases: BTreeSet<_> = tickets.iter().map(|r| &r["Case"]).collect();
    assert_eq!(cases.len() as u64, truth["tickets"]["cases"]);
    assert_eq!(
        count(&tickets, |r| r["State"] == "Closed" && r["Solved"] == "?"),
        truth["tickets"]["closed_unsolved"]
    );
    assert_eq!(count(&tickets, |r| r["SLA met"] == "yes"), truth["tickets"]["naive_sla_met"]);
    let calls = rows(dir.path(), "calls.csv", '\t', 0);
    assert_eq!(count(&calls, |r| r["Direction"] == "out"), truth["calls"]["outbound"]);
    assert_eq!(count(&calls, |r| !r["Hung up waiting"].is_empty()), truth["calls"]["abandoned"]);
    let customers = rows(dir.path(), "customers.csv", ',', 0);
    let small = |column: &str, value: &str| {
        let own: BTreeSet<_> =
            customers.iter().filter(|r| r[column] == value).map(|r| r["Customer No"].clone()).collect();
        let answers = count(&survey, |r| own.contains(&r["Customer No"]) && r["State"] == "Completed");
        (own.len() as u64, answers)
    };
    for (column, value) in [("Segment", "press"), ("Tier", "founder")] {
        let (people, answers) = small(column, value);
        let key = format!("{}={value}", column.to_lowercase());
        assert_eq!(people, truth["small_groups"][&key], "{key}");
        assert!(people < 5 && answers > 5, "{key}: {answers} answers of {people}");
    }
}

/// A visit that is marked as sold has its order; what is not sold behaves as visits do.
#[test]
fn visits_belong_to_orders() {
    let (dir, truth) = demo(DEFAULT_SEED, 12_000);
    let acts = rows(dir.path(), "sessions.csv.gz", ',', 0);
    // Orders and visits of one day are held against each other by the clock.
    let minutes = |time: &str| {
        let (hour, minute) = time.split_once(':').unwrap();
        hour.parse::<i64>().unwrap() * 60 + minute[..2].parse::<i64>().unwrap()
    };
    let mut bought: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
    for order in rows(dir.path(), "orders.csv", ';', 1) {
        let day: Vec<&str> = order["Ordered"].split([' ', '.']).collect();
        let key = (order["Customer"].clone(), format!("{}-{}-{}", day[2], day[1], day[0]));
        bought.entry(key).or_default().push(minutes(day[3]));
    }
    let of = |kind: &str| acts.iter().filter(|a| a["event"] == kind).collect::<Vec<_>>();
    for kind in ["session", "cart"] {
        for act in of(kind).iter().filter(|a| a["ok"] == "true" && !a["user"].is_empty()) {
            let key = (act["user"].clone(), act["ts"][..10].to_owned());
            let orders = bought.get(&key).unwrap_or_else(|| panic!("{kind} without its order: {act:?}"));
            // The order comes within an hour of the visit, by clocks one or two hours ahead.
            let at = minutes(&act["ts"][11..]);
            assert!(orders.iter().any(|order| (60..=180).contains(&(order - at))), "{act:?}: {orders:?}");
        }
    }
    let share = |kind: &str| {
        let n = |map: &str| truth["sessions"][map][kind].as_f64().unwrap();
        n("succeeded_by_kind") / n("by_kind")
    };
    assert!((0.02..0.06).contains(&share("session")), "{}", share("session"));
    assert!((0.2..0.4).contains(&share("cart")), "{}", share("cart"));
    assert_eq!(acts.len() as u64, truth["sessions"]["rows"]);
}

#[test]
fn the_planted_stories_can_be_told() {
    let (_dir, truth) = demo(DEFAULT_SEED, 12_000);
    let mix = &truth["mix_shift"];
    let x = |v: &Value| v.as_f64().unwrap();
    assert!(x(&mix["change"]) < -5.0, "{mix}");
    assert!((x(&mix["within"]) + x(&mix["mix"]) - x(&mix["change"])).abs() < 1e-9);
    for (channel, c) in mix["by_channel"].as_object().unwrap() {
        assert!(x(&c["nps"][1]) >= x(&c["nps"][0]), "{channel} falls: {c}");
    }
    let programme = &truth["programme"];
    let trial = x(&programme["satisfied_treated_over_held_out"]);
    assert!((trial - 1.2).abs() < 0.06, "{programme}");
    for naive in ["satisfied_since_over_before_of_treated", "satisfied_since_over_before_of_everybody"] {
        assert!(x(&programme[naive]) < 1.15, "{naive}: {programme}");
    }
    let club = &truth["club"]["trial"];
    let rate = |arm: &str| x(&club[arm]["left"]) / x(&club[arm]["contract_days"]);
    assert!(rate("treated") < rate("held out"), "{club}");
}

#[test]
fn the_same_seed_gives_the_same_files() {
    for company in Company::ALL {
        let bytes = |seed| {
            let (dir, _) = files::demo(*company, seed, 500);
            let mut files: Vec<_> =
                std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().path()).collect();
            files.sort();
            files.into_iter().map(|f| std::fs::read(f).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(bytes(1), bytes(1), "{company}");
        assert_ne!(bytes(1), bytes(2), "{company}");
    }
}

#[test]
fn other_files_are_left_alone() {
    let size = Size { customers: 500 };
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("mine.txt"), "mine").unwrap();
    assert!(matches!(write(Company::Ecommerce, dir.path(), 1, size), Err(Error::NotEmpty(_))));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    std::fs::remove_file(dir.path().join("mine.txt")).unwrap();
    write(Company::Ecommerce, dir.path(), 1, size).unwrap();
    std::fs::write(dir.path().join("mine.txt"), "mine").unwrap();
    let again = write(Company::Ecommerce, dir.path(), 2, size).unwrap();
    assert_eq!(std::fs::read_to_string(dir.path().join("mine.txt")).unwrap(), "mine");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), again.files.len() + 1);
    let file = dir.path().join("mine.txt");
    assert!(matches!(write(Company::Ecommerce, &file, 1, size), Err(Error::NotAFolder(_))));
    assert!(matches!(
        write(Company::Ecommerce, dir.path(), 1, Size { customers: 499 }),
        Err(Error::TooSmall { asked: 499, least: 500 })
    ));
}
