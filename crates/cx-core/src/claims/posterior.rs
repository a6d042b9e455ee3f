//! An own estimate with a claim and without it.

use super::Prior;
use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::Level;

/// A relative effect, as a share of the mean without the cause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The effect, above −1.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

/// Which of the two is said first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Headline {
    /// With the claim: it changes little.
    With,
    /// Without: the claim would turn the sign, or change it by more than half.
    Without,
}

/// Both figures; both are printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    /// From the company's own data alone.
    pub without: Effect,
    /// With the claim as a prior.
    pub with: Effect,
    /// Share of the own data in it, 0..1, by precision.
    pub own_share: f64,
    /// Which is said first.
    pub headline: Headline,
}

/// An own estimate with a claim as a prior.
///
/// The own effect is taken as normal on ln(1 + τ), its standard error the
/// width of the interval there over 2z. Formula: precisions add and means are
/// weighted by them; both figures are medians of τ. The figure without is the
/// headline where the two differ in sign or by more than half of it.
/// Source: definition of this product.
///
/// # Errors
/// The refusal `effect_out_of_range` for an interval that is open, out of order
/// or reaches −1.
///
/// # Examples
/// ```
/// use cx_core::claims::{posterior, prior, shipped, Effect, Headline};
/// use cx_core::ground::estimate::{Interval, Method};
/// let claim = prior(shipped().unwrap().claim("C15").unwrap(), None).unwrap();
/// let own = |value, low, high| Effect { value, interval: Interval::closed(low, high, 0.95, Method::Newcombe) };
/// let sharp = posterior(&own(0.04, 0.02, 0.06), &claim).unwrap();
/// assert!((sharp.with.value - 0.04).abs() < 0.001 && sharp.headline == Headline::With);
/// // A wide estimate below 0 would be turned by the claim: it is not.
/// let wide = posterior(&own(-0.01, -0.4, 0.5), &claim).unwrap();
/// assert!(wide.with.value > 0.0 && wide.headline == Headline::Without);
/// ```
pub fn posterior(own: &Effect, claim: &Prior) -> Result<Posterior, Refused> {
    let out_of_range = || Refused {
        rule: "effect_out_of_range".to_owned(),
        reason: "the own effect needs an interval with two limits, in order and above −1".to_owned(),
        lift: "give the effect relative to the mean without the cause".to_owned(),
    };
    let Interval { low: Some(low), high: Some(high), level, .. } = own.interval else {
        return Err(out_of_range());
    };
    let level = Level::new(level).ok_or_else(out_of_range)?;
    let ordered = -1.0 < low && low <= own.value && own.value <= high && low < high && high.is_finite();
    if !ordered {
        return Err(out_of_range());
    }
    let se = (high.ln_1p() - low.ln_1p()) / (2.0 * level.z());
    let (ours, theirs) = (1.0 / (se * se), 1.0 / (claim.sd * claim.sd));
    let own_share = ours / (ours + theirs);
    let middle = own_share.mul_add(own.value.ln_1p() - claim.mean, claim.mean);
    let half = level.z() / (ours + theirs).sqrt();
    let interval = Interval::closed(
        (middle - half).exp_m1(),
        (middle + half).exp_m1(),
        level.value(),
        Method::Transformed,
    );
    let with = Effect { value: middle.exp_m1(), interval };
    let turned = with.value * own.value < 0.0;
    let moved = (with.value - own.value).abs() > 0.5 * own.value.abs();
    let headline = if turned || moved { Headline::Without } else { Headline::With };
    Ok(Posterior { without: *own, with, own_share, headline })
}
