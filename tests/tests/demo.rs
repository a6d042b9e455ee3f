//! The demo company, read as a user's files are: every count that its
//! `truth.json` plants comes back from the tables.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use cx_core::ground::issue::Fault;
use cx_core::ground::money::Currency;
use cx_core::project::Settings;
use cx_core::tables::column::{NO_TIME, View};
use cx_core::tables::load::{Loaded, Options, load};
use cx_demo::{Company, DEFAULT_SEED, Size, write};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// The demo at its usual size, loaded.
fn demo() -> (Loaded, Value) {
    let dir = tempfile::tempdir().unwrap();
    let written = write(Company::Ecommerce, dir.path(), DEFAULT_SEED, Size::default()).unwrap();
    let text = std::fs::read_to_string(&written.settings).unwrap();
    let settings = Settings::parse("cx.toml", &text).unwrap_or_else(|e| panic!("{e}: {:?}", e.help));
    let cancel = AtomicBool::new(false);
    let options =
        Options { threads: 2, cancel: &cancel, stream_above: u64::MAX, count_repeats: true, hash: false };
    let (zone, currency): (_, Option<Currency>) = (settings.zone.as_ref(), settings.currency);
    let loaded = load(dir.path(), &settings.sources, &settings.scales, zone, currency, &options);
    let loaded = loaded.unwrap_or_else(|e| panic!("{e}"));
    let truth = serde_json::from_str(&std::fs::read_to_string(written.truth).unwrap()).unwrap();
    (loaded, truth)
}

/// Counts rows of a table by the texts of some columns.
fn count(loaded: &Loaded, table: &str, columns: &[&str]) -> BTreeMap<Vec<String>, u64> {
    let table = loaded.data.table(table).unwrap();
    let counts = Mutex::new(BTreeMap::new());
    let dictionaries: Vec<_> = columns.iter().map(|c| table.column(c).unwrap().dictionary.clone()).collect();
    table
        .scan(columns, 1, &AtomicBool::new(false), &|_, batch| {
            let mut counts = counts.lock().unwrap();
            for row in 0..batch.rows {
                let cells = batch.columns.iter().zip(&dictionaries).map(|(view, dictionary)| match view {
                    View::Codes(v) => dictionary.as_ref().map_or_else(String::new, |d| d.text(v[row])),
                    View::Bool(v) => v[row].to_string(),
                    View::Num(v) => v[row].to_string(),
                    View::Time(v) => (v[row] != NO_TIME).to_string(),
                    View::Text(_) => String::new(),
                });
                *counts.entry(cells.collect()).or_default() += 1;
            }
            Ok(())
        })
        .unwrap();
    counts.into_inner().unwrap()
}

/// The sum of a column, blanks left out.
fn sum(loaded: &Loaded, table: &str, column: &str) -> f64 {
    let sum = Mutex::new(0.0);
    let scan = loaded.data.table(table).unwrap().scan(&[column], 1, &AtomicBool::new(false), &|_, batch| {
        let View::Num(v) = batch.columns[0] else { panic!("{column} holds no numbers") };
        *sum.lock().unwrap() += v.iter().filter(|x| !x.is_nan()).sum::<f64>();
        Ok(())
    });
    scan.unwrap();
    sum.into_inner().unwrap()
}

/// Occurrences of a fault in a column of a table.
fn faults(loaded: &Loaded, table: &str, fault: Fault, column: Option<&str>) -> u64 {
    let report = &loaded.reports[table];
    let hits =
        report.faults.0.iter().filter(|(key, _)| key.fault == fault && key.column.as_deref() == column);
    hits.map(|(_, seen)| seen.count).sum()
}

#[test]
fn every_planted_count_comes_back() {
    let (loaded, truth) = demo();
    answers(&loaded, &truth["survey"]);
    orders(&loaded, &truth["orders"]);
    cases(&loaded, &truth);
    others(&loaded, &truth);
}

