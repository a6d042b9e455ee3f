//! Scores of chances and forecasts against scikit-learn, properscoring, scipy and the worked examples.

use cx_core::infer::Level;
use cx_core::infer::scoring::{
    Case, Classes, coverage, crps_of_draws, crps_of_normal, even_bins, even_distance, gap, interval_score,
    kendall, pinball, quantile_bins, spearman,
};
use cx_core::infer::special::{Tails, normal};
use cx_tests::oracle::{Oracle, vectors};

#[test]
fn chances_and_forecasts() {
    let Some(oracle) = Oracle::open("scoring_metrics") else { return };
    let input = oracle.table("input.csv");
    let column = |name: &str| -> Vec<f64> {
        input.column(name).unwrap().cells.iter().map(|cell| cell.parse().unwrap()).collect()
    };
    let (y, score, w) = (column("y"), column("score"), column("w"));
    let classes = |weighted: bool| {
        let weight = |w: f64| if weighted { w } else { 1.0 };
        let case =
            |((y, p), w): ((&f64, &f64), &f64)| Case { chance: *p, happened: *y == 1.0, weight: weight(*w) };
        Classes::new(y.iter().zip(&score).zip(&w).map(case).collect()).unwrap()
    };
    let plain = classes(false);
    let weighted = classes(true);
    oracle.check("auc", plain.area());
    oracle.check("auc_weighted", weighted.area());
    oracle.check("gini", plain.gini());
    oracle.check("average_precision", plain.average_precision());
    oracle.check("ks", plain.separation());
    oracle.check("brier", plain.brier());
    oracle.check("brier_weighted", weighted.brier());
    oracle.check("brier_skill", plain.brier_skill());
    oracle.check("logloss", plain.log_loss());
    let counts = plain.confusion(0.5);
    oracle.check("precision_at_0.5", counts.precision().unwrap());
    oracle.check("recall_at_0.5", counts.recall().unwrap());
    oracle.check("f1_at_0.5", counts.f1().unwrap());
    oracle.check("mcc_at_0.5", counts.correlation().unwrap());
    oracle.check("balanced_accuracy_at_0.5", counts.balanced().unwrap());
    for (i, count) in [counts.quiet, counts.false_alarms, counts.misses, counts.hits].iter().enumerate() {
        oracle.check(&format!("confusion_at_0.5.{i}"), *count);
    }
    let errors = gap(&even_bins(plain.cases(), 10).unwrap()).unwrap();
    oracle.check("ece_10_equal_width", errors.mean);
    oracle.check("mce_10_equal_width", errors.largest);
    for (i, bin) in quantile_bins(plain.cases(), 5).unwrap().iter().enumerate() {
        oracle.check(&format!("calibration5q.{i}.observed"), bin.happened);
        oracle.check(&format!("calibration5q.{i}.predicted"), bin.predicted);
    }
    let (intercept, slope) = plain.recalibration().unwrap();
    oracle.check("calibration.intercept", intercept);
    oracle.check("calibration.slope", slope);
    for tenths in [1, 2, 3, 5] {
        let top = plain.top(tenths, 10).unwrap();
        oracle.check(&format!("lift_top{tenths}0pct"), top.lift);
        oracle.check(&format!("gain_top{tenths}0pct"), top.gain);
    }

    let (obs, mu, sigma) = (column("obs"), column("mu"), column("sigma"));
    let cases: Vec<(f64, f64, f64)> =
        obs.iter().zip(&mu).zip(&sigma).map(|((y, m), s)| (*y, *m, *s)).collect();
    let mean = |of: &dyn Fn(f64, f64, f64) -> f64| {
        cases.iter().map(|(y, m, s)| of(*y, *m, *s)).sum::<f64>() / cases.len() as f64
    };
    oracle.check("crps_gaussian_mean", mean(&|y, m, s| crps_of_normal(y, m, s).unwrap()));
    for (i, (y, m, s)) in cases[..3].iter().enumerate() {
        oracle.check(&format!("crps_gaussian.id{}", i + 1), crps_of_normal(*y, *m, *s).unwrap());
    }
    let ensemble = crps_of_draws(&[1.0, 2.5, 3.0, 7.0, 4.2], 3.6).unwrap();
    oracle.check("crps_ensemble.obs3.6_ens_1_2.5_3_7_4.2", ensemble);
    for q in [0.1, 0.5, 0.9] {
        let z = normal::quantile(Tails::below(q));
        oracle.check(&format!("pinball_q{q}"), mean(&|y, m, s| pinball(y, s.mul_add(z, m), q).unwrap()));
    }
    for level in [0.8, 0.95] {
        let z = Level::new(level).unwrap().z();
        let inside = |y: f64, m: f64, s: f64| f64::from(u8::from((y - m).abs() <= z * s));
        oracle.check(&format!("coverage_{level}"), mean(&inside));
        let score = |y: f64, m: f64, s: f64| interval_score(y, m - z * s, m + z * s, level).unwrap();
        oracle.check(&format!("winkler_{level}"), mean(&score));
    }
    let places: Vec<f64> = cases.iter().map(|(y, m, s)| normal::tails((y - m) / s).below).collect();
    oracle.check("pit_ks", even_distance(&places).unwrap());
    oracle.check("spearman_obs_mu", spearman(&obs, &mu).unwrap());
    oracle.check("kendall_obs_mu", kendall(&obs, &mu).unwrap());
    oracle.all_claimed();
}

#[test]
fn worked_examples() {
    let Some(all) = vectors() else { return };
    let mut seen = 0;
    for v in &all {
        match v.name.as_str() {
            "interval_score90" => {
                for (i, y) in v.numbers("y").into_iter().flatten().enumerate() {
                    let score = interval_score(y, v.number("l"), v.number("u"), 0.9);
                    v.check(&i.to_string(), score.unwrap());
                }
            }
            "crps_sample" => {
                let draws: Vec<f64> = v.numbers("x").into_iter().flatten().collect();
                v.check("", crps_of_draws(&draws, v.number("y")).unwrap());
            }
            "kupiec" => {
                let count = |name: &str| v.number(name) as u64;
                let found = coverage(count("inside"), count("n"), v.number("p"), Level::P95).unwrap();
                v.check("LR", found.ratio);
                v.check("pvalue", found.p);
            }
            _ => continue,
        }
        v.all_claimed();
        seen += 1;
    }
    assert_eq!(seen, 3);
}
