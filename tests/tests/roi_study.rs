//! A company whose initiatives are planted: what they gave back, and what must not be said.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::analysis::RoiQuery;
use cx_core::findings::{InitiativeFound, RoiReport};
use cx_core::ground::estimate::Absent;
use cx_core::ground::period::Day;
use cx_tests::planted::{self, even, initiative as one};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

const SETTINGS: &str = r#"format = 1
[project]
name = "Planted"
time_zone = "UTC"
currency = "EUR"
covered = [2024-01-01, 2025-12-31]
[[source]]
name = "customers"
files = ["customers.csv"]
[source.customers]
customer_id = "id"
acquired_at = "from"
closed_at = "to"
dimensions = ["region"]
[[source]]
name = "orders"
files = ["orders.csv"]
[source.transactions]
customer_id = "id"
occurred_at = "day"
amount = "amount"
margin = "margin"
[[source]]
name = "contacts"
files = ["contacts.csv"]
[source.interactions]
customer_id = "id"
occurred_at = "day"
kind = { value = "contact" }
cost = "cost"
[[source]]
name = "register"
files = ["initiatives.csv"]
[source.initiatives]
initiative_id = "id"
name = "name"
started_at = "from"
target_metric = "metric"
value_stream = "stream"
assigned_by = "way"
unit_kind = "unit"
[[source]]
name = "trial"
files = ["assignments.csv"]
[source.assignments]
initiative_id = "initiative"
customer_id = "customer"
unit = "unit"
arm = "arm"
assigned_at = "day"
[[source]]
name = "costs"
files = ["costs.csv"]
[source.costs]
initiative_id = "initiative"
occurred_at = "day"
amount = "amount"
cost_kind = "kind"
"#;

const REGISTER: &str = "id;name;from;metric;stream;way;unit\n\
    BASKET;Better baskets;2025-03-01;aov;spend;lot;\n\
    QUIET;Nothing at all;2024-09-01;aov;spend;lot;\n\
    DESK;One desk;2025-02-01;cost_to_serve;service;phased_by_management;region\n\
    LATE;Just begun;2025-12-20;aov;spend;lot;\n\
    FREE;Without a cost;2025-03-01;aov;spend;lot;\n\
    TWICE;On top of the desk;2025-06-01;cost_to_serve;service;management;region\n\
    THREE;Three regions;2025-02-01;cost_to_serve;service;management;region\n\
    CHOSEN;Chosen by themselves;2025-02-01;aov;spend;choice;\n";

/// What spending rises by where baskets are better, and what a contact costs less where there is one desk.
const BASKET: f64 = 0.15;
const DESK: f64 = 0.20;

fn day(year: u16, month: u8, of: u8) -> Day {
    format!("{year}-{month:02}-{of:02}").parse().unwrap()
}

/// What was planted among the treated as they happen to be: margin per customer over the window.
struct Truth {
    basket: f64,
}

