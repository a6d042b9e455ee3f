//! Effects of initiatives against reference values.

use cx_core::infer::effects::randomised::{Pairs, cuped};
use cx_core::infer::regression::{Pooled, Variance, least_squares};
use cx_tests::oracle::Oracle;

/// The columns of an input, blanks as NaN.
fn columns(oracle: &Oracle, file: &str, names: &[&str]) -> Vec<Vec<f64>> {
    let table = oracle.table(file);
    names
        .iter()
        .map(|name| {
            let cells = &table.column(name).unwrap().cells;
            cells.iter().map(|cell| cell.parse().unwrap_or(f64::NAN)).collect()
        })
        .collect()
}

#[test]
fn outcome_before() {
    let Some(oracle) = Oracle::open("cuped") else { return };
    let data = columns(&oracle, "input.csv", &["treat", "pre", "post"]);
    let people = |treated: f64| -> Vec<(f64, f64)> {
        (0..data[0].len()).filter(|i| data[0][*i] == treated).map(|i| (data[1][i], data[2][i])).collect()
    };
    let both = cuped(&Pairs::of(&people(1.0)).unwrap(), &Pairs::of(&people(0.0)).unwrap()).unwrap();
    oracle.check("theta", both.theta);
    oracle.check("theta_within_arm", both.theta_within);
    oracle.check("raw.effect", both.raw.value);
    oracle.check("raw.se", both.raw.se);
    oracle.check("cuped.effect", both.adjusted.value);
    oracle.check("cuped.se", both.adjusted.se);
    oracle.check("correlation", both.correlation);
    oracle.check("variance_ratio", both.variance_left());
    oracle.check("one_minus_rho2", both.variance_left());
    let rows: Vec<Pooled> =
        (0..data[0].len()).map(|i| Pooled::row(vec![1.0, data[0][i], data[1][i]], data[2][i])).collect();
    let line = least_squares(&rows, Variance::Classical).unwrap();
    oracle.check("ancova.effect", line.coefficients[1]);
    oracle.check("ancova.se", line.se(1));
    oracle.all_claimed();
}
