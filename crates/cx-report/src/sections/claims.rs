//! Words for claims of others, and their own figures for derivations.

use super::editor::Editor;
use super::worth::Named;
use crate::numbers::Kind;
use cx_core::claims::{Size, Verdict};
use cx_core::ground::unit::Unit;

/// How the own figure that tests a claim of a size is written: in the terms of the claim.
pub(super) const fn kind(size: Size) -> Kind {
    match size {
        Size::Relative { .. } => Kind::Relative,
        Size::Up | Size::Down => Kind::Difference,
        Size::Level(_) | Size::Times { .. } | Size::NoEffect => Kind::Level,
    }
}

/// All figures that test claims.
pub(super) fn found<'a>(editor: &Editor<'a>) -> Vec<Named<'a>> {
    let Some(report) = &editor.inputs.claims else { return Vec::new() };
    let claim = |id: &str| report.claims.iter().find(|one| id == format!("claims/{}", one.claim.claim_id));
    report
        .facts
        .iter()
        .map(|fact| Named {
            fact,
            meaning: editor.say.claim_meaning(),
            kind: claim(&fact.id).map_or(Kind::Level, |one| kind(one.claim.size())),
        })
        .collect()
}

impl Editor<'_> {
    /// What a claim is worth here, in the fixed words.
    pub(super) fn verdict_word(&self, verdict: &Verdict) -> String {
        let say = &self.say;
        match verdict {
            Verdict::Consistent => say.verdict_consistent(),
            Verdict::SmallerHere => say.verdict_smaller(),
            Verdict::LargerHere => say.verdict_larger(),
            Verdict::OppositeHere => say.verdict_opposite(),
            Verdict::NotTestable { .. } => say.verdict_untestable(),
            Verdict::NotPossible { .. } => say.verdict_impossible(),
        }
    }

    /// The same with what it would take or the bound that it breaks.
    pub(super) fn verdict(&self, verdict: &Verdict) -> String {
        let word = self.verdict_word(verdict);
        match verdict {
            Verdict::NotTestable { needs } => self.say.verdict_needs(&word, needs),
            Verdict::NotPossible { bound } => {
                self.say.verdict_bound(&word, &self.numbers.level(*bound, Unit::Ratio))
            }
            _ => word,
        }
    }
}
