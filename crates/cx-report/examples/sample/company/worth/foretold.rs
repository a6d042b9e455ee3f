//! A model that was fitted to one year and asked about the next half.

use super::figures::{estimate, found, months, wobble};
use cx_core::ground::estimate::Method;
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{Backtest, BacktestPoint, BacktestVerdict, Model};

/// Months that the model was fitted to.
const FITTED: usize = 12;

pub(super) fn backtest() -> Backtest {
    let labels = months((2025, 1), 18);
    let points = labels
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let month = i as f64;
            let actual = (41_220.0 * 0.979_f64.powf(month) * (1.0 + 0.012 * wobble(i + 3))).round();
            let model = 41_220.0 * 0.979_5_f64.powf(month);
            // The farther from the fitted months, the less is known.
            let half = 420.0 + if i < FITTED { 0.0 } else { 230.0 * (month - 11.0) };
            BacktestPoint {
                period: label.clone(),
                actual: Some(actual),
                model: Some(estimate(
                    model.round(),
                    (model - half, model + half),
                    Unit::Count,
                    41_220,
                    Method::PercentileBootstrap,
                )),
                baseline: (i >= FITTED)
                    .then(|| (41_220.0 * 0.979_f64.powf(11.0) * 0.986_f64.powf(month - 11.0)).round()),
            }
        })
        .collect();
    Backtest {
        points,
        fitted: labels[FITTED - 1].clone(),
        model: Model::Sbg,
        baseline: Model::CohortAverage,
        error: found(
            "clv_backtest/error",
            "sum of |forecast − truth| / sum of truth, over months not fitted",
            estimate(0.011, (0.006, 0.019), Unit::Share, 6, Method::PercentileBootstrap),
        ),
        baseline_error: estimate(0.029, (0.019, 0.041), Unit::Share, 6, Method::PercentileBootstrap),
        coverage: estimate(1.0, (0.61, 1.0), Unit::Share, 6, Method::Wilson),
        verdict: BacktestVerdict::Model,
    }
}
