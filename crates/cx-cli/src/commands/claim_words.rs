//! Claims and their verdicts in words.

use cx_core::claims::{Claim, Verdict};

/// What a claim says, as the end of a sentence.
pub(crate) fn said(claim: &Claim) -> String {
    let size = size(claim);
    match claim.cause.as_str() {
        "-" => format!("{}: {size}, {}", claim.effect, claim.subject),
        cause => format!("{cause} → {}: {size}", claim.effect),
    }
}

/// The size that a claim names, with its unit.
pub(crate) fn size(claim: &Claim) -> String {
    let unit = claim.unit.split(" (").next().unwrap_or_default();
    match unit {
        "-" | "sign" | "order" => claim.magnitude.clone(),
        unit => format!("{} {unit}", claim.magnitude.replace("..", " to ").replace('-', "−")),
    }
}

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
