//! Rates: events per exposure.

use super::linear::no_ratio;
use super::poisson_exact;
use crate::ground::estimate::{Estimate, Interval, Method};
use crate::ground::unit::Unit;
use crate::infer::{Level, effective};
use crate::stats::{RatioSums, Totals};

/// A positive ratio with an interval on its logarithm: R e^(±t SE/R), t with
/// G − 1 degrees of freedom.
///
/// Follows the skew of rates and never reaches below 0. A ratio of 0, one unit
/// or units that all agree give no interval. Source: `cochran1977`, on the log scale.
///
/// # Examples
/// ```
/// use cx_core::infer::{ratios, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Totals;
/// let mut totals = Totals::new(2);
/// for events in [0, 0, 1, 3, 0, 2] {
///     totals.add(&[events << 20, 12 << 20], 1).unwrap();
/// }
/// let rate = ratios::log_linearised(&totals.ratio_sums(0, 1), Unit::PerMonth, Level::P95);
/// let interval = rate.interval.unwrap();
/// assert!((interval.low.unwrap() * interval.high.unwrap()).sqrt() - rate.value.unwrap() < 1e-15);
/// ```
pub fn log_linearised(sums: &RatioSums, unit: Unit, level: Level) -> Estimate {
    let size = effective::size_of(sums, effective::weighted_size(sums));
    let Some(ratio) = sums.ratio() else {
        return Estimate::absent(no_ratio(sums), unit, size);
    };
    let df = size.effective.unwrap_or(f64::INFINITY).min(sums.units as f64) - 1.0;
    let agree = sums.has_no_spread();
    let se = sums.variance().filter(|_| df > 0.0 && !agree).map(f64::sqrt);
    let interval = se.filter(|_| ratio > 0.0).map(|se| {
        let stretch = (level.t(df) * se / ratio).exp();
        Interval::closed(ratio / stretch, ratio * stretch, level.value(), Method::LinearisedLogT)
    });
    let mut estimate = Estimate::new(ratio, interval, unit, size);
    estimate.se = se;
    estimate.caveats = effective::caveats_of(sums);
    if agree && sums.units > 1 {
        estimate.caveats.push(effective::no_spread());
    }
    estimate
}

/// A rate from totals over units: quantity `events` per quantity `exposure`.
///
/// Where no unit has two events (Σa² = Σa) the limits are Garwood's, exact for
/// any number of events; otherwise events come in clusters, Garwood would
/// cover 70 % instead of 95 %, and the interval is [`log_linearised`].
///
/// # Examples
/// ```
/// use cx_core::infer::{ratios, Level};
/// use cx_core::ground::{estimate::Method, unit::Unit};
/// use cx_core::stats::Totals;
/// let mut totals = Totals::new(2);
/// totals.add_times(&[1 << 20, 1 << 20], 1, 7).unwrap();
/// totals.add_times(&[0, 1 << 20], 1, 93).unwrap();
/// let rate = ratios::rate(&totals, 0, 1, Unit::PerMonth, Level::P95);
/// assert_eq!(rate.value, Some(0.07));
/// let interval = rate.interval.unwrap();
/// assert_eq!(interval.method, Method::PoissonExact);
/// assert!((interval.low.unwrap() - 0.028_143_630_5).abs() < 1e-9);
/// ```
pub fn rate(totals: &Totals, events: usize, exposure: usize, unit: Unit, level: Level) -> Estimate {
    let sums = totals.ratio_sums(events, exposure);
    let single = !sums.is_weighted() && totals.product(events, events) == totals.sum(events);
    let mut estimate = log_linearised(&sums, unit, level);
    let count = sums.numerator.max(0.0) as u64;
    if !sums.is_weighted() {
        estimate.size.events = Some(count);
    }
    if single && sums.denominator > 0.0 {
        let exact = poisson_exact(count, level);
        estimate.interval = Some(exact.affine(1.0 / sums.denominator, 0.0));
        estimate.caveats.clear();
    }
    estimate
}
