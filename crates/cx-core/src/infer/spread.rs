//! The distance between the best and the worst of several groups.

use super::special::{Tails, normal};
use super::{Level, effective, ratios::Draws};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::stats::{cluster_hash, world_bits};

/// Resampled worlds of the parametric bootstrap.
const WORLDS: u32 = 999;

/// A normal draw of group `i` in world `b`.
fn draw(seed: u64, i: usize, b: u32) -> f64 {
    let bits = world_bits(cluster_hash(seed, &i.to_le_bytes()), b);
    // 52 bits in the open interval (0, 1).
    normal::quantile(Tails::below(((bits >> 12) as f64 + 0.5) / 2.0_f64.powi(52)))
}

fn spread_of(means: impl Iterator<Item = f64> + Clone) -> f64 {
    means.clone().fold(f64::NEG_INFINITY, f64::max) - means.fold(f64::INFINITY, f64::min)
}

/// Largest minus smallest mean of groups, less what noise alone adds.
///
/// The largest of several noisy means is biased up and the smallest down.
/// `groups` holds (mean, standard error). In each of 999 seeded worlds every
/// mean moves by its error; the mean excess of those worlds over the observed
/// spread is the bias taken off, and the interval reflects their quantiles
/// about the observed spread (basic bootstrap), cut at 0. Groups without a
/// standard error cannot take part. Source: `efron1993`.
///
/// # Examples
/// ```
/// use cx_core::infer::{spread::spread, Level};
/// use cx_core::ground::unit::Unit;
/// // Five channels that differ by noise alone: most of the spread goes away.
/// let groups = [(70.1, 2.0), (71.3, 2.0), (69.2, 2.0), (72.4, 2.0), (70.9, 2.0)];
/// let estimate = spread(&groups, Unit::Index, 1, Level::P95);
/// // Without end of worlds 0.943 is left of 3.2; 999 of them are within four standard errors of it.
/// assert!((estimate.value.unwrap() - 0.943).abs() < 4.0 * 0.0623);
/// assert_eq!(estimate.interval.unwrap().low, Some(0.0));
/// ```
pub fn spread(groups: &[(f64, f64)], unit: Unit, seed: u64, level: Level) -> Estimate {
    let size = Size::default();
    if groups.len() < 2 {
        let why = "fewer than two groups have a mean with a standard error".to_owned();
        return Estimate::absent(Absent::Undefined { why }, unit, size);
    }
    let observed = spread_of(groups.iter().map(|(mean, _)| *mean));
    let worlds = (0..WORLDS).map(|b| {
        let moved = groups.iter().enumerate().map(|(i, (mean, se))| se.mul_add(draw(seed, i, b), *mean));
        Some(spread_of(moved.collect::<Vec<_>>().into_iter()))
    });
    let draws = Draws::collect(worlds);
    let bias = draws.values().iter().sum::<f64>() / draws.n() as f64 - observed;
    let value = (observed - bias).max(0.0);
    if groups.iter().all(|(_, se)| *se == 0.0) {
        return Estimate::new(value, None, unit, size).with_caveat(effective::no_spread());
    }
    let interval = draws.limits(level).map(|(low, high)| {
        let limits = ((2.0 * observed - high).max(0.0), (2.0 * observed - low).max(0.0));
        Interval::closed(limits.0.min(value), limits.1.max(value), level.value(), Method::PercentileBootstrap)
    });
    Estimate::new(value, interval, unit, size)
}

/// A figure of shares of groups, less its bias, with a parametric bootstrap interval.
///
/// Each world draws every group's count of successes anew (normal
/// approximation of the binomial, cut to 0..n) and computes the figure from
/// them; the mean excess of the worlds over the figure is taken off, as in
/// [`spread`]. `groups` holds (successes, n); `range` is that of the figure.
pub fn of_shares(
    groups: &[(u64, u64)],
    figure: impl Fn(&[(u64, u64)]) -> Option<f64>,
    range: (f64, f64),
    seed: u64,
    level: Level,
) -> Option<(f64, Option<Interval>)> {
    let value = figure(groups)?;
    let worlds = (0..WORLDS).map(|b| {
        let drawn: Vec<(u64, u64)> = groups
            .iter()
            .enumerate()
            .map(|(i, (k, n))| {
                let (count, whole) = (*k as f64, *n as f64);
                let sd = (count * (1.0 - count / whole.max(1.0))).max(0.0).sqrt();
                (sd.mul_add(draw(seed, i, b), count).round().clamp(0.0, whole) as u64, *n)
            })
            .collect();
        figure(&drawn)
    });
    let draws = Draws::collect(worlds);
    let bias = draws.values().iter().sum::<f64>() / draws.n().max(1) as f64 - value;
    let within = |x: f64| x.clamp(range.0, range.1);
    let corrected = within(value - bias);
    // Groups of all or nothing do not move from world to world, which shows no certainty.
    let moves = draws.values().first() != draws.values().last();
    let interval = draws.limits(level).filter(|_| moves).map(|(low, high)| {
        let limits = (within(2.0 * value - high), within(2.0 * value - low));
        let (low, high) = (limits.0.min(corrected), limits.1.max(corrected));
        Interval::closed(low, high, level.value(), Method::PercentileBootstrap)
    });
    Some((corrected, interval))
}
