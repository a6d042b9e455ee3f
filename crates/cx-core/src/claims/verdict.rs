//! A claim held against a company's own estimate.

use super::{Claim, Effect, Size, counterpart};
use crate::infer::draws::largest_base;
use serde::Serialize;

/// Where the company stands on a scale that ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Base {
    /// Where it stands, in the scale's own unit.
    pub value: f64,
    /// The end of the scale: 1 for a share, 5 for a mean of answers from 1 to 5.
    pub most: f64,
}

/// What a claim is worth here.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The own interval meets the claimed range.
    Consistent,
    /// It lies between none and the claim, or below the claim.
    SmallerHere,
    /// It lies beyond the claim.
    LargerHere,
    /// It lies on the other side of 0.
    OppositeHere,
    /// The data cannot tell.
    NotTestable {
        /// What would be needed.
        needs: String,
    },
    /// The claim would lead beyond the end of the scale.
    NotPossible {
        /// The highest base at which it could hold, in the scale's own unit.
        bound: f64,
    },
}

/// Holds a claim against an own estimate of the same quantity.
///
/// `own` is relative as the claim is, or the figure itself where the claim is a
/// level or a number of times.
/// `base` is where the company stands, for effects on a scale that ends: a rise
/// by r is possible up to most/(1 + r). Then, seen in the direction of the
/// claim: an interval beyond 0 on the other side is opposite; one that misses
/// the claimed range is smaller or larger; one that holds both 0 and part of
/// the claim tells nothing; any other is consistent. A mere direction is
/// consistent once the interval leaves 0. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::claims::{shipped, verdict, Base, Effect, Verdict};
/// use cx_core::ground::estimate::{Interval, Method};
/// let claim = shipped().unwrap().claim("C15").unwrap(); // retention +24 %
/// let own = |value, low, high| Effect { value, interval: Interval::closed(low, high, 0.95, Method::Newcombe) };
/// let found = |own: Effect| verdict(claim, Some(&own), None);
/// assert_eq!(found(own(0.02, 0.01, 0.03)), Verdict::SmallerHere);
/// assert_eq!(found(own(-0.02, -0.03, -0.01)), Verdict::OppositeHere);
/// assert!(matches!(found(own(0.1, -0.1, 0.3)), Verdict::NotTestable { .. }));
/// let high = Base { value: 0.85, most: 1.0 };
/// let Verdict::NotPossible { bound } = verdict(claim, None, Some(high)) else { panic!() };
/// assert!((bound - 0.806_452).abs() < 1e-6);
/// ```
pub fn verdict(claim: &Claim, own: Option<&Effect>, base: Option<Base>) -> Verdict {
    let size = claim.size();
    if let (Size::Relative { low, .. }, Some(base)) = (size, base)
        && let Some(bound) = largest_base(low).map(|share| share * base.most)
        && base.value > bound
    {
        return Verdict::NotPossible { bound };
    }
    let needs = |what: &str| Verdict::NotTestable { needs: what.to_owned() };
    if size == Size::NoEffect {
        return needs("a claim about an effect or a share");
    }
    let Some(own) = own else {
        return needs(counterpart(&claim.claim_id).unwrap_or("an own estimate of the same quantity"));
    };
    let seen = (own.interval.low.unwrap_or(f64::NEG_INFINITY), own.interval.high.unwrap_or(f64::INFINITY));
    let held = |low: f64, high: f64| {
        // In the direction of the claim, so that more means more of what was claimed.
        let turn = |(a, b): (f64, f64)| if high < 0.0 { (-b, -a) } else { (a, b) };
        (turn(seen), turn((low, high)))
    };
    let ((low, high), (least, most)) = match size {
        Size::Relative { low, high } => held(low, high),
        Size::Level(level) => (seen, (level, level)),
        Size::Times { low, high } => (seen, (low, high)),
        Size::Up | Size::NoEffect => (seen, (f64::MIN_POSITIVE, f64::INFINITY)),
        Size::Down => ((-seen.1, -seen.0), (f64::MIN_POSITIVE, f64::INFINITY)),
    };
    let effect = !matches!(size, Size::Level(_) | Size::Times { .. });
    if effect && high < 0.0 {
        Verdict::OppositeHere
    } else if effect && low <= 0.0 && high >= least {
        needs("an interval that does not hold both none and the claim")
    } else if high < least {
        Verdict::SmallerHere
    } else if low > most {
        Verdict::LargerHere
    } else {
        Verdict::Consistent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::{Library, shipped};
    use crate::ground::estimate::{Interval, Method};
    use proptest::prelude::*;

    fn own(low: f64, high: f64) -> Effect {
        Effect { value: f64::midpoint(low, high), interval: Interval::closed(low, high, 0.95, Method::Draws) }
    }

    fn library() -> &'static Library {
        shipped().unwrap()
    }

    #[test]
    fn falls_levels_and_directions_have_verdicts_too() {
        let found = |id: &str, low, high| verdict(library().claim(id).unwrap(), Some(&own(low, high)), None);
        // Service cost −20 %.
        assert_eq!(found("C16", -0.25, -0.15), Verdict::Consistent);
        assert_eq!(found("C16", -0.15, -0.05), Verdict::SmallerHere);
        assert_eq!(found("C16", -0.15, 0.05), Verdict::SmallerHere);
        assert_eq!(found("C16", -0.4, -0.3), Verdict::LargerHere);
        assert_eq!(found("C16", 0.01, 0.05), Verdict::OppositeHere);
        // About 70 % talk about it.
        assert_eq!(found("C03", 0.3, 0.4), Verdict::SmallerHere);
        assert_eq!(found("C03", 0.6, 0.8), Verdict::Consistent);
        // Loyal customers need less marketing.
        assert_eq!(found("C35", -0.2, -0.1), Verdict::Consistent);
        assert_eq!(found("C35", 0.1, 0.2), Verdict::OppositeHere);
        assert!(matches!(found("C35", -0.1, 0.1), Verdict::NotTestable { .. }));
        // To win a customer costs 6 to 7 times as much as to keep one.
        assert_eq!(found("C28", 2.0, 4.0), Verdict::SmallerHere);
        assert_eq!(found("C28", 5.0, 8.0), Verdict::Consistent);
        // A rank of metrics is no effect.
        assert!(matches!(found("C29", 0.1, 0.2), Verdict::NotTestable { .. }));
    }

    /// The bounds that the description of the claims works out.
    #[test]
    fn bounds_are_those_of_arithmetic() {
        for (id, most, wanted) in [
            ("C17", 1.0, 0.714_286),
            ("C17", 5.0, 3.571_429),
            ("C13", 1.0, 0.8),
            ("C20", 100.0, 80.0),
            ("C31", 1.0, 0.833_333),
        ] {
            let claim = library().claim(id).unwrap();
            let Verdict::NotPossible { bound } = verdict(claim, None, Some(Base { value: most, most }))
            else {
                panic!("{id} is possible")
            };
            assert!((bound - wanted).abs() < 1e-6, "{id}: {bound}");
            let lower = Base { value: 0.99 * wanted, most };
            assert!(!matches!(verdict(claim, None, Some(lower)), Verdict::NotPossible { .. }));
        }
    }

    proptest! {
        /// Every claim has a verdict, and an estimate at the claim itself is never called another.
        #[test]
        fn an_estimate_at_the_claim_is_consistent(i in 0..41_usize, share in 0.0..1.0_f64, width in 0.001..0.02_f64) {
            let claim = &library().claims[i];
            if let Size::Relative { low, high } = claim.size() {
                let at = share.mul_add(high - low, low);
                prop_assert_eq!(verdict(claim, Some(&own(at - width, at + width)), None), Verdict::Consistent);
            }
        }
    }
}
