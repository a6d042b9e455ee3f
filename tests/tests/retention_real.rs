//! Who stays, over real data sets, against counts made row by row.

use cx_core::analysis::{Company, Options, Project, RetentionQuery, retention};
use cx_core::findings::{CohortKind, HoldOut, Part, Retention};
use cx_core::ground::estimate::{Absent, Caveat};
use cx_tests::oracle::shared;
use flate2::read::GzDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// The project of a data set, with its files where they lie.
fn study(name: &str, by: &[&str]) -> Option<Retention> {
    let data = shared("retention over real data")?.join("data");
    let folder = tempfile::tempdir().expect("a folder");
    let file = format!("{}/data/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).expect("settings");
    let data = std::fs::canonicalize(data).expect("a path");
    let text = text.replace("files = \"", &format!("files = \"{}/", data.display()));
    std::fs::write(folder.path().join("cx.toml"), text).expect("written");
    let cancel = AtomicBool::new(false);
    let options = Options { threads: 2, ..Options::quiet(&cancel) };
    let company = Project::open(folder.path())
        .and_then(|project| Company::load(project, &options))
        .unwrap_or_else(|e| panic!("{e:?}"));
    let query = RetentionQuery { by: by.iter().map(|b| (*b).to_owned()).collect(), within: None };
    Some(retention(&company, &query, &options).unwrap_or_else(|e| panic!("{e:?}")))
}

fn unpacked(path: &str) -> Option<String> {
    let file = shared("retention over real data")?.join("data").join(Path::new(path));
    let mut text = Vec::new();
    GzDecoder::new(std::fs::File::open(file).expect("a file")).read_to_end(&mut text).expect("read");
    Some(String::from_utf8_lossy(&text).into_owned())
}

fn found<T>(part: &Part<T>) -> &T {
    match part {
        Part::Found(x) => x,
        Part::Absent(why) => panic!("{why:?}"),
    }
}

#[track_caller]
fn close(got: f64, wanted: f64) {
    assert!((got - wanted).abs() < 1e-12, "{got}, not {wanted}");
}

/// Kaplan-Meier by a row count: (tenure, left) of every customer.
fn by_rows(rows: &[(u32, bool)], age: u32) -> f64 {
    let tenures: BTreeSet<u32> = rows.iter().filter(|r| r.1).map(|r| r.0).collect();
    let at = |t: u32| {
        let there = rows.iter().filter(|r| r.0 >= t).count() as f64;
        let left = rows.iter().filter(|r| r.0 == t && r.1).count() as f64;
        1.0 - left / there
    };
    tenures.into_iter().filter(|t| *t <= age).map(at).product()
}

/// Proves S026 in part.
/// Proves S065 in part.
/// Proves S083 in part.
/// Proves S140 in part.
#[test]
fn telco_is_what_its_rows_say() {
    let Some(text) = unpacked("telco_ibm/Telco-Customer-Churn.csv.gz") else { return };
    let mut rows: BTreeMap<String, Vec<(u32, bool)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let row = (cells[5].parse().expect("a tenure"), cells[20] == "Yes");
        rows.entry(cells[15].to_owned()).or_default().push(row);
        rows.entry("all".to_owned()).or_default().push(row);
    }
    let Some(study) = study("telco", &[]) else { return };
    let survival = found(&study.survival);
    assert_eq!((survival.whole.n, survival.whole.left), (7043, 1869));
    // The clearest of the company's own columns.
    let by = survival.by.as_ref().expect("groups");
    assert_eq!(by.dimension, "contract");
    assert_eq!(
        by.curves.iter().map(|c| c.slice.0[0].1.as_str()).collect::<Vec<_>>(),
        ["Two year", "One year", "Month-to-month"]
    );
    for age in [1_u32, 3, 6, 12, 24, 36, 48, 60, 72] {
        let value =
            |id: String| study.fact(&id).and_then(|f| f.estimate.value).unwrap_or_else(|| panic!("{id}"));
        close(value(format!("retention/survival/{age}")), by_rows(&rows["all"], age));
        for contract in ["Month-to-month", "One year", "Two year"] {
            close(
                value(format!("retention/survival/contract={contract}/{age}")),
                by_rows(&rows[contract], age),
            );
        }
    }
    // A file of one day tells ages, and says so beside every figure.
    let fact = study.fact("retention/survival/12").expect("a year");
    assert!(
        fact.estimate
            .caveats
            .iter()
            .any(|c| matches!(c, Caveat::Note { text } if text.contains("2024-01-31")))
    );
    assert!(fact.assumptions.iter().any(|(name, _)| name == "everybody who ever left is in the file"));
    assert!(matches!(&study.cohorts, Part::Absent(Absent::Refused(why)) if why.rule == "one_snapshot"));

    let drivers = found(&study.drivers);
    assert_eq!((drivers.n, drivers.left), (7043, 1869));
    let two = drivers.effects.iter().find(|e| e.level == "Two year").expect("a contract of two years");
    assert!(two.hazard_ratio.estimate.value.expect("a ratio") < 0.1 && two.significant);

    let leaving = found(&study.leaving);
    assert_eq!(leaving.hold_out, HoldOut::OtherCustomers { share: 0.2 });
    assert!(leaving.refused.is_none(), "{}", leaving.calibration.said);
    assert!(leaving.calibration.area.expect("an area") > 0.75, "{:?}", leaving.calibration.area);
    let inside = leaving.calibration.bins.iter().filter(|b| (b.low..=b.high).contains(&b.predicted)).count();
    assert!(inside * 3 >= leaving.calibration.bins.len() * 2, "{:?}", leaving.calibration.bins);
    let revenue = study.fact("retention/revenue_at_risk").expect("revenue");
    let sum: f64 = leaving.bands.iter().filter_map(|b| b.at_risk).sum();
    let value = revenue.estimate.value.expect("a figure");
    assert!((value - sum).abs() < 1e-6 * sum);
    assert!(revenue.estimate.interval.expect("limits").contains(value));
    // Everybody who is still there, with twelve months of charges.
    assert_eq!(leaving.bands.iter().map(|b| b.customers).sum::<u64>(), 7043 - 1869);
    let charges: f64 = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|cells| cells[20] == "No")
        .map(|cells| 12.0 * cells[18].parse::<f64>().expect("a price"))
        .sum();
    let banded: f64 = leaving.bands.iter().filter_map(|b| b.revenue).sum();
    assert!((banded - charges).abs() < 0.01, "{banded}, not {charges}");
}

/// Proves S028 in part.
/// Proves S072 in part.
/// Proves S083 in part.
#[test]
fn online_retail_is_what_its_rows_say() {
    let Some(study) = study("retail", &[]) else { return };
    let cohorts = found(&study.cohorts);
    assert_eq!(cohorts.kind, CohortKind::Bought);
    // The cells of the reference case `cohort_retention`, which counts the same file.
    assert!(cohorts.cohorts.len() >= 12, "{}", cohorts.cohorts.len());
    let last = cohorts.cohorts.last().expect("a cohort");
    assert!(last.cells.iter().all(|c| !c.complete), "December 2011 ends with the ninth");
    let buying = found(&study.buying);
    assert!(matches!(buying.hold_out, HoldOut::LaterDate { .. }));
    assert!(buying.calibration.area.expect("an area") > 0.7);
    // More bought in autumn than a summer led to expect: chances that fail their hold-out are not shown.
    assert_eq!(buying.refused.as_ref().map(|r| r.rule.as_str()), Some("propensity_off_on_average"));
    assert!(buying.bands.is_empty() && buying.expected.estimate.value.is_none());
    assert!(matches!(&study.survival, Part::Absent(Absent::NotAvailable { .. })));
}
