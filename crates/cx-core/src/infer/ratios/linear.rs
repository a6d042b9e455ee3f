//! Ratios and other smooth functions of totals, by linearisation over units.

use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::fixed;
use crate::ground::unit::Unit;
use crate::infer::{Level, effective};
use crate::stats::{RatioSums, Totals};

/// A ratio A/B with its t interval.
///
/// Formula: Var(A/B) = G/(G−1) Σ(a − R b)²/B² over G units (customers, cases),
/// t with G − 1 degrees of freedom; with weights at most Kish's n − 1. Limits
/// are clamped to what the unit allows. One unit gives no interval, B = 0 no
/// ratio. Where all units agree a width of 0 would claim certainty: within a
/// range that is bounded the interval is Wilson's for the place in it, on the
/// number of units; else there is none, and a caveat says why. Source: `cochran1977`.
///
/// # Examples
/// ```
/// use cx_core::infer::{ratios, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Totals;
/// let mut totals = Totals::new(2);
/// for (a, b) in [(4, 4), (0, 2), (2, 3), (6, 6), (0, 3)] {
///     totals.add(&[a << 20, b << 20], b as u64).unwrap();
/// }
/// let ratio = ratios::linearised(&totals.ratio_sums(0, 1), Unit::Ratio, Level::P95);
/// assert!((ratio.se.unwrap() - 0.211_143_597).abs() < 1e-9);
/// assert!((ratio.interval.unwrap().high.unwrap() - 1.252_895_274).abs() < 1e-9);
/// ```
pub fn linearised(sums: &RatioSums, unit: Unit, level: Level) -> Estimate {
    let kish = effective::weighted_size(sums);
    let size = effective::size_of(sums, kish);
    let Some(ratio) = sums.ratio() else {
        return Estimate::absent(no_ratio(sums), unit, size);
    };
    let df = kish.unwrap_or(f64::INFINITY).min(sums.units as f64) - 1.0;
    let agree = sums.units > 1 && sums.has_no_spread();
    let se = sums.variance().filter(|_| df > 0.0 && !agree).map(f64::sqrt);
    let interval = se.map(|se| {
        let half = level.t(df) * se;
        Interval::closed(ratio - half, ratio + half, level.value(), Method::LinearisedT).clamped(unit.range())
    });
    let mut estimate = Estimate::new(ratio, interval, unit, size);
    estimate.se = se;
    estimate.caveats = effective::caveats_of(sums);
    if agree { agreed(estimate, ratio, kish, level) } else { estimate }
}

/// A figure on which all units agree, with the interval that is left.
fn agreed(mut estimate: Estimate, value: f64, kish: Option<f64>, level: Level) -> Estimate {
    let units = estimate.size.clusters;
    estimate.interval = effective::unanimous(value, estimate.unit.range(), units, kish, level);
    if estimate.interval.is_none() {
        estimate.caveats.push(effective::no_spread());
    }
    estimate
}

/// Why a ratio with an empty denominator has no value.
pub(super) fn no_ratio(sums: &RatioSums) -> Absent {
    if sums.units == 0 {
        Absent::NoData
    } else {
        Absent::Undefined { why: "the denominator is 0".to_owned() }
    }
}

