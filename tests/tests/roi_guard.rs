//! Claims together are held against what the company gained.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::analysis::RoiQuery;
use cx_core::findings::RoiReport;
use cx_core::ground::period::Day;
use cx_tests::planted::{self, even};
use std::fmt::Write as _;

const SETTINGS: &str = r#"format = 1
[project]
name = "Guarded"
time_zone = "UTC"
currency = "EUR"
covered = [2022-01-01, 2025-12-31]
[[source]]
name = "customers"
files = ["customers.csv"]
[source.customers]
customer_id = "id"
[[source]]
name = "orders"
files = ["orders.csv"]
[source.transactions]
customer_id = "id"
occurred_at = "day"
amount = "amount"
margin = "amount"
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
name = "lots"
files = ["assignments.csv"]
[source.assignments]
initiative_id = "initiative"
customer_id = "customer"
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

/// Four hundred customers over four years, half of them treated in the last:
/// their spending rises by a tenth, that of the others by `others`.
fn found(others: f64) -> RoiReport {
    let folder = tempfile::tempdir().unwrap();
    let start: Day = "2025-01-01".parse().unwrap();
    let mut customers = "id\n".to_owned();
    let mut orders = "id;day;amount\n".to_owned();
    let mut assignments = "initiative;customer;arm;day\n".to_owned();
    for i in 0..400_u64 {
        let treated = even(7, "lot", i) < 0.5;
        let _ = writeln!(customers, "C{i:03}");
        let _ =
            writeln!(assignments, "OFFER;C{i:03};{};{start}", if treated { "treatment" } else { "control" });
        for year in 2022..2026_u64 {
            for month in 1..13_u64 {
                let season = if month == 12 { 1.5 } else { 1.0 };
                let moved = match (year, treated) {
                    (2025, true) => 1.1,
                    (2025, false) => 1.0 + others,
                    _ => 1.0,
                };
                let key = i * 1000 + year * 12 + month;
                let amount = 100.0 * season * moved * (0.9 + 0.2 * even(7, "amount", key));
                let _ = writeln!(orders, "C{i:03};{year}-{month:02}-{:02};{amount:.2}", 1 + key % 28);
            }
        }
    }
    let files = [
        ("cx.toml", SETTINGS),
        ("customers.csv", &customers),
        ("orders.csv", &orders),
        ("initiatives.csv", "id;from;metric;stream;way\nOFFER;2025-01-01;aov;spend;lot\n"),
        ("assignments.csv", &assignments),
        ("costs.csv", "initiative;day;amount;kind\nOFFER;2024-12-15;2000;initiative_capex\n"),
    ];
    planted::write_all(folder.path(), &files);
    planted::roi_of(folder.path(), &RoiQuery { draws: Some(1000), ..RoiQuery::default() }, 2)
}

/// What the treated won the others lost: the trial sees twice what the company never gained.
/// Proves S106 in part.
#[test]
fn gains_taken_from_others_are_scaled_and_named() {
    let report = found(-0.1);
    let held = report.guard.as_ref().unwrap();
    assert_eq!(held.months, 12);
    // 400 customers, 100 a month and half as much more in December: 40,000 · 12.5.
    assert!((held.actual / 500_000.0 - 1.0).abs() < 0.02, "{held:?}");
    let upper = held.foretold.interval.unwrap();
    let half = upper.high.unwrap() - held.foretold.value.unwrap();
    assert!((held.bound - (held.actual - held.foretold.value.unwrap() + half)).abs() < 1e-6);
    // Half of the customers, a fifth of their margin: 50,000 claimed.
    assert!((held.claimed / 50_000.0 - 1.0).abs() < 0.15, "{held:?}");
    assert!(held.factor < 0.5 && held.bound < 0.5 * held.claimed, "{held:?}");
    let [claim] = &held.claims[..] else { panic!("{held:?}") };
    assert_eq!(claim.initiative, "OFFER");
    assert!((claim.fits - held.bound.max(0.0)).abs() < 1e-6 * claim.claimed);
    let money = report.initiatives[0].money.as_ref().unwrap();
    let scaled = money.held.as_ref().unwrap();
    let (whole, fits) = (money.benefit.value.unwrap(), scaled.benefit.value.unwrap());
    assert!((fits - held.factor * whole).abs() < 1e-6 * whole && scaled.pays <= money.pays);
    let together = report.programme.as_ref().unwrap();
    assert!((together.benefit.value.unwrap() - fits).abs() < 1e-6 * whole);
    assert_eq!(together.as_claimed.as_ref().unwrap().value, money.npv.value);
}

/// Where the others lose nothing, the company gained what is claimed.
#[test]
fn gains_that_the_company_made_stand() {
    let report = found(0.0);
    let held = report.guard.as_ref().unwrap();
    assert!(held.factor >= 1.0 && (held.claimed / 25_000.0 - 1.0).abs() < 0.2, "{held:?}");
    assert!(report.initiatives[0].money.as_ref().unwrap().held.is_none());
    assert!(report.programme.as_ref().unwrap().as_claimed.is_none());
}
