//! The retention triangle against pandas.

use cx_core::calc::{Request, call};
use cx_core::infer::Level;
use cx_core::infer::cohorts::{Purchase, triangle};
use cx_tests::oracle::{Oracle, value};

#[test]
fn cohort_retention() {
    let Some(oracle) = Oracle::open("cohort_retention") else { return };
    let table = oracle.table("input.csv");
    let cells = |name: &str| &table.column(name).unwrap().cells;
    let rows: Vec<Purchase<'_>> = cells("id")
        .iter()
        .zip(cells("date"))
        .zip(cells("amount"))
        .map(|((customer, date), amount)| {
            let cents = (amount.parse::<f64>().unwrap() * 100.0).round() as i128;
            Purchase { customer, day: date.parse().unwrap(), amount: cents }
        })
        .collect();
    let as_of = rows.iter().map(|row| row.day).max().unwrap();
    let cohorts = triangle(&rows, as_of, Level::P95);
    let by_command = call("cohorts", &Request::on(&table)).unwrap();
    let mut keys = 0;
    for cohort in &cohorts {
        let label = cohort.label.as_str();
        let expected: Vec<&str> = oracle.keys(label).collect();
        for age in &cohort.ages {
            let month = age.month.to_string();
            for (part, by_library) in [
                ("active", age.active as f64),
                ("retention", age.retention.value.unwrap()),
                ("revenue", age.amount as f64 / 100.0),
            ] {
                let key = format!("{label}.{part}[{month}]");
                if expected.contains(&key.as_str()) {
                    keys += 1;
                    oracle.check(&key, by_library);
                    oracle.check(&key, value(&by_command, &["cohorts", label, part, &month]));
                }
            }
        }
    }
    assert!(keys > 0);
    oracle.all_claimed();
}
