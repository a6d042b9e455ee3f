//! Chances in bins beside what happened.

use super::Case;
use crate::infer::draws::percentile;

/// Cases of one bin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChanceBin {
    /// Mean chance.
    pub predicted: f64,
    /// Share that happened.
    pub happened: f64,
    /// Cases.
    pub n: f64,
}

fn binned(cases: &[Case], bins: usize, place: impl Fn(f64) -> usize) -> Vec<ChanceBin> {
    let mut sums = vec![(0.0, 0.0, 0.0); bins];
    for case in cases {
        let sum = &mut sums[place(case.chance).min(bins - 1)];
        *sum = (sum.0 + case.chance, sum.1 + f64::from(u8::from(case.happened)), sum.2 + 1.0);
    }
    let bin = |(chance, yes, n): (f64, f64, f64)| ChanceBin { predicted: chance / n, happened: yes / n, n };
    sums.into_iter().filter(|sum| sum.2 > 0.0).map(bin).collect()
}

/// Bins of equal width over 0..1, the last closed; empty ones are left out. `None` without bins.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::{even_bins, Case};
/// let case = |chance, happened| Case { chance, happened, weight: 1.0 };
/// let bins = even_bins(&[case(0.1, false), case(0.3, true), case(1.0, true)], 2).unwrap();
/// assert_eq!((bins[0].predicted, bins[0].happened, bins[1].n), (0.2, 0.5, 1.0));
/// ```
pub fn even_bins(cases: &[Case], bins: usize) -> Option<Vec<ChanceBin>> {
    (bins > 0).then(|| binned(cases, bins, |p| (p * bins as f64) as usize))
}

/// Bins between quantiles of the chances; a chance on a limit belongs below it. `None` without bins or cases.
pub fn quantile_bins(cases: &[Case], bins: usize) -> Option<Vec<ChanceBin>> {
    let mut sorted: Vec<f64> = cases.iter().map(|c| c.chance).collect();
    sorted.sort_by(f64::total_cmp);
    let limit = |k: usize| percentile(&sorted, k as f64 / bins as f64);
    let limits: Vec<f64> = (1..bins).map(limit).collect::<Option<_>>()?;
    (bins > 0 && !cases.is_empty()).then(|| binned(cases, bins, |p| limits.partition_point(|l| *l < p)))
}

/// Distance between chances and what happened, over bins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Mean over cases: expected calibration error.
    pub mean: f64,
    /// The largest of any bin.
    pub largest: f64,
}

/// Calibration errors over bins. It leans on the bins: print it beside the
/// table, not in its place. `None` without cases. Source: `naeini2015`.
pub fn gap(bins: &[ChanceBin]) -> Option<Gap> {
    let n: f64 = bins.iter().map(|b| b.n).sum();
    let off = |b: &ChanceBin| (b.happened - b.predicted).abs();
    let mean = bins.iter().map(|b| b.n * off(b)).sum::<f64>() / n;
    (n > 0.0).then(|| Gap { mean, largest: bins.iter().map(off).fold(0.0, f64::max) })
}
