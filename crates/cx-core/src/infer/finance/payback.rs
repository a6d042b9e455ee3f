//! How long until a plan has paid for itself.

use super::Schedule;

/// When the cumulated flows reach 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PaidBack {
    /// First time they do, in periods from now; `None` where they never do.
    pub first: Option<f64>,
    /// Since when they stay there; `None` where they end below 0. Later than
    /// `first` where money goes out again.
    pub stays: Option<f64>,
}

/// Payback without discounting.
///
/// The amount of a period comes in evenly over it, so that the crossing lies
/// inside the period by linear interpolation. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::{payback, Schedule, Timing};
/// let plan = Schedule::new(-100.0, vec![30.0, 40.0, 50.0, 20.0], Timing::End).unwrap();
/// assert!((payback(&plan).first.unwrap() - 2.6).abs() < 1e-12);
/// // Paid back at once, and not for long.
/// let spend_again = Schedule::new(-1600.0, vec![10_000.0, -10_000.0, 1.0], Timing::End).unwrap();
/// assert_eq!((payback(&spend_again).first, payback(&spend_again).stays), (Some(0.16), None));
/// ```
pub fn payback(plan: &Schedule) -> PaidBack {
    crossing(plan.now(), plan.periods().iter().copied())
}

/// Payback of the discounted flows; `None` for a rate of −1 or less.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::{discounted_payback, Schedule, Timing};
/// let plan = Schedule::new(-100.0, vec![30.0, 40.0, 50.0, 20.0], Timing::End).unwrap();
/// assert!((discounted_payback(&plan, 0.1).unwrap().first.unwrap() - 3.154).abs() < 1e-9);
/// ```
pub fn discounted_payback(plan: &Schedule, rate: f64) -> Option<PaidBack> {
    let timing = plan.timing();
    let discounted = plan.periods().iter().zip(1..).map(|(x, k)| x * timing.discount(k, rate));
    (rate > -1.0 && rate.is_finite()).then(|| crossing(plan.now(), discounted))
}

fn crossing(now: f64, periods: impl Iterator<Item = f64>) -> PaidBack {
    let mut total = now;
    let mut stays = (now >= 0.0).then_some(0.0);
    let mut first = stays;
    for (amount, k) in periods.zip(0_u32..) {
        let before = total;
        total += amount;
        if before < 0.0 && total >= 0.0 {
            let at = f64::from(k) - before / amount;
            first = first.or(Some(at));
            stays = Some(at);
        } else if total < 0.0 {
            stays = None;
        }
    }
    PaidBack { first, stays }
}
