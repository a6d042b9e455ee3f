//! Nets from totals, and the difference of two nets.

use super::{Groups, score};
use crate::ground::estimate::{Absent, Estimate, Interval, Method};
use crate::ground::fixed::Overflow;
use crate::ground::unit::Unit;
use crate::infer::{Level, changes, effective};
use crate::stats::{RatioSums, Totals};

/// A net with its interval, from the totals of (up·w, down·w, w) over units.
///
/// Plain answers: the score interval. Weighted answers or several of one
/// customer: the score interval on the effective size (see
/// [`effective::size`]). One unit alone gives no interval; no row gives no net.
///
/// # Errors
/// [`Overflow`] when the combined sums leave 128 bits.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets, Level};
/// use cx_core::stats::Totals;
/// let one = 1 << 20;
/// let mut totals = Totals::new(3);
/// for (terms, times) in [([one, 0, one], 60), ([0, 0, one], 25), ([0, one, one], 15)] {
///     totals.add_times(&terms, 1, times).unwrap();
/// }
/// let nps = nets::estimate(&totals, Level::P95).unwrap();
/// assert_eq!(nps.value, Some(45.0));
/// assert!((nps.interval.unwrap().low.unwrap() - 29.2569).abs() < 1e-4);
/// ```
pub fn estimate(totals: &Totals, level: Level) -> Result<Estimate, Overflow> {
    let net = totals.combine(&[&[1, -1, 0], &[0, 0, 1]])?;
    let sums = net.ratio_sums(0, 1);
    let (up, down, whole) = (totals.sum(0), totals.sum(1), totals.sum(2));
    Ok(match Groups::new(up, (whole - up - down).max(0.0), down) {
        Some(groups) => of_sums(&groups, &sums, level),
        None => Estimate::absent(Absent::NoData, Unit::Points, effective::size_of(&sums, None)),
    })
}

/// The same from the weighted group sizes and the sums of the net over units.
pub fn of_sums(groups: &Groups, sums: &RatioSums, level: Level) -> Estimate {
    let plain = !sums.is_clustered() && !sums.is_weighted();
    let n_eff = if plain { None } else { effective::size(sums, groups.variance()) };
    let interval = if plain {
        Some(score(groups, level))
    } else {
        n_eff
            .and_then(|n| effective::for_interval(n, sums.units, level))
            .and_then(|n| groups.resized(n))
            .map(|g| Interval { method: Method::NetScoreEffective, ..score(&g, level) })
    };
    let mut estimate =
        Estimate::new(groups.points(), interval, Unit::Points, effective::size_of(sums, n_eff));
    estimate.se = if plain { Some(groups.se()) } else { sums.variance().map(|v| 100.0 * v.sqrt()) };
    estimate.caveats = effective::caveats_of(sums);
    estimate
}

/// Interval of the difference of two independent nets, first minus second, in
/// points: the arms of the two score intervals squared and added.
/// Source: `zou2008`.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets, Level};
/// let a = nets::Groups::new(60.0, 25.0, 15.0).unwrap();
/// let b = nets::Groups::new(50.0, 30.0, 20.0).unwrap();
/// let interval = nets::difference(&a, &b, Level::P95).unwrap();
/// assert!((interval.low.unwrap() + 6.2946).abs() < 1e-4);
/// assert!((interval.high.unwrap() - 35.7297).abs() < 1e-4);
/// ```
pub fn difference(a: &Groups, b: &Groups, level: Level) -> Option<Interval> {
    changes::square_and_add((a.points(), &score(a, level)), (b.points(), &score(b, level)))
}
