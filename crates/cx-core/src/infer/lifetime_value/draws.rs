//! Figures made of joint draws: what depends on what stays so.

use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::ratios::Draws;

/// A figure with the percentile interval of its joint draws.
///
/// Draw b of everything that enters comes from the same resampled world, so
/// that parts which rise together do so here. A draw without a value is
/// dropped and counted; an infinite one (a payback never reached) counts, and
/// leaves its end open. No interval where there are too few draws for the level.
/// Source: `efron1993`.
///
/// # Examples
/// ```
/// use cx_core::ground::{estimate::Size, unit::Unit};
/// use cx_core::infer::{lifetime_value::of_draws, Level};
/// let draws: Vec<Option<f64>> = (1..=399).map(|x| Some(f64::from(x))).collect();
/// let figure = of_draws(Some(200.0), &draws, Unit::Money, Size::default(), Level::P95);
/// assert_eq!(figure.interval.unwrap().low, Some(10.0));
/// ```
pub fn of_draws(value: Option<f64>, draws: &[Option<f64>], unit: Unit, size: Size, level: Level) -> Estimate {
    let Some(value) = value.filter(|x| x.is_finite()) else {
        let why = "the formula has no value at the point estimates".to_owned();
        return Estimate::absent(Absent::Undefined { why }, unit, size);
    };
    let draws = Draws::collect(draws.iter().copied());
    let finite = |x: f64| Some(x).filter(|x| x.is_finite());
    let interval = draws.limits(level).map(|(low, high)| {
        let method = Method::Draws;
        Interval { low: finite(low), high: finite(high), level: level.value(), method }
    });
    let estimate = Estimate::new(value, interval, unit, size);
    if draws.dropped > 0 {
        return estimate.with_caveat(Caveat::DroppedReplicates { dropped: draws.dropped });
    }
    estimate
}