/// Writes a company of `n` customers in 40 regions over two years; spending and contacts rise for all.
fn write(dir: &Path, n: u64, seed: u64) -> Truth {
    let mut customers = "id;from;to;region\n".to_owned();
    let (mut orders, mut contacts) = ("id;day;amount;margin\n".to_owned(), "id;day;cost\n".to_owned());
    let mut assignments = "initiative;customer;unit;arm;day\n".to_owned();
    let (begin, end) = (day(2024, 1, 1), day(2026, 1, 1));
    let start = day(2025, 3, 1);
    let starts = [Some(day(2025, 2, 1)), Some(day(2025, 6, 1)), None, None];
    let (mut gained, mut treated_n) = (0.0, 0_u32);
    for i in 0..n {
        let id = format!("C{i:05}");
        let region = i % 40;
        let joined = day(2023, 1, 1).plus((360.0 * even(seed, "joined", i)) as i32);
        let leaves = begin.plus((4000.0 * even(seed, "left", i)) as i32);
        let to = if leaves < end { leaves.to_string() } else { String::new() };
        let _ = writeln!(customers, "{id};{joined};{to};R{region:02}");
        let treated = even(seed, "basket", i) < 0.5;
        if leaves > start {
            let arm = if treated { "treatment" } else { "control" };
            let _ = writeln!(assignments, "BASKET;{id};;{arm};{start}\nFREE;{id};;{arm};{start}");
            treated_n += u32::from(treated);
        }
        let quiet = if even(seed, "quiet", i) < 0.5 { "treatment" } else { "control" };
        if leaves > day(2024, 9, 1) {
            let _ = writeln!(assignments, "QUIET;{id};;{quiet};2024-09-01");
        }
        if leaves > day(2025, 12, 20) {
            let _ = writeln!(assignments, "LATE;{id};;{quiet};2025-12-20");
        }
        let usual = 20.0 + 40.0 * even(seed, "usual", i);
        for month in 0..24_u64 {
            let key = i * 100 + month;
            let first = begin.plus(30 * month as i32);
            let when = first.plus((29.0 * even(seed, "day", key)) as i32);
            if when >= leaves || when >= end {
                continue;
            }
            let trend = 1.0 + 0.01 * month as f64;
            let better = if treated && when >= start { 1.0 + BASKET } else { 1.0 };
            let amount = usual * trend * (0.5 + even(seed, "amount", key));
            if better > 1.0 {
                gained += 0.4 * amount * BASKET;
            }
            let _ = writeln!(orders, "{id};{when};{:.2};{:.2}", amount * better, 0.4 * amount * better);
            if even(seed, "asks", key) < 0.5 {
                let desk = starts[(region / 10) as usize].is_some_and(|from| when >= from);
                let cost =
                    6.0 * trend * (0.5 + even(seed, "cost", key)) * if desk { 1.0 - DESK } else { 1.0 };
                let _ = writeln!(contacts, "{id};{when};{cost:.2}");
            }
        }
    }
    for region in 0..40 {
        if let Some(from) = starts[region / 10] {
            let _ = writeln!(assignments, "DESK;;R{region:02};treatment;{from}");
        }
        if (10..20).contains(&region) {
            let _ = writeln!(assignments, "TWICE;;R{region:02};treatment;2025-06-01");
        }
        if region >= 37 {
            let _ = writeln!(assignments, "THREE;;R{region:02};treatment;2025-02-01");
        }
    }
    let mut costs = "initiative;day;amount;kind\n".to_owned();
    for initiative in ["BASKET", "QUIET", "DESK", "TWICE", "THREE", "LATE", "CHOSEN"] {
        let _ = writeln!(costs, "{initiative};2025-02-15;4000;initiative_capex");
        for month in 3..=12 {
            let _ = writeln!(costs, "{initiative};2025-{month:02}-10;300;initiative_opex");
        }
    }
    let files = [
        ("cx.toml", SETTINGS),
        ("customers.csv", &customers),
        ("orders.csv", &orders),
        ("contacts.csv", &contacts),
        ("initiatives.csv", &REGISTER.replace("phased_by_management", "management")),
        ("assignments.csv", &assignments),
        ("costs.csv", &costs),
    ];
    planted::write_all(dir, &files);
    Truth { basket: gained / f64::from(treated_n) }
}

fn found(n: u64, seed: u64, threads: usize, draws: u32) -> (RoiReport, Truth) {
    let folder = tempfile::tempdir().unwrap();
    let truth = write(folder.path(), n, seed);
    let query = RoiQuery { draws: Some(draws), ..RoiQuery::default() };
    (planted::roi_of(folder.path(), &query, threads), truth)
}

fn rule(one: &InitiativeFound) -> &str {
    match &one.money {
        Err(Absent::Refused(why)) => &why.rule,
        other => panic!("{}: {other:?}", one.id),
    }
}

