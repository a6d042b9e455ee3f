//! Customers who choose for what they bought before: what choosing gave, and what it seems to give.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::analysis::RoiQuery;
use cx_core::findings::RoiReport;
use cx_core::ground::estimate::Absent;
use cx_core::ground::period::Day;
use cx_core::infer::special::binomial;
use cx_tests::planted::{self, even, initiative as one};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

const SETTINGS: &str = r#"format = 1
[project]
name = "Chosen"
time_zone = "UTC"
currency = "EUR"
covered = [2024-01-01, 2026-06-30]
[[source]]
name = "customers"
files = ["customers.csv"]
[source.customers]
customer_id = "id"
acquired_at = "from"
dimensions = ["age"]
[[source]]
name = "orders"
files = ["orders.csv"]
[source.transactions]
order_id = "order"
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
[[source]]
name = "choices"
files = ["assignments.csv"]
[source.assignments]
initiative_id = "initiative"
customer_id = "customer"
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

const REGISTER: &str = "id;from;metric;stream;way\n\
    CLUB;2025-09-01;aov;spend;choice\n\
    BADGE;2025-09-01;aov;spend;choice\n\
    SLOW;2025-09-01;aov;spend;choice\n";

/// What the club adds to every order of a member.
const CLUB: f64 = 0.10;
/// Margin of what is bought.
const MARGIN: f64 = 0.4;

/// Writes a company in which customers with many and large orders join a club;
/// gives what the club added to the margin of a member, on average.
///
/// A badge is chosen for the same reasons and does nothing; a third thing is
/// chosen over half a year.
fn write(dir: &Path, n: u64, seed: u64) -> f64 {
    let day = |text: &str| text.parse::<Day>().unwrap();
    let (begin, end, start) = (day("2024-01-01"), day("2026-07-01"), day("2025-09-01"));
    let mut customers = "id;from;age\n".to_owned();
    let mut orders = "order;id;day;amount;margin\n".to_owned();
    let mut assignments = "initiative;customer;day\n".to_owned();
    let (mut gained, mut members) = (0.0, 0.0);
    for i in 0..n {
        let age = (3.0 * even(seed, "age", i)) as usize;
        let joined = day("2023-01-01").plus((360.0 * even(seed, "joined", i)) as i32);
        let _ = writeln!(customers, "C{i:05};{joined};{}", ["young", "middle", "old"][age]);
        // Some come often and some hardly, some spend much and some little, and stay that way.
        let rate = 0.02 + 0.06 * even(seed, "rate", i).powi(2);
        let usual = 30.0 * (1.2 * (even(seed, "usual", i) - 0.5)).exp() * [0.8, 1.0, 1.2][age];
        let (mut past, mut member, mut bearer) = ((0.0, 0.0), false, false);
        for date in begin.0..end.0 {
            let (when, key) = (Day(date), i * 10_000 + (date - begin.0) as u64);
            if when == start && past.0 > 0.0 {
                let odds =
                    (-1.6 + 0.9 * f64::ln(past.0 / 12.0) + 1.2 * f64::ln(past.1 / past.0 / 30.0)).exp();
                member = even(seed, "member", i) < odds / (1.0 + odds);
                bearer = even(seed, "bearer", i) < odds / (1.0 + odds);
            }
            if even(seed, "comes", key) >= rate {
                continue;
            }
            let amount = usual * (0.6 + 0.8 * even(seed, "amount", key));
            if date >= start.0 - 365 && when < start {
                past = (past.0 + 1.0, past.1 + amount);
            }
            let extra = if member { CLUB } else { 0.0 };
            gained += MARGIN * amount * extra;
            let paid = amount * (1.0 + extra);
            let _ = writeln!(orders, "O{key};C{i:05};{when};{paid:.2};{:.2}", MARGIN * paid);
        }
        members += f64::from(u8::from(member));
        for (chose, name) in [(member, "CLUB"), (bearer, "BADGE")] {
            if chose {
                let _ = writeln!(assignments, "{name};C{i:05};{start}");
            }
        }
        if i % 3 == 0 {
            let _ = writeln!(assignments, "SLOW;C{i:05};{}", start.plus((i % 180) as i32));
        }
    }
    let mut costs = "initiative;day;amount;kind\n".to_owned();
    for initiative in ["CLUB", "BADGE", "SLOW"] {
        let _ = writeln!(costs, "{initiative};2025-08-15;500;initiative_capex");
    }
    let files = [
        ("cx.toml", SETTINGS),
        ("customers.csv", &customers),
        ("orders.csv", &orders),
        ("initiatives.csv", REGISTER),
        ("assignments.csv", &assignments),
        ("costs.csv", &costs),
    ];
    planted::write_all(dir, &files);
    gained / members
}

