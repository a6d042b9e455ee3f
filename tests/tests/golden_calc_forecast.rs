//! Forecasts and chances as a caller reaches them: by name, on tables of text.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::calc::{CalcResult, Limit, Request, Table, call};
use cx_core::ground::estimate::Absent;
use cx_tests::oracle::{Oracle, limits, value, vectors};

#[test]
fn passengers() {
    let Some(oracle) = Oracle::open("forecast_ets") else { return };
    let table = oracle.table("input.csv");
    let on = || Request::on(&table).option("hold", "24").option("horizon", "24").option("rows", "yes");
    let seasons = |kind: &str, damping: &str| {
        let request = on()
            .option("season", "12")
            .option("season-kind", kind)
            .option("alpha", "0.3")
            .option("beta", "0.05")
            .option("gamma", "0.2")
            .option("damping", damping);
        call("ets", &request).unwrap()
    };
    let (adds, multiplies) = (seasons("adds", "1"), seasons("multiplies", "1"));
    for (name, result) in [("add", &adds), ("mul", &multiplies)] {
        oracle.check(&format!("fixed.{name}.sse"), value(result, &["sum_of_squares"]));
        for t in ["1", "2", "120"] {
            oracle.check(&format!("fixed.{name}.fitted[{t}]"), value(result, &["fitted", t]));
        }
        for h in ["1", "2"] {
            oracle.check(&format!("fixed.{name}.forecast[{h}]"), value(result, &["forecast", h]));
        }
    }
    oracle.check("fixed.damped_add.sse", value(&seasons("adds", "0.9"), &["sum_of_squares"]));
    // Limits widen with the horizon; where seasons multiply none are told.
    let width = |h: &str| limits(&adds, &["forecast", h]).1 - limits(&adds, &["forecast", h]).0;
    assert!(width("1") < width("2") && width("2") < width("24"));
    assert_eq!(multiplies.results.figure(&["forecast", "1"]).unwrap().low, None);

    let simple = call("ets", &on().option("alpha", "0.25")).unwrap();
    oracle.check("ses.alpha0.25.forecast", value(&simple, &["forecast", "1"]));
    oracle.check("ses.alpha0.25.sse", value(&simple, &["sum_of_squares"]));

    let rules = [("naive", "last"), ("seasonal_naive", "seasonal"), ("mean", "mean"), ("drift", "drift")];
    for (theirs, ours) in rules {
        let of = |figure: &str| value(&adds, &["held_out", ours, figure]);
        let check = |figure: &str, got: f64| oracle.check(&format!("accuracy.{theirs}.{figure}"), got);
        for figure in ["mae", "rmse", "bias"] {
            check(figure, of(figure));
        }
        for figure in ["mape", "smape", "wape"] {
            check(&format!("{figure}_pct"), 100.0 * of(figure));
        }
        check("mase_naive1", of("mase"));
        check("mase_seasonal", of("mase_seasonal"));
    }
    // A season that multiplies beats the best rule of thumb on this series.
    let best = value(&multiplies, &["held_out", "seasonal", "mae"]);
    assert!(value(&multiplies, &["held_out", "ets", "mae"]) < best);
    // Weights and starts chosen by a search are not built; the reference takes the season of a
    // horizon's last period from before its last update (golden_forecast holds that difference).
    oracle.all_claimed_but(&[
        "r_hw.",
        "r_ets.",
        "fixed.add.forecast[12]",
        "fixed.add.forecast[24]",
        "fixed.mul.forecast[12]",
        "fixed.mul.forecast[24]",
        "fixed.damped_add.forecast",
    ]);
}

