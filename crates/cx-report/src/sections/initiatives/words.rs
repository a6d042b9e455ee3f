//! Words for designs, origins and outcomes of initiatives.

use crate::sections::editor::{Editor, words};
use cx_core::findings::{CheckFound, OutcomeEffect};
use cx_core::ground::unit::{Direction, Unit};

/// Outcomes of which less is better, by their id.
const BURDENS: [&str; 2] = ["contacts", "cost_to_serve"];

impl Editor<'_> {
    /// A design by the name that people give it.
    pub(in crate::sections) fn design(&self, design: &str) -> String {
        self.say.design(design, &words(design))
    }

    /// Where an input comes from.
    pub(in crate::sections) fn origin(&self, origin: &str) -> String {
        self.say.origin(origin, &words(origin))
    }

    /// An outcome as it stands inside a sentence.
    pub(super) fn outcome_of(&self, outcome: &OutcomeEffect) -> String {
        self.say.effect_outcome(&outcome.id, &lower(&outcome.name))
    }

    /// How many checks passed.
    pub(super) fn passed(&self, checks: &[CheckFound]) -> String {
        let passed = checks.iter().filter(|check| check.passed).count() as u64;
        self.say.checks_passed(passed, checks.len() as u64)
    }

    /// An amount without an interval.
    pub(in crate::sections) fn money(&self, amount: f64) -> String {
        self.numbers.level(amount, Unit::Money)
    }
}

/// Which way an outcome is better.
pub(super) fn direction(outcome: &OutcomeEffect) -> Direction {
    if BURDENS.contains(&outcome.id.as_str()) { Direction::Lower } else { Direction::Higher }
}

/// A name with a small letter at its start.
pub(super) fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