fn found(n: u64, seed: u64) -> (RoiReport, f64) {
    let folder = tempfile::tempdir().unwrap();
    let truth = write(folder.path(), n, seed);
    let query = RoiQuery { draws: Some(500), ..RoiQuery::default() };
    (planted::roi_of(folder.path(), &query, 2), truth)
}

/// Proves S152 in part.
#[test]
fn members_are_held_against_those_who_bought_alike() {
    let (report, truth) = found(3000, 1);
    let club = one(&report, "CLUB");
    assert_eq!((club.design.as_deref(), club.grade.unwrap().letter()), (Some("weighted"), "W"), "{club:?}");
    let margin = &club.outcomes[0];
    assert!(margin.priced && margin.id == "margin");
    assert!(margin.effect.interval.unwrap().contains(truth), "{truth}: {:?}", margin.effect);
    // Members bought far more before: as they stand they seem to gain several times as much.
    let naive = margin.as_they_stand.as_ref().unwrap();
    assert!(naive.value.unwrap() > 3.0 * truth, "{truth}: {naive:?}");
    for name in ["balance", "overlap", "hidden cause", "outcome before"] {
        assert!(club.checks.iter().any(|c| c.name == name), "{name}");
    }
    let money = club.money.as_ref().unwrap();
    let months = club.compared.as_ref().unwrap().months;
    let treated = club.compared.as_ref().unwrap().treated as f64;
    // Ten months seen in full, half of it for the rest of three years, discounted.
    let force = 1.1_f64.ln() / 12.0;
    let annuity = |from: f64, to: f64| ((-force * from).exp() - (-force * to).exp()) / force;
    let wanted = treated * margin.effect.value.unwrap() / months
        * (annuity(0.0, months) + 0.5 * annuity(months, 36.0));
    assert!(
        (money.benefit.value.unwrap() / wanted - 1.0).abs() < 0.05,
        "{} for {wanted}",
        money.benefit.value.unwrap()
    );

    let badge = &one(&report, "BADGE").outcomes[0];
    assert!(badge.effect.interval.unwrap().contains(0.0), "{:?}", badge.effect);
    assert!(badge.as_they_stand.as_ref().unwrap().interval.unwrap().low.unwrap() > 0.0);
    assert!(
        matches!(&one(&report, "SLOW").money, Err(Absent::Refused(why)) if why.rule == "chosen over time")
    );
}

/// Over many companies the interval holds what the club gave as often as it says, and the naive one never.
#[test]
fn coverage_of_choices() {
    let repeats = planted::repeats();
    let mut held = [0_u64; 3];
    for seed in 0..repeats {
        let (report, truth) = found(2000, 200 + seed);
        let outcome = |id: &str| one(&report, id).outcomes[0].clone();
        held[0] += u64::from(outcome("CLUB").effect.interval.unwrap().contains(truth));
        held[1] += u64::from(outcome("BADGE").effect.interval.unwrap().contains(0.0));
        held[2] += u64::from(outcome("CLUB").as_they_stand.unwrap().interval.unwrap().contains(truth));
    }
    let _ = writeln!(std::io::stdout(), "club, badge, naive: {held:?} of {repeats}");
    for (name, held) in ["club", "badge"].iter().zip(held) {
        let tails = binomial::tails(held, repeats, 0.95);
        assert!(tails.below > 0.001, "{name}: {held} of {repeats}");
    }
    assert_eq!(held[2], 0);
}
