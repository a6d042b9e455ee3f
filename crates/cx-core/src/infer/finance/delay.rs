//! What waiting costs.

use super::{Flow, Flows};

/// Net present value lost when the whole plan starts `delay` periods later.
///
/// Formula: NPV (1 − (1+i)^−d): every flow moves, the last one too. `None` for
/// a rate of −1 or less or a delay below 0. Source: `reinertsen2009`.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::cost_of_delay;
/// assert!((cost_of_delay(11.556_587_665, 0.1, 1.0).unwrap() - 1.050_598_879).abs() < 1e-9);
/// ```
pub fn cost_of_delay(npv: f64, rate: f64, delay: f64) -> Option<f64> {
    // 1 − (1+i)^−d keeps its digits for small rates through the logarithm.
    (rate > -1.0 && rate.is_finite() && delay >= 0.0).then(|| npv * -(-delay * rate.ln_1p()).exp_m1())
}

/// The same where the window does not wait: flows that would come after the
/// plan's last one are lost.
///
/// `None` as above.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::{cost_of_waiting, Schedule, Timing};
/// let plan = Schedule::new(-100.0, vec![80.0, 80.0], Timing::End).unwrap().flows();
/// // Without discounting a year's wait costs the year that is lost.
/// assert_eq!(cost_of_waiting(&plan, 0.0, 1.0), Some(80.0));
/// ```
pub fn cost_of_waiting(flows: &Flows, rate: f64, delay: f64) -> Option<f64> {
    let end = flows.end();
    let later = |f: &Flow| Flow { time: f.time + delay, ..*f };
    let left = flows.by_time().iter().map(later).filter(|f| f.time <= end);
    let delayed = Flows::new(left).ok().filter(|_| delay >= 0.0)?;
    Some(flows.present_value(rate)? - delayed.present_value(rate)?)
}
