//! What is known to keep intervals from holding what was planted.

use super::Case;

/// An explanation, and the cases it explains.
#[derive(Debug)]
pub struct Reason {
    /// Its mark in the table.
    pub letter: &'static str,
    /// The explanation, in plain words.
    pub text: &'static str,
    /// Initiatives and outcomes.
    pub cases: &'static [(&'static str, &'static str)],
}

/// The explanation of a case.
pub fn explain(case: &Case) -> Option<&'static Reason> {
    REASONS.iter().find(|reason| reason.cases.contains(&(case.initiative, case.outcome)))
}

/// Every explanation.
pub const REASONS: &[Reason] = &[Reason {
    letter: "A",
    text: "A fault of the study, not mended yet. Units that another initiative meets at the same time are left out \
           of the comparison from its first month to its last. Here the other one began a week before the records \
           end, in the houses that were worst in the very months of the effect: without them the rest look better \
           than houses are, and the effect comes out too small. With that initiative struck from the register the \
           mean over five of these seeds rises from -0.01 to 0.02. The study gives this effect the grade T and \
           no money.",
    cases: &[("LIVE26", "satisfied")],
}];