fn answers(loaded: &Loaded, truth: &Value) {
    let found = count(loaded, "responses", &["question", "item", "outcome"]);
    let mut checked = 0;
    for (name, outcomes) in truth["by_question"].as_object().unwrap() {
        let (question, item) = name.split_once('/').unwrap_or((name, ""));
        for (outcome, n) in outcomes.as_object().unwrap() {
            if outcome == "rows" || outcome == "points" {
                continue;
            }
            let key = [question, item, outcome].map(str::to_owned).to_vec();
            assert_eq!(found.get(&key).copied().unwrap_or(0), n.as_u64().unwrap(), "{name}: {outcome}");
            checked += 1;
        }
    }
    assert!(checked >= 150, "only {checked} outcomes were checked");
    let points = count(loaded, "responses", &["question", "answered", "value"]);
    for (point, n) in truth["by_question"]["recommend"]["points"].as_object().unwrap() {
        let key = ["recommend", "1", point].map(str::to_owned).to_vec();
        assert_eq!(points[&key], n.as_u64().unwrap(), "recommend = {point}");
    }
    assert_eq!(faults(loaded, "responses", Fault::RepeatedLine, None), truth["repeated_rows"]);
}

fn orders(loaded: &Loaded, truth: &Value) {
    let report = &loaded.reports["transactions"];
    assert_eq!(report.read, truth["rows"]);
    assert_eq!(report.kept, truth["kept"]);
    assert_eq!(report.rejected, truth["rejected_dates"]);
    let fault = |fault, column| faults(loaded, "transactions", fault, column);
    assert_eq!(fault(Fault::NotATime, Some("occurred_at")), truth["rejected_dates"]);
    assert_eq!(fault(Fault::RepeatedLine, None), truth["repeated_rows"]);
    assert_eq!(fault(Fault::RoundedAmount, Some("amount")), truth["rounded_amounts"]);
    assert_eq!(fault(Fault::NoCustomer, Some("customer_id")), truth["without_customer"]);
    assert_eq!(fault(Fault::ClockSkipped, Some("occurred_at")), truth["clock_skipped"]);
    assert_eq!(fault(Fault::ClockTwice, Some("occurred_at")), truth["clock_twice"]);
    let missing: u64 = truth["missing_rate"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(fault(Fault::MissingRate, Some("amount")), missing);
    let blank = truth["blank_amounts"].as_u64().unwrap();
    assert_eq!(fault(Fault::BlankValue, Some("amount")), blank + missing);
    let kinds = count(loaded, "transactions", &["kind"]);
    assert_eq!(kinds[&vec!["sale".to_owned()]], truth["sales"]);
    assert_eq!(kinds[&vec!["return".to_owned()]], truth["returns"]);
    assert_eq!(count(loaded, "transactions", &["order_id"]).len() as u64, truth["orders"]);
    for (channel, n) in truth["rows_by_channel"].as_object().unwrap() {
        let found = count(loaded, "transactions", &["channel"]);
        assert_eq!(found[&vec![channel.clone()]], n.as_u64().unwrap(), "{channel}");
    }
    assert_eq!(sum(loaded, "transactions", "amount"), truth["revenue_cents"].as_f64().unwrap());
}

fn cases(loaded: &Loaded, truth: &Value) {
    let (tickets, calls, visits) = (&truth["tickets"], &truth["calls"], &truth["sessions"]);
    let rows = |t: &Value| t["rows"].as_u64().unwrap();
    let report = &loaded.reports["interactions"];
    assert_eq!(report.read, rows(tickets) + rows(calls) + rows(visits));
    assert_eq!(report.superseded, tickets["earlier_states"]);
    assert_eq!(
        faults(loaded, "interactions", Fault::ClosedUnresolved, Some("resolved_at")),
        tickets["closed_unsolved"]
    );
    let met = count(loaded, "interactions", &["sla_met"]);
    let of = |word: &str| met[&vec![word.to_owned()]];
    assert_eq!(
        (of("1"), of("0")),
        (tickets["sla_met"].as_u64().unwrap(), tickets["sla_missed"].as_u64().unwrap())
    );
    let reopened = count(loaded, "interactions", &["reopened"]);
    assert_eq!(reopened[&vec!["1".to_owned()]], tickets["reopened"]);
    let solved = count(loaded, "interactions", &["resolved_at"]);
    assert_eq!(solved[&vec!["true".to_owned()]], tickets["solved"]);
    let kinds = count(loaded, "interactions", &["kind"]);
    assert_eq!(kinds[&vec!["complaint".to_owned()]], tickets["complaints"]);
    for (kind, n) in visits["by_kind"].as_object().unwrap() {
        let kind = if kind == "help" { "self_service" } else { kind };
        assert_eq!(kinds[&vec![kind.to_owned()]], n.as_u64().unwrap(), "{kind}");
    }
    let waiting = count(loaded, "interactions", &["answered_at", "abandoned_at"]);
    let of = |a: &str, b: &str| waiting[&vec![a.to_owned(), b.to_owned()]];
    assert_eq!(of("true", "false"), calls["answered"]);
    assert_eq!(of("false", "true"), calls["abandoned"]);
}

fn others(loaded: &Loaded, truth: &Value) {
    let customers = &truth["customers"];
    assert_eq!(loaded.reports["customers"].superseded, customers["replaced"]);
    assert_eq!(
        faults(loaded, "customers", Fault::NotATime, Some("acquired_at")),
        customers["impossible_dates"]
    );
    for (table, column, planted) in
        [("customers", "segment", &customers["by_segment"]), ("customers", "tier", &customers["by_tier"])]
    {
        let found = count(loaded, table, &["customer_id", column]);
        for (value, n) in planted.as_object().unwrap() {
            let named = found.iter().filter(|(key, _)| !key[0].is_empty() && key[1] == *value);
            assert_eq!(named.map(|(_, n)| n).sum::<u64>(), n.as_u64().unwrap(), "{column} {value}");
        }
    }
    for (table, n) in [
        ("subscriptions", &truth["club"]["contracts"]),
        ("mrr_changes", &truth["club"]["changes"]),
        ("reviews", &truth["reviews"]["rows"]),
        ("costs", &truth["books"]["cost_rows"]),
        ("assignments", &truth["books"]["assignments"]),
        ("initiatives", &truth["books"]["initiatives"]),
        ("events", &truth["books"]["events"]),
        ("plan", &truth["books"]["plan_rows"]),
        ("rates", &truth["rows_by_file"]["rates.csv"]),
    ] {
        assert_eq!(loaded.reports[table].kept, n.as_u64().unwrap(), "{table}");
    }
    let enps = count(loaded, "employee_responses", &["question", "answered", "from_best"]);
    let promoters = enps.iter().filter(|(key, _)| key[0] == "enps" && matches!(key[2].as_str(), "0" | "1"));
    assert_eq!(promoters.map(|(_, n)| n).sum::<u64>(), truth["staff"]["promoters"]);
    // Whatever else was found is named here, so that no fault of the generator's own goes unseen.
    let known = [
        Fault::NoCustomer,
        Fault::RepeatedLine,
        Fault::RoundedAmount,
        Fault::BlankValue,
        Fault::MissingRate,
        Fault::ClockSkipped,
        Fault::ClockTwice,
        Fault::NotATime,
        Fault::OutOfScale,
        Fault::NotANumber,
        Fault::SupersededKey,
        Fault::Excluded,
        Fault::ClosedUnresolved,
        Fault::MissingRequired,
    ];
    for issue in loaded.issues(&|_| true) {
        assert!(known.contains(&issue.fault), "{issue:?}");
    }
}

#[test]
fn customers_without_a_number_are_rejected() {
    let (loaded, truth) = demo();
    let (report, planted) = (&loaded.reports["customers"], &truth["customers"]);
    assert_eq!(report.rejected, planted["without_number"]);
    assert_eq!(report.kept, planted["customers"]);
}
