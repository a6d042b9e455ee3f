//! Errors of point forecasts as figures.

use crate::calc::{Figure, Results};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::means::{self, Summary};
use crate::infer::scoring::Accuracy;

/// All errors, and against the steps of a history by the name of each.
pub(super) fn errors(found: Accuracy, steps: &[(&str, Option<f64>)]) -> Results {
    let mut results =
        Results::new().with("bias", Figure::real(found.bias)).with("mae", Figure::real(found.absolute));
    beyond_the_mean(found, steps, &mut results);
    results
}

/// The errors that are not means of the cases.
pub(super) fn beyond_the_mean(found: Accuracy, steps: &[(&str, Option<f64>)], results: &mut Results) {
    let ratio = |x: Option<f64>, why: &str| Figure::real_or(x, why).unit(Unit::Ratio);
    results.put("rmse", Figure::real(found.root_square));
    results.put("mape", ratio(found.relative, "a value that came is 0"));
    results.put("smape", ratio(found.symmetric, "a value and its forecast are both 0"));
    results.put("wape", ratio(found.weighted, "all values that came are 0"));
    for (name, step) in steps {
        let scaled = step.and_then(|step| found.scaled(step));
        results.put(name, ratio(scaled, "the history does not move, or is too short"));
    }
}

/// A mean over cases with the interval of independent ones.
pub(super) fn mean(values: &[f64], level: Level) -> Figure {
    let Some(summary) = Summary::of(values) else { return Figure::undefined("there are no cases") };
    let figure = Figure::real(summary.mean);
    match means::t(&summary, level) {
        Some(interval) => figure.between(interval.low, interval.high),
        None => figure,
    }
}
