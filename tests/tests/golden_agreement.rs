//! Agreement and reliability against scikit-learn, statsmodels, krippendorff, pingouin and R.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{Request, Table, call};
use cx_core::infer::Level;
use cx_core::infer::agreement::{Disagreement, Scale, cohen, fleiss, krippendorff};
use cx_core::infer::reliability::{alpha, feldt, icc, one_factor};
use cx_tests::oracle::{Oracle, limits, value};
use std::collections::BTreeMap;

/// Ratings by unit and rater.
fn ratings(table: &Table) -> BTreeMap<String, BTreeMap<String, f64>> {
    let cells = |name: &str| &table.column(name).unwrap().cells;
    let mut units: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for ((rater, unit), value) in cells("rater").iter().zip(cells("unit")).zip(cells("value")) {
        units.entry(unit.clone()).or_default().insert(rater.clone(), value.parse().unwrap());
    }
    units
}

#[test]
fn agreement() {
    let Some(oracle) = Oracle::open("agreement") else { return };
    let table = oracle.table("input.csv");
    let units = ratings(&table);
    let lists: Vec<Vec<f64>> = units.values().map(|unit| unit.values().copied().collect()).collect();
    for (name, scale) in [
        ("nominal", Scale::Nominal),
        ("ordinal", Scale::Ordinal),
        ("interval", Scale::Interval),
        ("ratio", Scale::Ratio),
    ] {
        let by_library = krippendorff(&lists, scale).unwrap();
        let by_command = call("krippendorff", &Request::on(&table).option("metric", name)).unwrap();
        for got in [by_library, value(&by_command, &["alpha"])] {
            oracle.check(&format!("krippendorff.{name}"), got);
            oracle.check(&format!("paper.{name}"), got);
        }
    }
    let raters = ["r1", "r2", "r3", "r4"];
    for (i, a) in raters.iter().enumerate() {
        for b in &raters[i + 1..] {
            let pair = format!("{a}_{b}");
            let both: Vec<(f64, f64)> =
                units.values().filter_map(|u| Some((*u.get(*a)?, *u.get(*b)?))).collect();
            for (name, weights) in [
                ("unweighted", Disagreement::Unweighted),
                ("linear", Disagreement::Linear),
                ("quadratic", Disagreement::Quadratic),
            ] {
                let kappa = cohen(&both, weights).unwrap();
                oracle.check(&format!("cohen.{pair}.{name}"), kappa.value);
                let by_command = call("kappa", &Request::on(&table).option("weights", name)).unwrap();
                oracle.check(&format!("cohen.{pair}.{name}"), value(&by_command, &["pairs", &pair, "kappa"]));
                if name == "unweighted" {
                    oracle.check(&format!("cohen.{pair}.se"), kappa.se);
                    oracle.check(&format!("agreement.{pair}"), kappa.agreement);
                    oracle.check(&format!("cohen.{pair}.se"), value(&by_command, &["pairs", &pair, "se"]));
                    oracle.check(
                        &format!("agreement.{pair}"),
                        value(&by_command, &["pairs", &pair, "agreement"]),
                    );
                }
            }
        }
    }
    let by_all: Vec<Vec<f64>> = lists.into_iter().filter(|unit| unit.len() == 4).collect();
    let kappa = fleiss(&by_all).unwrap();
    oracle.check("fleiss.n_items", kappa.n as f64);
    oracle.check("fleiss.kappa", kappa.value);
    let by_command = call("kappa", &Request::on(&table)).unwrap();
    oracle.check("fleiss.n_items", value(&by_command, &["fleiss", "n"]));
    oracle.check("fleiss.kappa", value(&by_command, &["fleiss", "kappa"]));
    oracle.all_claimed();
}

#[test]
fn reliability() {
    let Some(oracle) = Oracle::open("reliability") else { return };
    let table = oracle.table("input.csv");
    let rows: Vec<Vec<f64>> = (0..table.rows())
        .map(|i| table.columns().iter().map(|c| c.cells[i].parse().unwrap()).collect())
        .collect();
    let result = alpha(&rows).unwrap();
    let interval = feldt(result.alpha, result.n, result.items, Level::P95).unwrap();
    let model = one_factor(&rows).unwrap();
    let by_command = call("cronbach", &Request::on(&table)).unwrap();
    let factor = call("omega", &Request::on(&table)).unwrap();
    let panel = call("icc", &Request::on(&table)).unwrap();
    let command = |path: &[&str]| value(&by_command, path);
    for key in ["alpha", "psych.raw_alpha"] {
        oracle.check(key, result.alpha);
        oracle.check(key, command(&["alpha"]));
    }
    for (low, high) in [(interval.low.unwrap(), interval.high.unwrap()), limits(&by_command, &["alpha"])] {
        oracle.check("alpha.feldt95.lo", low);
        oracle.check("alpha.feldt95.hi", high);
    }
    for (key, by_library, name) in [
        ("psych.std_alpha", result.standardised, "standardised_alpha"),
        ("psych.g6_smc", result.lambda6, "lambda6"),
        ("psych.average_r", result.average_r, "average_r"),
    ] {
        oracle.check(key, by_library.unwrap());
        oracle.check(key, command(&[name]));
    }
    for (j, column) in table.columns().iter().enumerate() {
        let item = &column.name;
        let drop = format!("psych.alpha_drop.{item}");
        oracle.check(&drop, result.if_dropped.as_ref().unwrap()[j]);
        oracle.check(&drop, command(&["by_item", item, "alpha_if_dropped"]));
        let rest = format!("psych.r_drop.{item}");
        oracle.check(&rest, result.item_rest[j].unwrap());
        oracle.check(&rest, command(&["by_item", item, "item_rest_r"]));
        let loading = format!("loading.{item}");
        oracle.check(&loading, model.loadings[j]);
        oracle.check(&loading, value(&factor, &["loadings", item]));
    }
    oracle.check("omega_1f_std", model.omega);
    oracle.check("omega_1f_raw", model.omega_raw);
    oracle.check("omega_1f_std", value(&factor, &["omega"]));
    oracle.check("omega_1f_raw", value(&factor, &["omega_raw"]));
    for form in icc(&rows, Level::P95).unwrap() {
        let key = format!("icc.{}", form.kind.name());
        oracle.check(&key, form.value);
        oracle.check(&key, value(&panel, &[form.kind.name(), "icc"]));
    }
    oracle.all_claimed();
}
