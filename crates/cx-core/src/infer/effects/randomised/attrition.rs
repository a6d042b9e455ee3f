//! People whose outcome is missing.

use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::shares::{Counted, newcombe, pooled_z};

/// The difference of what was lost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attrition {
    /// Share lost of the treated less share lost of the control.
    pub difference: f64,
    /// Its interval.
    pub interval: Interval,
    /// Two-sided p-value; 1 where nobody was lost.
    pub p: f64,
}

/// Compares the shares without an outcome, treated less control.
///
/// `None` where an arm is empty. Source: `newcombe1998`.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::randomised::attrition, shares::Counted, Level};
/// let lost = attrition(Counted { k: 56.0, n: 1000.0 }, Counted { k: 20.0, n: 1000.0 }, Level::P95);
/// assert!(lost.unwrap().p < 0.001);
/// ```
pub fn attrition(treated: Counted, control: Counted, level: Level) -> Option<Attrition> {
    Some(Attrition {
        difference: treated.share()? - control.share()?,
        interval: newcombe(treated, control, level)?,
        p: pooled_z(treated, control).map_or(1.0, |test| test.p),
    })
}

/// Bounds of the effect on those whose outcome is seen whatever their arm.
///
/// The arm that kept more of its people loses the excess share of its lowest,
/// or of its highest, outcomes. Holds where assignment moves nobody in and out
/// both ways. `treated` and `control` are the outcomes seen, `assigned` all
/// people of each arm. `None` where an arm has none. Source: `lee2009`.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::randomised::lee_bounds;
/// // All of the control are seen, 4 of 5 treated: a fifth of the control is cut at either end.
/// let bounds = lee_bounds(&[4.0, 5.0, 6.0, 7.0], 5, &[1.0, 2.0, 3.0, 4.0, 5.0], 5).unwrap();
/// assert_eq!((bounds.low, bounds.high), (Some(5.5 - 3.5), Some(5.5 - 2.5)));
/// ```
pub fn lee_bounds(
    treated: &[f64],
    treated_assigned: u64,
    control: &[f64],
    control_assigned: u64,
) -> Option<Interval> {
    if treated.is_empty() || control.is_empty() {
        return None;
    }
    let seen = |values: &[f64], all: u64| values.len() as f64 / all as f64;
    let (of_treated, of_control) = (seen(treated, treated_assigned), seen(control, control_assigned));
    if !(of_treated <= 1.0 && of_control <= 1.0) {
        return None;
    }
    let excess = 1.0 - of_treated.min(of_control) / of_treated.max(of_control);
    let (kept, cut, sign) =
        if of_treated > of_control { (control, treated, 1.0) } else { (treated, control, -1.0) };
    let still = kept.iter().sum::<f64>() / kept.len() as f64;
    let mut sorted = cut.to_vec();
    sorted.sort_by(f64::total_cmp);
    let low_kept = mean_without(sorted.iter().rev(), sorted.len(), excess);
    let high_kept = mean_without(sorted.iter(), sorted.len(), excess);
    let ends = [sign * (low_kept - still), sign * (high_kept - still)];
    Some(Interval::closed(ends[0].min(ends[1]), ends[0].max(ends[1]), 1.0, Method::WorstCaseBounds))
}

/// Mean without the first `share` of the values; one value may go in part.
fn mean_without<'a>(values: impl Iterator<Item = &'a f64>, n: usize, share: f64) -> f64 {
    let mut out = share * n as f64;
    let (mut sum, mut weight) = (0.0, 0.0);
    for value in values {
        let kept = (1.0 - out).clamp(0.0, 1.0);
        out = (out - 1.0).max(0.0);
        sum += kept * value;
        weight += kept;
    }
    sum / weight
}
