//! Effective sample size: how many independent answers weighted or clustered ones are worth.

use super::{Level, shares};
use crate::ground::estimate::{Caveat, Interval, Method, Size};
use crate::stats::RatioSums;

/// Below this many clusters an estimate that leans on them says so.
pub const FEW_CLUSTERS: u64 = 10;

/// Kish's effective sample size (Σw)² / Σw².
///
/// `sum` is Σw and `sum_of_squares` Σw² over the same rows. `None` where the
/// weights are all 0. Source: `kish1965`.
///
/// # Examples
/// ```
/// use cx_core::infer::effective;
/// // Fifty rows of weight 1 and fifty of weight 3.
/// assert_eq!(effective::kish(200.0, 500.0), Some(80.0));
/// ```
pub fn kish(sum: f64, sum_of_squares: f64) -> Option<f64> {
    (sum_of_squares > 0.0).then(|| sum * sum / sum_of_squares)
}

/// The design effect of weights, n Σw² / (Σw)²: how many times larger the
/// variance is than that of n equally weighted rows. Source: `kish1965`.
///
/// # Examples
/// ```
/// use cx_core::infer::effective;
/// assert_eq!(effective::design_effect(100, 200.0, 500.0), Some(1.25));
/// ```
pub fn design_effect(n: u64, sum: f64, sum_of_squares: f64) -> Option<f64> {
    (sum > 0.0).then(|| n as f64 * sum_of_squares / (sum * sum))
}

/// Effective sample size of a ratio whose single answer has variance
/// `unit_variance`: n_eff = min(n, v / V) with V the linearised variance, under
/// weights at most Kish's n. Where all units agree (V = 0) it is the number of
/// units, under weights at most Kish's n. `None` below two units.
///
/// # Examples
/// ```
/// use cx_core::infer::effective;
/// use cx_core::stats::Totals;
/// let mut totals = Totals::new(2);
/// for (a, b) in [(4, 4), (0, 2), (2, 3), (6, 6), (0, 3)] {
///     totals.add(&[a << 20, b << 20], b as u64).unwrap();
/// }
/// let sums = totals.ratio_sums(0, 1);
/// let p = sums.ratio().unwrap();
/// let n_eff = effective::size(&sums, p * (1.0 - p)).unwrap();
/// assert!((n_eff - 4.984_615_385).abs() < 1e-9);
/// ```
pub fn size(sums: &RatioSums, unit_variance: f64) -> Option<f64> {
    let variance = sums.variance()?;
    let kish_n = weighted_size(sums);
    let n = if sums.has_no_spread() || variance <= 0.0 {
        sums.units as f64
    } else {
        (unit_variance / variance).min(sums.rows as f64)
    };
    Some(kish_n.map_or(n, |k| n.min(k)))
}

/// Kish's n of the rows behind a ratio; `None` without weights.
pub fn weighted_size(sums: &RatioSums) -> Option<f64> {
    sums.is_weighted().then(|| kish(sums.denominator, sums.weight_squares)).flatten()
}

/// The size to put in place of n into a score interval: n_eff (z/t)², t on
/// `units` − 1 degrees of freedom. `None` below two units.
///
/// # Examples
/// ```
/// use cx_core::infer::{effective, Level};
/// let n = effective::for_interval(4.984_615_385, 5, Level::P95).unwrap();
/// assert!((n - 2.483_988).abs() < 1e-5);
/// ```
pub fn for_interval(n_eff: f64, units: u64, level: Level) -> Option<f64> {
    if units < 2 {
        return None;
    }
    let shrink = level.z() / level.t(units as f64 - 1.0);
    Some(n_eff * shrink * shrink)
}

/// Said where units agree and no interval follows: what does not vary in a
/// sample cannot tell how far the figure may be off.
pub(super) fn no_spread() -> Caveat {
    let text = "all units agree, so nothing shows how far the figure may be off";
    Caveat::Note { text: text.to_owned() }
}

/// The interval of a figure on which all units agree: Wilson's for its place
/// within the unit's range, on the number of units, under weights at most
/// Kish's n. `None` where the range has an open end.
pub(super) fn unanimous(
    value: f64,
    range: (Option<f64>, Option<f64>),
    units: u64,
    kish: Option<f64>,
    level: Level,
) -> Option<Interval> {
    let (min, max) = range.0.zip(range.1).filter(|(min, max)| *min <= value && value <= *max && min < max)?;
    let n = for_interval(kish.unwrap_or(f64::INFINITY).min(units as f64), units, level)?;
    let place = shares::wilson((value - min) / (max - min) * n, n, level)?;
    Some(Interval { method: Method::WilsonEffective, ..place.affine(max - min, min) })
}

/// How much data stands behind a ratio.
pub(super) fn size_of(sums: &RatioSums, effective: Option<f64>) -> Size {
    Size { n: sums.rows, clusters: sums.units, events: None, effective }
}

/// What a reader should know about the weights and clusters behind a ratio.
pub(super) fn caveats_of(sums: &RatioSums) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if let Some(effective) = weighted_size(sums) {
        let design_effect = sums.rows as f64 / effective;
        caveats.push(Caveat::Weighted { effective, design_effect });
    }
    if sums.is_clustered() && sums.units < FEW_CLUSTERS {
        caveats.push(Caveat::FewClusters { clusters: sums.units });
    }
    caveats
}
