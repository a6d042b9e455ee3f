//! Ratios and other smooth functions of totals, by linearisation over units.

use crate::ground::estimate::{Absent, Estimate, Interval, Method};
use crate::ground::unit::Unit;
use crate::infer::{Level, effective};
use crate::stats::{RatioSums, Totals};

/// A ratio A/B with its t interval.
///
/// Formula: Var(A/B) = G/(G−1) Σ(a − R b)²/B² over G units (customers, cases),
/// t with G − 1 degrees of freedom; with weights at most Kish's n − 1. Limits
/// are clamped to what the unit allows. One unit gives no interval, B = 0 no
/// ratio. Source: `cochran1977`.
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
    let se = sums.variance().filter(|_| df > 0.0).map(f64::sqrt);
    let interval = se.map(|se| {
        let half = level.t(df) * se;
        Interval::closed(ratio - half, ratio + half, level.value(), Method::LinearisedT).clamped(unit.range())
    });
    let mut estimate = Estimate::new(ratio, interval, unit, size);
    estimate.se = se;
    estimate.caveats = effective::caveats_of(sums);
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
/// G − 1 degrees of freedom. For a ratio it equals [`linearised`]. One unit
/// gives no interval; `gradient` must hold one number per total.
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
///     ratios::function_of_totals(&totals, 1.0 - c / r, &[-1.0 / r, c / (r * r)], Unit::Ratio, Level::P95);
/// let cost_share = ratios::linearised(&totals.ratio_sums(0, 1), Unit::Ratio, Level::P95);
/// assert!((margin.se.unwrap() - cost_share.se.unwrap()).abs() < 1e-14);
/// ```
pub fn function_of_totals(
    totals: &Totals,
    value: f64,
    gradient: &[f64],
    unit: Unit,
    level: Level,
) -> Estimate {
    debug_assert_eq!(gradient.len(), totals.k());
    let sums = totals.ratio_sums(0, 0);
    let size = effective::size_of(&sums, None);
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
    let se = (totals.units > 1).then(|| (g / (g - 1.0) * squares.max(0.0)).sqrt());
    let interval = se.map(|se| {
        let half = level.t(g - 1.0) * se;
        Interval::closed(value - half, value + half, level.value(), Method::LinearisedT).clamped(unit.range())
    });
    let mut estimate = Estimate::new(value, interval, unit, size);
    estimate.se = se;
    estimate.caveats = effective::caveats_of(&sums);
    estimate
}