/// A smooth function of totals, given its value and its gradient at them.
///
/// Formula: u_g = Σ ∂f/∂Tᵢ · t_gi per unit, Var = G/(G−1) Σ(u − ū)², t with
/// G − 1 degrees of freedom, with weights at most Kish's n − 1; `weights` names
/// the total that adds up the weights, where they are known. For a ratio it
/// equals [`linearised`], also where all units agree. One unit gives no
/// interval; `gradient` must hold one number per total.
/// Source: `cochran1977`.
///
/// # Examples
/// ```
/// use cx_core::infer::{ratios, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Totals;
/// // Profit margin of three shops: 1 − cost/revenue.
/// let mut totals = Totals::new(2);
/// for (cost, revenue) in [(60, 100), (90, 120), (30, 80)] {
///     totals.add(&[cost << 20, revenue << 20], 1).unwrap();
/// }
/// let (c, r) = (totals.sum(0), totals.sum(1));
/// let margin =
///     ratios::function_of_totals(&totals, 1.0 - c / r, &[-1.0 / r, c / (r * r)], None, Unit::Ratio, Level::P95);
/// let cost_share = ratios::linearised(&totals.ratio_sums(0, 1), Unit::Ratio, Level::P95);
/// assert!((margin.se.unwrap() - cost_share.se.unwrap()).abs() < 1e-14);
/// ```
pub fn function_of_totals(
    totals: &Totals,
    value: f64,
    gradient: &[f64],
    weights: Option<usize>,
    unit: Unit,
    level: Level,
) -> Estimate {
    debug_assert_eq!(gradient.len(), totals.k());
    // The sum of the weights stands over their squares, whatever the figure adds up.
    let weights = weights.filter(|i| *i < totals.k()).map(|i| totals.ratio_sums(i, i));
    let kish = weights.as_ref().and_then(effective::weighted_size);
    let size = Size { n: totals.rows, clusters: totals.units, events: None, effective: kish };
    if totals.units == 0 {
        return Estimate::absent(Absent::NoData, unit, size);
    }
    if !value.is_finite() || gradient.iter().any(|x| !x.is_finite()) {
        let why = "a part of the formula has no value at these totals".to_owned();
        return Estimate::absent(Absent::Undefined { why }, unit, size);
    }
    let g = totals.units as f64;
    let mut squares = 0.0;
    for (i, a) in gradient.iter().enumerate() {
        for (j, b) in gradient.iter().enumerate() {
            squares += a * b * totals.centred_product(i, j);
        }
    }
    // What rounding on entry alone leaves is no spread.
    let entry = gradient.iter().map(|x| x.abs()).sum::<f64>() / fixed::ONE as f64;
    let agree = totals.units > 1 && squares <= totals.rows as f64 * entry * entry;
    let df = kish.unwrap_or(f64::INFINITY).min(g) - 1.0;
    let se = (totals.units > 1 && df > 0.0 && !agree).then(|| (g / (g - 1.0) * squares.max(0.0)).sqrt());
    let interval = se.map(|se| {
        let half = level.t(df) * se;
        Interval::closed(value - half, value + half, level.value(), Method::LinearisedT).clamped(unit.range())
    });
    let mut estimate = Estimate::new(value, interval, unit, size);
    estimate.se = se;
    let rows = RatioSums { weight_squares: 0.0, ..totals.ratio_sums(0, 0) };
    estimate.caveats = effective::caveats_of(&weights.unwrap_or(rows));
    if agree { agreed(estimate, value, kish, level) } else { estimate }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ratio written as a function of totals is the ratio, weights and all.
    #[test]
    fn a_function_of_weighted_totals_counts_as_many_as_its_weights_are_worth() {
        let mut totals = Totals::new(2);
        for (x, w) in [(3, 1), (5, 4), (4, 2), (9, 1), (2, 3), (7, 2)] {
            let (x, w) = (x * fixed::ONE, w * fixed::ONE);
            totals.add(&[x / fixed::ONE * w, w], 1).unwrap();
            totals.weight_squares += w * w;
        }
        let (a, b) = (totals.sum(0), totals.sum(1));
        let gradient = [1.0 / b, -a / (b * b)];
        let plain = linearised(&totals.ratio_sums(0, 1), Unit::Ratio, Level::P95);
        let function = function_of_totals(&totals, a / b, &gradient, Some(1), Unit::Ratio, Level::P95);
        // Kish: (1 + 4 + 2 + 1 + 3 + 2)²/(1 + 16 + 4 + 1 + 9 + 4) = 169/35.
        assert!((function.size.effective.unwrap() - 169.0 / 35.0).abs() < 1e-12);
        assert!((plain.size.effective.unwrap() - 169.0 / 35.0).abs() < 1e-12);
        let ends = |e: &Estimate| e.interval.and_then(|i| i.low.zip(i.high)).unwrap();
        let ((l, h), (low, high)) = (ends(&plain), ends(&function));
        assert!((l - low).abs() < 1e-9 && (h - high).abs() < 1e-9, "{l} {low} {h} {high}");
    }
}
