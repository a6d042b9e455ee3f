//! The gain of an initiative as the quantiles that a promise is told by.

use crate::findings::{InitiativeFound, MoneyFound, RoiReport};
use crate::ground::estimate::{Absent, Estimate, Refused};
use crate::ground::unit::Unit;
use crate::infer::draws::Points;
use crate::infer::special::{Tails, normal};
use crate::ledger::{Delivered, Promise};

/// The metric that stands for the net present value of an initiative.
pub const NPV: &str = "npv";

/// Outcomes of which less is better: their fall is the gain.
const LESS_IS_BETTER: [&str; 2] = ["cost_to_serve", "contacts"];

/// Where the seven quantiles lie.
const PLACES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

fn refused(rule: &str, reason: String, lift: &str) -> Absent {
    Absent::Refused(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
}

/// The months that a promise of a net present value counts, where its variant
/// says them: `24 months`.
///
/// # Examples
/// ```
/// use cx_core::studies::promises::horizon;
/// assert_eq!((horizon("24 months"), horizon("yearly")), (Some(24), None));
/// ```
pub fn horizon(variant: &str) -> Option<u32> {
    variant.strip_suffix(" months")?.trim().parse().ok().filter(|n| *n > 0)
}

/// What a promise delivered, by the study of initiatives.
///
/// A promise of `npv` takes the quantiles of its joint draws. A promise of an
/// outcome takes the effect on it as a normal distribution on either side of
/// the value, each as wide as the interval of the effect says; where less is
/// better the fall is the gain. `paid` says whether the median of the net
/// present value lies above 0. Source: definition of this product.
///
/// # Errors
/// Why the records do not tell, with what would lift it.
pub fn delivered(promise: &Promise, report: &RoiReport) -> Result<Delivered, Absent> {
    let Some(found) = report.initiatives.iter().find(|one| one.id == promise.initiative) else {
        let reason = format!("the register has no initiative `{}`", promise.initiative);
        let lift = "the initiative in the register by the id that the promise names";
        return Err(refused("initiative", reason, lift));
    };
    let paid = found.money.as_ref().ok().and_then(|money| money.npv.value).map(|npv| npv > 0.0);
    let (gain, se, unit) = if promise.metric.id == NPV {
        let money = found.money.as_ref().map_err(Clone::clone)?;
        net_present_value(promise, money)?
    } else {
        effect(promise, found)?
    };
    if unit != promise.unit {
        let reason = "the promise is in another unit than what the records tell".to_owned();
        return Err(refused("unit", reason, "an amendment in the unit of the metric"));
    }
    let Some(grade) = found.grade else {
        let reason = "a check that must hold failed".to_owned();
        return Err(refused("checks", reason, "what the checks of `cx roi` say"));
    };
    Ok(Delivered { gain, se, grade, paid })
}

fn net_present_value(promise: &Promise, money: &MoneyFound) -> Result<(Points, f64, Unit), Absent> {
    if let Some(months) = horizon(&promise.metric.variant)
        && months != money.horizon_months
    {
        let reason = format!(
            "{months} months are promised, and the register counts {} for this initiative",
            money.horizon_months
        );
        return Err(refused("horizon", reason, "the same months in the register and in the promise"));
    }
    let gain = Points::checked(money.quantiles).map_err(Absent::Refused)?;
    Ok((gain, money.npv.se.unwrap_or(0.0), Unit::Money))
}

fn effect(promise: &Promise, found: &InitiativeFound) -> Result<(Points, f64, Unit), Absent> {
    let wanted = &promise.metric.id;
    let Some(outcome) = found.outcomes.iter().find(|one| one.id == *wanted) else {
        if let (true, Err(absent)) = (found.outcomes.is_empty(), &found.money) {
            return Err(absent.clone());
        }
        let known: Vec<&str> = found.outcomes.iter().map(|one| one.id.as_str()).collect();
        let reason = format!("`{wanted}` is not measured for {}", found.id);
        let lift = format!("one of {NPV}, {}", known.join(", "));
        return Err(refused("metric", reason, &lift));
    };
    if let Some(absent) = &outcome.effect.absent {
        return Err(absent.clone());
    }
    let Some(points) = spread(&outcome.effect) else {
        let reason = "the effect has no interval, so nobody knows how sure it is".to_owned();
        return Err(refused("interval", reason, "more customers or more days"));
    };
    let gain = if LESS_IS_BETTER.contains(&wanted.as_str()) { points.map(|x| -x) } else { points };
    let mut sorted = gain;
    sorted.sort_by(f64::total_cmp);
    let se = outcome.effect.se.unwrap_or((sorted[5] - sorted[1]) / (2.0 * score(0.9)));
    Ok((Points::checked(sorted).map_err(Absent::Refused)?, se, outcome.unit))
}

/// The seven quantiles of an effect with an interval; none without both limits.
fn spread(effect: &Estimate) -> Option<[f64; 7]> {
    let (value, interval) = (effect.value?, effect.interval?);
    let (low, high) = (interval.low?, interval.high?);
    let edge = score(f64::midpoint(1.0, interval.level));
    Some(PLACES.map(|place| {
        let z = score(place) / edge;
        if z < 0.0 { z.mul_add(value - low, value) } else { z.mul_add(high - value, value) }
    }))
}

fn score(place: f64) -> f64 {
    normal::quantile(Tails::below(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::estimate::{Interval, Method, Size};

    #[test]
    fn quantiles_follow_the_interval_on_either_side() {
        let interval = Interval::closed(6.0, 16.0, 0.95, Method::T);
        let found = spread(&Estimate::new(10.0, Some(interval), Unit::Money, Size::default())).unwrap();
        // 1.644 854 of 1.959 964 of the way to each limit.
        assert!((found[0] - (10.0 - 4.0 * 0.839_226)).abs() < 1e-5, "{found:?}");
        assert!((found[6] - (10.0 + 6.0 * 0.839_226)).abs() < 1e-5, "{found:?}");
        assert!((found[3] - 10.0).abs() < 1e-12);
        assert!(spread(&Estimate::new(1.0, None, Unit::Money, Size::default())).is_none());
    }
}
