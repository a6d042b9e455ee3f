//! Verdicts on claims in words.

use cx_core::claims::Verdict;

/// The fixed word of a verdict.
pub(crate) const fn verdict(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Consistent => "consistent",
        Verdict::SmallerHere => "smaller here",
        Verdict::LargerHere => "larger here",
        Verdict::OppositeHere => "opposite here",
        Verdict::NotTestable { .. } => "not testable here",
        Verdict::NotPossible { .. } => "not even possible here",
    }
}

/// A verdict with what it would take or the bound that it breaks.
pub(crate) fn words(found: &Verdict) -> String {
    match found {
        Verdict::NotTestable { needs } => format!("{}; it would take {needs}", verdict(found)),
        Verdict::NotPossible { bound } => {
            format!("{}: possible only from a level of up to {bound:.3}", verdict(found))
        }
        _ => verdict(found).to_owned(),
    }
}
