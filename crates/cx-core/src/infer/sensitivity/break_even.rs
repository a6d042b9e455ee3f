//! The value of one input at which a plan just pays.

use crate::ground::estimate::Refused;

/// Halvings: more than a number has digits.
const STEPS: u32 = 100;

/// Where a plan begins to pay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakEven {
    /// At this value of the input.
    At(f64),
    /// Whatever the input within its possible range.
    AlwaysPays,
    /// Nowhere within the possible.
    NeverPays,
}

impl BreakEven {
    /// The value, where there is one.
    pub const fn value(self) -> Option<f64> {
        match self {
            Self::At(x) => Some(x),
            Self::AlwaysPays | Self::NeverPays => None,
        }
    }
}

/// The break-even value of one input within its possible range, the others held.
///
/// Formula: the root of NPV(θ) by halving, 100 steps; the ends decide whether
/// there is one. A plan worth exactly 0 at both ends pays nothing and loses nothing:
/// it never pays. Source: definition of this product.
///
/// # Errors
/// The refusal `range_out_of_order` where the range is none or the value at an end is no number.
///
/// # Examples
/// ```
/// use cx_core::infer::sensitivity::{break_even, BreakEven};
/// let npv = |effect: f64| 1000.0 * effect - 8.0;
/// assert!((break_even(npv, 0.0, 0.18).unwrap().value().unwrap() - 0.008).abs() < 1e-15);
/// assert_eq!(break_even(npv, 0.01, 0.18), Ok(BreakEven::AlwaysPays));
/// assert_eq!(break_even(npv, 0.0, 0.005), Ok(BreakEven::NeverPays));
/// ```
pub fn break_even(npv: impl Fn(f64) -> f64, low: f64, high: f64) -> Result<BreakEven, Refused> {
    let (at_low, at_high) = (npv(low), npv(high));
    if !(low < high && at_low.is_finite() && at_high.is_finite()) {
        return Err(Refused {
            rule: "range_out_of_order".to_owned(),
            reason: "the possible range of the input is empty, or the plan has no value at its ends"
                .to_owned(),
            lift: "give the least and the most that the input can be".to_owned(),
        });
    }
    if at_low <= 0.0 && at_high <= 0.0 {
        return Ok(BreakEven::NeverPays);
    }
    if at_low >= 0.0 && at_high >= 0.0 {
        return Ok(BreakEven::AlwaysPays);
    }
    let (mut loses, mut pays) = if at_low < 0.0 { (low, high) } else { (high, low) };
    for _ in 0..STEPS {
        let middle = f64::midpoint(loses, pays);
        if npv(middle) < 0.0 {
            loses = middle;
        } else {
            pays = middle;
        }
    }
    Ok(BreakEven::At(pays))
}

/// Whether a planned study can find an effect that pays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detectability {
    /// Break-even effect over the smallest effect that the study finds.
    pub ratio: f64,
    /// True below 1: the study could miss an initiative that pays.
    pub could_miss: bool,
}

/// Break-even effect over smallest detectable effect, before money is spent.
///
/// `None` unless both are above 0: an initiative that always pays needs no
/// study to find its effect. The smallest effect comes from
/// [`crate::infer::power`]. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::power::{share_detectable, Aim};
/// use cx_core::infer::sensitivity::detectability;
/// let smallest = share_detectable(0.18, 12_000.0, Aim::USUAL).unwrap();
/// let found = detectability(0.007_922_797, smallest).unwrap();
/// assert!((found.ratio - 0.57).abs() < 0.005 && found.could_miss);
/// ```
pub fn detectability(break_even: f64, smallest: f64) -> Option<Detectability> {
    let ratio = break_even / smallest;
    (break_even > 0.0 && smallest > 0.0 && ratio.is_finite())
        .then_some(Detectability { ratio, could_miss: ratio < 1.0 })
}
