//! A rule that treats from so many points on: what it did to those who just reached it.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::analysis::RoiQuery;
use cx_core::findings::RoiReport;
use cx_core::ground::estimate::Absent;
use cx_core::ground::evidence::Grade;
use cx_tests::planted::{even, initiative, roi_of, write_all};
use std::fmt::Write as _;

const SETTINGS: &str = r#"format = 1
[project]
name = "Points"
time_zone = "UTC"
currency = "EUR"
covered = [2024-01-01, 2025-06-30]
[[source]]
name = "orders"
files = ["orders.csv"]
[source.transactions]
customer_id = "id"
occurred_at = "day"
amount = "amount"
margin = "margin"
[[source]]
name = "register"
files = ["initiatives.csv"]
[source.initiatives]
initiative_id = "id"
started_at = "from"
target_metric = "metric"
value_stream = "stream"
assigned_by = "way"
cut_off = "points"
[[source]]
name = "tier"
files = ["assignments.csv"]
[source.assignments]
initiative_id = "initiative"
customer_id = "customer"
arm = "arm"
assigned_at = "day"
rule_value = "points"
[[source]]
name = "costs"
files = ["costs.csv"]
[source.costs]
initiative_id = "initiative"
occurred_at = "day"
amount = "amount"
cost_kind = "kind"
"#;

const REGISTER: &str = "id;from;metric;stream;way;points\nTIER;2025-01-01;margin;spend;rule;500\nBLIND;2025-01-01;margin;spend;rule;\n";

/// A company whose customers have points, spend more the more they have, and gain `effect` a month from the rule on.
fn found(seed: u64, effect: f64, points: &dyn Fn(u64) -> f64, treated: &dyn Fn(f64) -> bool) -> RoiReport {
    let mut orders = "id;day;amount;margin\n".to_owned();
    let mut assignments = "initiative;customer;arm;day;points\n".to_owned();
    for i in 0..3000 {
        let points = points(i);
        let arm = if treated(points) { "treated" } else { "control" };
        let _ = writeln!(assignments, "TIER;C{i};{arm};2025-01-01;{points:.4}");
        for month in 0..18_u64 {
            let usual = 20.0 + 0.03 * points + 10.0 * (even(seed, "month", i * 100 + month) - 0.5);
            let gained = if treated(points) && month >= 12 { effect } else { 0.0 };
            let margin = usual + 8.0 * (even(seed, "own", i) - 0.5) + gained;
            let day = 1 + (27.0 * even(seed, "day", i * 100 + month)) as u32;
            let _ = writeln!(
                orders,
                "C{i};{}-{:02}-{day:02};{:.2};{margin:.2}",
                2024 + month / 12,
                1 + month % 12,
                3.0 * margin
            );
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let files = [
        ("cx.toml", SETTINGS),
        ("orders.csv", &orders),
        ("initiatives.csv", REGISTER),
        ("assignments.csv", &assignments),
        ("costs.csv", "initiative;day;amount;kind\nTIER;2025-01-02;900;initiative_capex\n"),
    ];
    write_all(dir.path(), &files);
    roi_of(dir.path(), &RoiQuery::default(), 1)
}

fn spread_evenly(seed: u64) -> impl Fn(u64) -> f64 {
    move |i| 1000.0 * even(seed, "points", i)
}

#[test]
fn those_just_over_a_cut_off_are_held_beside_those_just_short_of_it() {
    let report = found(3, 5.0, &spread_evenly(3), &|points| points >= 500.0);
    let one = initiative(&report, "TIER");
    assert_eq!(
        (one.design.as_deref(), one.grade),
        (Some("discontinuity"), Some(Grade::Q)),
        "{:?}",
        one.refused
    );
    let margin = one.outcomes.iter().find(|o| o.priced).unwrap();
    let (low, high) = margin.effect.interval.and_then(|i| i.low.zip(i.high)).unwrap();
    // Six months of 5 each; those who have points spend more anyway, which plain means take for the rule.
    assert!(low < 30.0 && 30.0 < high && low > 0.0, "{low} {high}");
    let naive = margin.as_they_stand.as_ref().unwrap().interval.unwrap();
    assert!(naive.low.unwrap() > 60.0, "{naive:?}");
    assert!(one.checks.iter().all(|c| c.passed), "{:?}", one.checks);
    // What holds near the cut-off is not a benefit of all who were paid for.
    assert!(
        matches!(&one.money, Err(Absent::Refused(why)) if why.rule == "effect and cost of one population")
    );
    // Without its cut-off a rule that met everybody has its own past alone, and six months after are too few.
    let blind = initiative(&report, "BLIND");
    assert_eq!((blind.design.as_deref(), blind.refused[0].rule.as_str()), (None, "length of the series"));
}

#[test]
fn a_rule_may_treat_downwards_and_an_effect_of_nothing_is_none() {
    let report = found(4, 0.0, &spread_evenly(4), &|points| points <= 500.0);
    let one = initiative(&report, "TIER");
    let margin = one.outcomes.iter().find(|o| o.priced).unwrap();
    assert!(margin.effect.interval.unwrap().contains(0.0), "{:?}", margin.effect);
    let naive = margin.as_they_stand.as_ref().unwrap().interval.unwrap();
    assert!(naive.high.unwrap() < -60.0, "{naive:?}");
}

#[test]
fn customers_who_chose_their_side_and_rules_that_were_not_kept_give_no_figure() {
    // Half of those who lacked up to forty points bought them.
    let moved = |i: u64| {
        let points = 1000.0 * even(5, "points", i);
        let buys = (460.0..500.0).contains(&points) && even(5, "buys", i) < 0.5;
        if buys { 500.0 + 20.0 * even(5, "little", i) } else { points }
    };
    let report = found(5, 5.0, &moved, &|points| points >= 500.0);
    let one = initiative(&report, "TIER");
    assert_eq!(one.design, None);
    assert!(one.refused.iter().any(|why| why.rule == "density at the cut-off"), "{:?}", one.refused);

    let loose = |points: f64| (points >= 500.0) != (points as u64).is_multiple_of(20);
    let report = found(6, 5.0, &spread_evenly(6), &loose);
    let one = initiative(&report, "TIER");
    assert_eq!(one.refused[0].rule, "rule", "{:?}", one.refused);
}
