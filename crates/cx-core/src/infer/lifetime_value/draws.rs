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

/// One figure over another, draw by draw: lifetime value to acquisition cost.
///
/// Never by the delta method: a denominator that varies makes the ratio skew.
/// Draws whose denominator is not above 0 have no value. Source: `efron1993`.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::ratio_of_draws;
/// let ratio = ratio_of_draws(&[Some(300.0), Some(280.0), None], &[Some(100.0), Some(0.0), Some(90.0)]);
/// assert_eq!(ratio, [Some(3.0), None, None]);
/// ```
pub fn ratio_of_draws(numerator: &[Option<f64>], denominator: &[Option<f64>]) -> Vec<Option<f64>> {
    let ratio = |(a, b): (&Option<f64>, &Option<f64>)| a.zip(b.filter(|b| *b > 0.0)).map(|(a, b)| a / b);
    numerator.iter().zip(denominator).map(ratio).collect()
}

/// Revenue at risk: Σ pᵢ Rᵢ, the loss to be expected, not the part that can be saved.
///
/// Each customer (or cell) has a chance to leave in the window and the revenue
/// of the window. `None` where a chance lies outside 0..1 or a revenue is no
/// number. Evaluate it in every world for its draws.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::revenue_at_risk;
/// assert_eq!(revenue_at_risk([(0.5, 100.0), (0.1, 300.0)]), Some(80.0));
/// assert_eq!(revenue_at_risk([(1.5, 100.0)]), None);
/// ```
pub fn revenue_at_risk(cells: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let mut sum = 0.0;
    for (chance, revenue) in cells {
        if !(0.0..=1.0).contains(&chance) || !revenue.is_finite() {
            return None;
        }
        sum += chance * revenue;
    }
    Some(sum)
}
