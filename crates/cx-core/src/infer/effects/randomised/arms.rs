//! Two arms: shares, means, nets.

use crate::ground::estimate::{Absent, Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::means::{Summary, welch_interval};
use crate::infer::nets::{self as net, Groups};
use crate::infer::shares::{Counted, newcombe};

fn none(why: &str, unit: Unit, size: Size) -> Estimate {
    Estimate::absent(Absent::Undefined { why: why.to_owned() }, unit, size)
}

/// Effect on a share, treated less control, with Newcombe's interval.
/// Source: `newcombe1998`.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::randomised, shares::Counted, Level};
/// let effect = randomised::shares(
///     Counted { k: 56.0, n: 70.0 },
///     Counted { k: 48.0, n: 80.0 },
///     Level::P95,
/// );
/// assert!((effect.value.unwrap() - 0.2).abs() < 1e-12);
/// assert!((effect.interval.unwrap().low.unwrap() - 0.052_431).abs() < 1e-6);
/// ```
pub fn shares(treated: Counted, control: Counted, level: Level) -> Estimate {
    let n = (treated.n + control.n) as u64;
    let size = Size { n, clusters: n, events: Some((treated.k + control.k) as u64), effective: None };
    match (treated.share(), control.share()) {
        (Some(a), Some(b)) => {
            let se = (a * (1.0 - a) / treated.n + b * (1.0 - b) / control.n).sqrt();
            Estimate::new(a - b, newcombe(treated, control, level), Unit::Share, size).with_se(se)
        }
        _ => none("an arm without a share", Unit::Share, size),
    }
}

/// Effect on a mean, treated less control, by Welch. Source: `welch1947`.
///
/// # Examples
/// ```
/// use cx_core::ground::unit::Unit;
/// use cx_core::infer::{effects::randomised, means::Summary, Level};
/// let (a, b) = (Summary::of(&[3.0, 5.0, 7.0]).unwrap(), Summary::of(&[1.0, 2.0, 3.0]).unwrap());
/// assert_eq!(randomised::means(&a, &b, Unit::Money, Level::P95).value, Some(3.0));
/// ```
pub fn means(treated: &Summary, control: &Summary, unit: Unit, level: Level) -> Estimate {
    let n = treated.n + control.n;
    let size = Size { n, clusters: n, events: None, effective: None };
    // From the arms, not from the statistic: that has none to give where the difference is 0.
    let of = |arm: &Summary| arm.variance.unwrap_or(0.0) / arm.n as f64;
    match welch_interval(treated, control, level) {
        Some(interval) => Estimate::new(treated.mean - control.mean, Some(interval), unit, size)
            .with_se((of(treated) + of(control)).sqrt()),
        None => none("an arm without spread", unit, size),
    }
}

/// Effect on a net in points, treated less control: arms of the two score
/// intervals squared and added. Source: `zou2008`.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::randomised, nets::Groups, Level};
/// let a = Groups::new(60.0, 25.0, 15.0).unwrap();
/// let b = Groups::new(50.0, 30.0, 20.0).unwrap();
/// let effect = randomised::nets(&a, &b, Level::P95);
/// assert!((effect.value.unwrap() - 15.0).abs() < 1e-12);
/// assert!((effect.interval.unwrap().low.unwrap() + 6.2946).abs() < 1e-4);
/// ```
pub fn nets(treated: &Groups, control: &Groups, level: Level) -> Estimate {
    let n = (treated.n() + control.n()) as u64;
    let size = Size { n, clusters: n, events: None, effective: None };
    let value = treated.points() - control.points();
    let se = treated.se().hypot(control.se());
    Estimate::new(value, net::difference(treated, control, level), Unit::Points, size).with_se(se)
}