#[test]
fn chances() {
    let Some(oracle) = Oracle::open("scoring_metrics") else { return };
    let table = oracle.table("input.csv");
    let plain = call("calibration", &Request::on(&table)).unwrap();
    let weighted = call("calibration", &Request::on(&table).column("weight", "w")).unwrap();
    let check = |key: &str, path: &[&str]| oracle.check(key, value(&plain, path));
    check("auc", &["auc"]);
    check("gini", &["gini"]);
    check("average_precision", &["average_precision"]);
    check("ks", &["ks"]);
    check("brier", &["brier"]);
    check("brier_skill", &["brier_skill"]);
    check("logloss", &["log_loss"]);
    oracle.check("auc_weighted", value(&weighted, &["auc"]));
    oracle.check("brier_weighted", value(&weighted, &["brier"]));
    for result in [&plain, &weighted] {
        for figure in ["brier", "log_loss"] {
            let (low, high) = limits(result, &[figure]);
            assert!(low < value(result, &[figure]) && value(result, &[figure]) < high);
        }
    }
    for (key, figure) in [
        ("precision", "precision"),
        ("recall", "recall"),
        ("f1", "f1"),
        ("mcc", "correlation"),
        ("balanced_accuracy", "balanced_accuracy"),
    ] {
        check(&format!("{key}_at_0.5"), &["at_threshold", figure]);
    }
    for (i, cell) in ["quiet", "false_alarms", "misses", "hits"].iter().enumerate() {
        check(&format!("confusion_at_0.5.{i}"), &["at_threshold", cell]);
    }
    check("ece_10_equal_width", &["mean_gap"]);
    check("mce_10_equal_width", &["largest_gap"]);
    check("calibration.intercept", &["recalibration", "intercept"]);
    check("calibration.slope", &["recalibration", "slope"]);
    for tenths in ["1", "2", "3", "5"] {
        let top = format!("0.{tenths}");
        check(&format!("lift_top{tenths}0pct"), &["top", &top, "lift"]);
        check(&format!("gain_top{tenths}0pct"), &["top", &top, "gain"]);
    }
    let request = Request::on(&table).option("bins", "5").option("cut", "quantiles");
    let fifths = call("calibration", &request).unwrap();
    for i in 0..5 {
        let bin = (i + 1).to_string();
        oracle.check(&format!("calibration5q.{i}.observed"), value(&fifths, &["bins", &bin, "happened"]));
        oracle.check(&format!("calibration5q.{i}.predicted"), value(&fifths, &["bins", &bin, "predicted"]));
    }
    oracle.all_claimed_but(&["crps", "pinball", "coverage", "winkler", "pit_ks", "spearman", "kendall"]);
}

#[test]
fn forecasts_with_a_spread() {
    let Some(oracle) = Oracle::open("scoring_metrics") else { return };
    let table = oracle.table("input.csv");
    let at = |nominal: &str| call("score-forecast", &Request::on(&table).option("nominal", nominal)).unwrap();
    let found = at("0.95");
    oracle.check("crps_gaussian_mean", value(&found, &["crps"]));
    oracle.check("pit_ks", value(&found, &["places_off_even"]));
    oracle.check("spearman_obs_mu", value(&found, &["spearman"]));
    oracle.check("kendall_obs_mu", value(&found, &["kendall"]));
    for q in ["0.1", "0.5", "0.9"] {
        oracle.check(&format!("pinball_q{q}"), value(&found, &["pinball", q]));
    }
    for nominal in ["0.8", "0.95"] {
        let found = at(nominal);
        oracle.check(&format!("coverage_{nominal}"), value(&found, &["intervals", "coverage"]));
        oracle.check(&format!("winkler_{nominal}"), value(&found, &["intervals", "interval_score"]));
    }
    for i in 1..=3 {
        let one = oracle.table("input.csv");
        let cells = |name: &str| one.column(name).unwrap().cells[i - 1].clone();
        let row = vec![cells("obs"), cells("mu"), cells("sigma")];
        let header = ["obs", "mu", "sigma"].map(str::to_owned).to_vec();
        let single = Table::new(header, vec![row]).unwrap();
        let score = call("score-forecast", &Request::on(&single)).unwrap();
        oracle.check(&format!("crps_gaussian.id{i}"), value(&score, &["crps"]));
    }
}

/// A table of numbers.
fn numbers(header: &[&str], rows: &[Vec<f64>]) -> Table {
    let cells = rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    Table::new(header.iter().map(|name| (*name).to_owned()).collect(), cells).unwrap()
}

#[test]
fn worked_examples() {
    let Some(all) = vectors() else { return };
    let mut seen = 0;
    for v in &all {
        match v.name.as_str() {
            "interval_score90" => {
                for (i, y) in v.numbers("y").into_iter().flatten().enumerate() {
                    let row = vec![y, 15.0, v.number("l"), v.number("u")];
                    let table = numbers(&["actual", "forecast", "low", "high"], &[row]);
                    let score =
                        call("score-forecast", &Request::on(&table).option("nominal", "0.9")).unwrap();
                    v.check(&i.to_string(), value(&score, &["intervals", "interval_score"]));
                }
            }
            "kupiec" => {
                let (n, inside) = (v.number("n") as usize, v.number("inside") as usize);
                let row = |i: usize| vec![if i < inside { 0.0 } else { 9.0 }, 0.0, -1.0, 1.0];
                let rows: Vec<Vec<f64>> = (0..n).map(row).collect();
                let table = numbers(&["actual", "forecast", "low", "high"], &rows);
                let request = Request::on(&table).option("nominal", &v.number("p").to_string());
                let found = call("score-forecast", &request).unwrap();
                v.check("LR", value(&found, &["intervals", "likelihood_ratio"]));
                v.check("pvalue", value(&found, &["intervals", "p"]));
                // Outcomes nine half-widths out call for intervals nine times as wide.
                assert_eq!(value(&found, &["intervals", "spread_factor"]), 9.0);
            }
            _ => continue,
        }
        v.all_claimed();
        seen += 1;
    }
    assert_eq!(seen, 2);
}

