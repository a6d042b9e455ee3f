//! Internal rates of return draw by draw.

use super::percentile;
use crate::ground::estimate::{Absent, Interval, Method};
use crate::infer::finance::{Flows, internal_rates};

/// Share of draws with several rates above which an interval would leave out too much.
const MOST_SEVERAL: f64 = 0.01;

/// Limits of the internal rate of return over drawn plans, a rate per period.
///
/// Formula: percentiles of the rate at (1 − level)/2 and (1 + level)/2. A plan
/// that never earns back what it takes has no rate and stands below all others,
/// one that never takes more than it has brought stands above: where such plans
/// reach a limit, it is open. Source: definition of this product.
///
/// # Errors
/// [`Absent::NoData`] without draws, [`Absent::Undefined`] where more than one
/// plan in a hundred has several rates.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::rates_of_draws;
/// use cx_core::infer::finance::{Schedule, Timing};
/// let plan = |back: f64| Schedule::new(-100.0, vec![back], Timing::End).unwrap().flows();
/// let found = rates_of_draws(&[plan(110.0), plan(120.0), plan(130.0)], 0.5).unwrap();
/// assert!((found.low.unwrap() - 0.15).abs() < 1e-9 && (found.high.unwrap() - 0.25).abs() < 1e-9);
/// // Half of the draws bring nothing back: no lower limit.
/// assert_eq!(rates_of_draws(&[plan(0.0), plan(120.0)], 0.9).unwrap().low, None);
/// ```
pub fn rates_of_draws(plans: &[Flows], level: f64) -> Result<Interval, Absent> {
    if plans.is_empty() {
        return Err(Absent::NoData);
    }
    let mut rates = Vec::with_capacity(plans.len());
    for plan in plans {
        match internal_rates(plan).rates.as_slice() {
            [rate] => rates.push(*rate),
            [] if plan.present_value(0.0).is_some_and(|worth| worth > 0.0) => rates.push(f64::INFINITY),
            [] => rates.push(f64::NEG_INFINITY),
            _ => {}
        }
    }
    let several = plans.len() - rates.len();
    if several as f64 > MOST_SEVERAL * plans.len() as f64 {
        let why = format!("{several} of {} draws have several rates", plans.len());
        return Err(Absent::Undefined { why });
    }
    rates.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let at = |p| percentile(&rates, p).filter(|rate| rate.is_finite());
    Ok(Interval { low: at(tail), high: at(1.0 - tail), level, method: Method::Draws })
}
