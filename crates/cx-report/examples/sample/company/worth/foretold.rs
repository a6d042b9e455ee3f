//! Models that saw one year and were asked about the next half.

use super::figures::{estimate, months, wobble};
use cx_core::ground::estimate::{Estimate, Method, Size};
use cx_core::ground::unit::Unit;
use cx_report::inputs::worth::{Backtest, BacktestPoint, Forecast};

/// Months that the models saw.
const SEEN: usize = 12;

fn count(value: f64, half: f64) -> Estimate {
    let value = value.round();
    estimate(value, (value - half, value + half), Unit::Count, 41_220, Method::PercentileBootstrap)
}

pub(super) fn backtest() -> Backtest {
    let labels = months((2025, 1), 18);
    let points: Vec<BacktestPoint> = labels
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let month = i as f64;
            let model = 9_620.0 * 0.979_5_f64.powf(month);
            let held_back = i >= SEEN;
            // The farther from the months seen, the less is known.
            let half = 140.0 + 72.0 * (month - 11.0);
            let bare = Estimate::new(model.round(), None, Unit::Count, Size::default());
            BacktestPoint {
                label: label.clone(),
                actual: Some((9_620.0 * 0.979_f64.powf(month) * (1.0 + 0.012 * wobble(i + 3))).round()),
                model: Some(if held_back { count(model, half) } else { bare }),
                baseline: held_back.then_some(7_925.0),
            }
        })
        .collect();
    let actual = points.iter().skip(SEEN).filter_map(|p| p.actual).sum::<f64>();
    let forecast = |name: &str, total: f64, half: f64, by_stretch: f64| Forecast {
        name: name.into(),
        total: count(total, half),
        error: total / actual - 1.0,
        by_stretch,
        covers: Some((total - actual).abs() <= half),
    };
    Backtest {
        what: "repeat purchases".into(),
        points,
        fitted: labels[SEEN - 1].clone(),
        chosen: "BG/NBD".into(),
        baseline: "cohort average".into(),
        why: "it errs least by stretch, and the harder model does no better".into(),
        actual,
        forecasts: vec![
            forecast("cohort average", 47_550.0, 900.0, 0.066),
            forecast("BG/NBD", 42_930.0, 1_460.0, 0.011),
            forecast("Pareto/NBD", 42_610.0, 1_480.0, 0.012),
        ],
    }
}
