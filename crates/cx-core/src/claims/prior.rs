//! A claim as a sceptical prior, for whoever switches it on.

use super::{Claim, Size};
use crate::ground::estimate::Refused;

/// Least standard deviation of a prior on the log scale.
const LEAST_SD: f64 = 0.05;
/// Resolved promises of a family from which on they replace the weight.
const ENOUGH: usize = 5;

/// How much came of the promises that this company made in a family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OwnRecord {
    /// Mean realisation ratio.
    pub ratio: f64,
    /// Resolved promises behind it.
    pub resolved: usize,
}

/// Where the weight of a claim comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WeightFrom {
    /// The record of the claim or its grade.
    Claim,
    /// The company's own promises.
    OwnRecord,
}

/// ln(1 + τ) ~ N(mean, sd²), τ relative to the mean without the cause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// w ln(1 + claim).
    pub mean: f64,
    /// Standard deviation; the weight does not scale it, or the weakest claim
    /// would make the tightest prior.
    pub sd: f64,
    /// w, 0..1 or the realisation ratio.
    pub weight: f64,
    /// Where w comes from.
    pub from: WeightFrom,
}

fn refused(rule: &str, reason: &str, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason: reason.to_owned(), lift: lift.to_owned() }
}

/// A claim as a prior.
///
/// Formula: mean w·l, standard deviation max(|l|, 0.05), l the mean of
/// ln(1 + end) over the ends of the claimed range. Five resolved promises of a
/// family replace w by their mean ratio. Source: definition of this product.
///
/// # Errors
/// Refusals: `claim_without_effect` for a level, a count or an order,
/// `claim_without_size` for a mere direction, `claim_without_weight` for w = 0
/// or a record in which nothing came, `claim_impossible` for a fall of all or more.
///
/// # Examples
/// ```
/// use cx_core::claims::{prior, shipped};
/// let library = shipped().unwrap();
/// // +25 to +95 %: the mean of ln 1.25 and ln 1.95 is 0.4455; 0.35 of it counts.
/// let famous = prior(library.claim("C08").unwrap(), None).unwrap();
/// assert!((famous.mean - 0.155_920).abs() < 1e-6 && (famous.sd - 0.445_487).abs() < 1e-6);
/// assert_eq!(prior(library.claim("C10").unwrap(), None).unwrap_err().rule, "claim_without_weight");
/// assert_eq!(prior(library.claim("C25").unwrap(), None).unwrap_err().rule, "claim_without_size");
/// ```
pub fn prior(claim: &Claim, own: Option<OwnRecord>) -> Result<Prior, Refused> {
    let (low, high) = match claim.size() {
        Size::Relative { low, high } => (low, high),
        Size::Up | Size::Down => {
            let reason = "the claim names a direction and no size";
            return Err(refused("claim_without_size", reason, "compare it, or find a source with a size"));
        }
        Size::Level(_) | Size::Times { .. } | Size::NoEffect => {
            let reason = "the claim says how things are and not what a change brings";
            return Err(refused("claim_without_effect", reason, "compare it with your own figure"));
        }
    };
    if low <= -1.0 {
        let reason = "the claim takes away all there is, or more";
        return Err(refused("claim_impossible", reason, "check the sign and the unit of the claim"));
    }
    // A claim that was found misquoted stays out, whatever a company delivers.
    if claim.weight() <= 0.0 {
        let reason = "the claim was misquoted, contradicted, repeated from another or not traced";
        return Err(refused("claim_without_weight", reason, "use it as a comparator"));
    }
    let size = f64::midpoint(low.ln_1p(), high.ln_1p());
    let (weight, from) = match own.filter(|own| own.resolved >= ENOUGH) {
        Some(own) => (own.ratio, WeightFrom::OwnRecord),
        None => (claim.weight(), WeightFrom::Claim),
    };
    if !(weight > 0.0 && weight.is_finite()) {
        let reason = "nothing came of the promises of this family";
        return Err(refused("claim_without_weight", reason, "use the claim as a comparator"));
    }
    Ok(Prior { mean: weight * size, sd: size.abs().max(LEAST_SD), weight, from })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::shipped;

    #[test]
    fn own_promises_replace_the_weight_from_the_fifth_on() {
        let claim = shipped().unwrap().claim("C15").unwrap();
        let with = |ratio, resolved| prior(claim, Some(OwnRecord { ratio, resolved }));
        assert_eq!(with(0.6, 4), prior(claim, None));
        let found = with(0.6, 5).unwrap();
        assert_eq!((found.weight, found.from), (0.6, WeightFrom::OwnRecord));
        assert!((found.mean - 0.6 * 1.24_f64.ln()).abs() < 1e-12 && (found.sd - 1.24_f64.ln()).abs() < 1e-12);
        assert_eq!(with(-0.1, 5).unwrap_err().rule, "claim_without_weight");
    }

    /// A weaker claim pulls less and is no tighter.
    #[test]
    fn a_weaker_claim_is_no_tighter() {
        let strong = shipped().unwrap().claim("C16").unwrap().clone();
        let weak = Claim { prior_weight: Some(0.01), ..strong.clone() };
        let (strong, weak) = (prior(&strong, None).unwrap(), prior(&weak, None).unwrap());
        assert!(weak.mean.abs() < strong.mean.abs() && weak.sd == strong.sd && strong.mean < 0.0);
    }
}