/// Proves S006 in part.
/// Proves S007.
/// Proves S060.
/// Proves S099 in part.
/// Proves S100 in part.
#[test]
fn what_was_planted_is_found_and_priced() {
    let (report, truth) = found(4000, 4, 2, 4000);
    let basket = one(&report, "BASKET");
    assert_eq!((basket.design.as_deref(), basket.grade.unwrap().letter()), (Some("randomised"), "R"));
    let margin = &basket.outcomes[0];
    assert!(margin.priced && margin.id == "margin");
    assert!(margin.effect.interval.unwrap().contains(truth.basket), "{}: {margin:?}", truth.basket);
    // Spending rose for everybody, and the rest of the treated left: before and after is another figure.
    let naive = margin.before_after.as_ref().unwrap();
    assert!(!naive.interval.unwrap().contains(truth.basket), "{naive:?}");
    let money = basket.money.as_ref().unwrap();
    let parts: f64 = money.streams.iter().filter(|s| s.counted).map(|s| s.value).sum();
    let months = basket.compared.as_ref().unwrap().months;
    // Seen months in full, half of the effect for the rest of three years, discounted.
    let force = 1.1_f64.ln() / 12.0;
    let annuity = |from: f64, to: f64| ((-force * from).exp() - (-force * to).exp()) / force;
    let weight = annuity(0.0, months) + 0.5 * annuity(months, 36.0);
    let population = basket.compared.as_ref().unwrap().population as f64;
    let wanted = population * margin.effect.value.unwrap() / months * weight;
    assert!((parts / wanted - 1.0).abs() < 0.02, "{parts} instead of {wanted}");
    assert!(money.pays > 0.95 && money.npv.interval.unwrap().low.unwrap() > 0.0, "{money:?}");
    let [standard, gross, table] = money.forms.unwrap();
    assert!((standard - (gross - 1.0)).abs() < 1e-12 && (table - (standard - 1.0)).abs() < 1e-12);
    // So large a trial leaves less open than how long the effect lasts, which nobody has seen.
    assert_eq!(money.inputs[0].name, "share that lasts beyond what was seen");
    assert_eq!(money.inputs.iter().find(|input| input.name == "effect").unwrap().provenance, "design");
    let even = money.break_even.unwrap();
    assert!(even > 0.0 && even < margin.effect.value.unwrap() / months, "{even}");

    let desk = one(&report, "DESK");
    // Its second wave met another initiative in the same regions: an effect, and no money.
    assert_eq!(desk.design.as_deref(), Some("differences"));
    assert_eq!(desk.overlaps, ["TWICE"]);
    assert_eq!((rule(desk), desk.grade.unwrap().letter()), ("overlapping treatment", "T"));
    let cost = &desk.outcomes[0];
    assert!(
        cost.priced && cost.id == "cost_to_serve" && cost.effect.interval.unwrap().high.unwrap() < 0.0,
        "{cost:?}"
    );
    assert!(desk.path.iter().any(|p| p.month < 0) && desk.path.iter().any(|p| p.month >= 0));

    let programme = report.programme.as_ref().unwrap();
    // Three regions are few, and rank inference over the untouched ones still gives a figure.
    let three = one(&report, "THREE");
    assert!(three.outcomes[0].effect.interval.unwrap().contains(0.0), "{:?}", three.outcomes[0]);
    assert!(three.checks.iter().any(|c| c.name == "untouched units" && c.says.starts_with("20 ")));
    assert_eq!(programme.initiatives, ["QUIET", "THREE", "BASKET"]);
    let sum: f64 = ["QUIET", "THREE", "BASKET"]
        .iter()
        .map(|id| one(&report, id).money.as_ref().unwrap().cost.value.unwrap())
        .sum();
    assert!((programme.cost.value.unwrap() / sum - 1.0).abs() < 0.01);
    assert!(report.facts.iter().any(|f| f.id == "roi/BASKET/npv" && f.given()));
    assert!(matches!(&report.guard, Err(Absent::Refused(why)) if why.rule == "global guard"));
}

/// Proves S067.
#[test]
fn what_cannot_be_said_is_refused() {
    let (report, _) = found(2000, 2, 2, 2000);
    for (id, wanted) in [
        ("LATE", "too early"),
        ("FREE", "cost"),
        ("CHOSEN", "assignment"),
        ("TWICE", "overlapping treatment"),
    ] {
        let one = one(&report, id);
        assert_eq!(rule(one), wanted, "{id}");
        assert!(one.refused.iter().all(|why| !why.lift.is_empty()));
    }
    // Asked for alone it is refused as well: what it met does not hang on the question.
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 2000, 2);
    let alone = RoiQuery { initiatives: vec!["TWICE".to_owned()], draws: Some(200), ..RoiQuery::default() };
    let report = planted::roi_of(folder.path(), &alone, 2);
    assert_eq!((rule(&report.initiatives[0]), report.initiatives.len()), ("overlapping treatment", 1));
    let (report, _) = found(2000, 2, 2, 2000);
    // Nothing was planted, and nothing is claimed: the break-even lies far above what was found.
    let quiet = one(&report, "QUIET").money.as_ref().unwrap();
    assert!(quiet.pays < 0.95, "{}", quiet.pays);
    assert!(one(&report, "FREE").outcomes[0].effect.value.is_some());
}

/// The same bytes whatever the threads.
#[test]
fn threads_change_nothing() {
    let text = |threads| serde_json::to_string(&found(1000, 3, threads, 1000).0).unwrap();
    assert_eq!(text(1), text(2));
}

/// Over many companies intervals hold what was planted as often as they say.
#[test]
fn coverage_of_the_whole_study() {
    let repeats = planted::repeats();
    let mut held = [0_u64; 4];
    for seed in 0..repeats {
        let (report, truth) = found(1500, 100 + seed, 2, 200);
        let outcome = |id: &str| one(&report, id).outcomes[0].clone();
        let holds = |id: &str, x: f64| u64::from(outcome(id).effect.interval.unwrap().contains(x));
        let desk = outcome("DESK");
        // A fifth of what it would have cost without.
        let without = desk.without.unwrap();
        held[0] += holds("BASKET", truth.basket);
        held[1] += holds("QUIET", 0.0);
        held[2] += holds("DESK", -DESK * without);
        held[3] +=
            u64::from(outcome("BASKET").before_after.unwrap().interval.unwrap().contains(truth.basket));
    }
    let _ = writeln!(std::io::stdout(), "basket, quiet, desk, naive: {held:?} of {repeats}");
    for (name, held) in ["basket", "quiet", "desk"].iter().zip(held) {
        let tails = cx_core::infer::special::binomial::tails(held, repeats, 0.95);
        assert!(tails.below > 0.001, "{name}: {held} of {repeats}");
    }
    assert!(held[3] < repeats);
}
