//! Where all units agree, no estimator claims certainty: its interval has a
//! width or is not there, and then it says why.
//!
//! Quantiles are left out: their limits are order statistics, exact whatever
//! the distribution, and values that are all the same have the same ones.

use cx_core::ground::estimate::{Caveat, Estimate};
use cx_core::ground::unit::Unit;
use cx_core::infer::means::{self, Scale, Summary};
use cx_core::infer::ratings::{self, Prior};
use cx_core::infer::survival::{self, Table};
use cx_core::infer::{Level, concentration, nets, ratios, shares, spread};
use cx_core::stats::{Life, Replicates, Sketch, Totals, cluster_hash};
use proptest::prelude::*;

const ONE: i128 = 1 << 20;

#[track_caller]
fn honest(name: &str, estimate: &Estimate) {
    match estimate.interval {
        Some(i) => {
            let wide = i.low.is_none() || i.high.is_none() || i.low < i.high;
            assert!(wide, "{name}: {estimate:?}");
        }
        None => {
            let said = estimate.value.is_none()
                || estimate
                    .caveats
                    .iter()
                    .any(|c| matches!(c, Caveat::Note { text } if text.contains("agree")));
            assert!(said, "{name}: {estimate:?}");
        }
    }
    assert!(estimate.se.is_none_or(|se| se > 0.0) || estimate.interval.is_some(), "{name}: {estimate:?}");
}

/// Units that all hold the same `a` of `b`, each with the same number of rows.
fn alike(terms: &[i128], rows: u64, units: u64) -> Totals {
    let mut totals = Totals::new(terms.len());
    totals.add_times(terms, rows, units).expect("in range");
    totals
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_interval_has_no_width(units in 2_u64..400, rows in 1_u64..4, value in 0_i128..11, weight in 1_i128..9) {
        let level = Level::P95;
        let b = i128::from(rows) * ONE;
        let of = |a: i128| alike(&[a * b, b], rows, units).ratio_sums(0, 1);
        for share in [0, 1] {
            honest("share", &shares::estimate(&of(share), level));
        }
        for unit in [Unit::Ratio, Unit::Share, Unit::Money, Unit::Hours, Unit::PerUnit, Unit::Index] {
            honest("ratio", &ratios::linearised(&of(value), unit, level));
            honest("mean", &means::estimate(&of(value), None, unit, level));
            let totals = alike(&[value * b, b], rows, units);
            let (a, n) = (totals.sum(0), totals.sum(1));
            let gradient = [1.0 / n, -a / (n * n)];
            honest("function", &ratios::function_of_totals(&totals, a / n, &gradient, None, unit, level));
            honest("rate", &ratios::rate(&totals, 0, 1, unit, level));
            let mut worlds = Replicates::new(50, 2);
            for i in 0..units {
                worlds.add(cluster_hash(1, &i.to_le_bytes()), &[value * b, b], rows).expect("in range");
            }
            honest("studentised", &ratios::studentised(&totals, &worlds, 0, 1, unit, level));
        }
        let scale = Scale { min: 0.0, max: 10.0 };
        honest("scale mean", &means::estimate(&of(value), Some(scale), Unit::ScalePoints, level));
        for (up, down) in [(1, 0), (0, 1), (0, 0)] {
            let totals = alike(&[up * b, down * b, b], rows, units);
            honest("net", &nets::estimate(&totals, level).expect("in range"));
        }
        // Weights that differ: the same answer from everybody all the same.
        let mut weighted = Totals::new(2);
        for i in 0..i128::from(units) {
            let w = ONE + i % weight * ONE / 4;
            weighted.add(&[value * w, w], 1).expect("in range");
            weighted.weight_squares += w * w;
        }
        honest("weighted mean", &means::estimate(&weighted.ratio_sums(0, 1), Some(scale), Unit::ScalePoints, level));
        honest("weighted ratio", &ratios::linearised(&weighted.ratio_sums(0, 1), Unit::Ratio, level));
        let mut sketch = Sketch::default();
        sketch.add((1 + value) * ONE, units).expect("in range");
        honest("top share", &concentration::estimate(&sketch, 0.1, level));
        honest("spread", &spread::spread(&[(3.0, 0.0), (4.0, 0.0)], Unit::Index, 1, level));
        let summary = Summary::of(&vec![4.0; units as usize]).expect("values");
        honest("rating", &ratings::estimate(Some(&summary), Prior { weight: 0.0, mean: 4.0 }, 0.0, (1.0, 5.0), level));
        for event in [None, Some(0)] {
            let mut life = Life::default();
            life.add(0, 12 << 20, event, units);
            let table = Table::new(&life);
            honest("survival", &survival::estimate_at(&table, 6.0, level));
            honest("restricted mean", &survival::restricted_mean(&table, 6.0, Unit::Months, level));
        }
    }
}
