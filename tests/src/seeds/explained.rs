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

/// Every explanation; none is needed as long as all is consistent.
pub const REASONS: &[Reason] = &[];
