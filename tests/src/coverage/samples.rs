//! Answers of made-up customers, and their sums.

use super::Random;
use cx_core::ground::fixed;
use cx_core::stats::{RatioSums, Replicates, Totals, cluster_hash};

/// A real number in fixed point.
pub(crate) fn fix(x: f64) -> i128 {
    fixed::from_f64(x).expect("drawn values are far below the limit")
}

/// Quantities of one customer and the rows behind them.
pub(crate) struct Unit<const K: usize> {
    pub(crate) terms: [f64; K],
    pub(crate) rows: u64,
}

/// One row on its own.
pub(crate) fn row<const K: usize>(terms: [f64; K]) -> Unit<K> {
    Unit { terms, rows: 1 }
}

/// Totals over units.
pub(crate) fn totals<const K: usize>(units: &[Unit<K>]) -> Totals {
    let mut totals = Totals::new(K);
    for unit in units {
        totals.add(&unit.terms.map(fix), unit.rows).expect("drawn values are far below the limit");
    }
    totals
}

/// Sums of (value, weight) rows.
pub(crate) fn weighted_sums(rows: &[(f64, f64)]) -> RatioSums {
    let units: Vec<Unit<2>> = rows.iter().map(|(x, w)| row([w * x, *w])).collect();
    with_weights(&units, rows.iter().map(|(_, w)| *w)).ratio_sums(0, 1)
}

/// Totals of rows that carry these weights.
pub(crate) fn with_weights<const K: usize>(units: &[Unit<K>], weights: impl Iterator<Item = f64>) -> Totals {
    let mut all = totals(units);
    all.weight_squares = weights.map(|w| fix(w) * fix(w)).sum();
    all
}

/// Worlds drawn for one interval.
const WORLDS: usize = 399;

/// Totals and their resampled worlds, from a seed of the sample's own.
pub(crate) fn resampled<const K: usize>(random: &mut Random, units: &[Unit<K>]) -> (Totals, Replicates) {
    let seed = random.bits();
    let mut worlds = Replicates::new(WORLDS, K);
    for (i, unit) in (0_u64..).zip(units) {
        worlds
            .add(cluster_hash(seed, &i.to_le_bytes()), &unit.terms.map(fix), unit.rows)
            .expect("drawn values are far below the limit");
    }
    (totals(units), worlds)
}

/// Mean of a distribution over places 0, 1, 2, …
pub(crate) fn mean_place(chances: &[f64]) -> f64 {
    chances.iter().enumerate().map(|(i, p)| i as f64 * p).sum()
}

/// Variance of a distribution over places 0, 1, 2, …
pub(crate) fn variance_place(chances: &[f64]) -> f64 {
    let mean = mean_place(chances);
    chances.iter().enumerate().map(|(i, p)| p * (i as f64 - mean).powi(2)).sum()
}

/// Answers on 1 to 5 that lean to the top.
pub(crate) const SATISFIED: [f64; 5] = [0.02, 0.03, 0.10, 0.25, 0.60];
/// Answers on 1 to 5 of which nine in ten are 5.
pub(crate) const CEILING: [f64; 5] = [0.01, 0.01, 0.02, 0.06, 0.90];
/// Answers on 0 to 10 as a recommendation question gives them.
pub(crate) const RECOMMEND: [f64; 11] = [0.03, 0.01, 0.01, 0.02, 0.02, 0.06, 0.06, 0.14, 0.25, 0.20, 0.20];