fn refused(result: &CalcResult, path: &[&str]) -> String {
    match &result.results.figure(path).unwrap().absent {
        Some(Absent::Refused(refused)) => refused.rule.clone(),
        other => panic!("{path:?} is {other:?}"),
    }
}

#[test]
fn faults_and_refusals() {
    let fails = |name: &str, table: &Table, options: &[(&str, &str)], said: &str, mend: &str| {
        let request = options.iter().fold(Request::on(table), |r, (name, value)| r.option(name, value));
        let error = call(name, &request).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.help().contains(mend), "{}", error.help());
    };
    let series = Table::from_rows(&["t", "y"], &[&["1", "5"], &["2", ""], &["4", "7"]]).unwrap();
    fails("ets", &series, &[], "`ets` needs --alpha", "newest value");
    fails("ets", &series, &[("alpha", "2")], "`2` cannot be used", "0 to 1");
    fails("ets", &series, &[("alpha", "0.5")], "row 3, column `y`: `` is blank", "without gaps");
    fails("ets", &series, &[("alpha", "0.5"), ("season", "4")], "needs --gamma", "season");
    let gap = Table::from_rows(&["t", "y"], &[&["1", "5"], &["2", "6"], &["4", "7"]]).unwrap();
    fails("ets", &gap, &[("alpha", "0.5")], "2 is followed by 4", "every period");
    let percent = Table::from_rows(&["y", "score"], &[&["1", "0.4"], &["0", "40"]]).unwrap();
    fails("calibration", &percent, &[], "row 3, column `score`: `40` lies outside 0 to 1", "0.25 for 25 %");
    let spread = Table::from_rows(&["obs", "mu", "sigma"], &[&["1", "1", "0"]]).unwrap();
    fails("score-forecast", &spread, &[], "row 2, column `sigma`: `0` is no standard", "above 0");
    let crossed = Table::from_rows(&["actual", "forecast", "low", "high"], &[&["1", "1", "3", "2"]]).unwrap();
    fails("score-forecast", &crossed, &[], "row 2, column `low`: `3` lies above", "swap");

    let one_sided = Table::from_rows(&["y", "score"], &[&["1", "0.4"], &["1", "0.6"]]).unwrap();
    assert_eq!(refused(&call("calibration", &Request::on(&one_sided)).unwrap(), &["brier"]), "one_outcome");
    let few = numbers(&["obs", "mu", "sigma"], &[vec![1.0, 0.0, 1.0], vec![0.0, 0.5, 1.0]]);
    let found = call("score-forecast", &Request::on(&few)).unwrap();
    assert_eq!(refused(&found, &["intervals", "spread_factor"]), "few_outcomes");
}

/// A forecast that is exact in the mean and the spread covers what it says; one half as wide is caught.
#[test]
fn coverage_is_told() {
    let normal = |i: u32| {
        use cx_core::infer::special::{Tails, normal};
        normal::quantile(Tails::below((f64::from(i) + 0.5) / 400.0))
    };
    let with = |sd: f64| {
        let rows: Vec<Vec<f64>> = (0..400).map(|i| vec![normal(i), 0.0, sd]).collect();
        call("score-forecast", &Request::on(&numbers(&["obs", "mu", "sigma"], &rows))).unwrap()
    };
    let (right, narrow) = (with(1.0), with(0.5));
    let (low, high) = limits(&right, &["intervals", "coverage"]);
    assert!(low < 0.95 && 0.95 < high && value(&right, &["intervals", "p"]) > 0.5);
    assert!(value(&narrow, &["intervals", "p"]) < 1e-6);
    // The factor finds the spread that was missing.
    assert!((value(&narrow, &["intervals", "spread_factor"]) - 2.0).abs() < 0.05);
    assert!(matches!(right.results.figure(&["crps"]).unwrap().low, Some(Limit::At(_))));
}
