//! Every figure of the section with what it measures, so that it can be derived.

use crate::numbers::Kind;
use crate::sections::editor::Editor;
use cx_core::findings::Fact;

/// A figure with what it measures.
#[derive(Debug, Clone)]
pub(in crate::sections) struct Named<'a> {
    pub(in crate::sections) fact: &'a Fact,
    pub(in crate::sections) meaning: String,
    /// How it is written.
    pub(in crate::sections) kind: Kind,
}

/// All figures of the section that have an origin.
pub(in crate::sections) fn found<'a>(editor: &Editor<'a>) -> Vec<Named<'a>> {
    let worth = &editor.inputs.worth;
    let say = &editor.say;
    let mut all = Vec::new();
    let mut put = |fact: &'a Fact, meaning: String, kind: Kind| {
        all.push(Named { fact, meaning, kind });
    };
    for value in &worth.values {
        put(&value.fact, String::new(), Kind::Level);
    }
    for curve in worth.survival.iter().flat_map(|survival| &survival.curves) {
        put(&curve.median, say.survival_meaning(), Kind::Level);
        for at in &curve.at {
            put(&at.fact, String::new(), Kind::Level);
        }
    }
    for form in &worth.forms {
        put(&form.fact, say.forms_meaning(&form.base), Kind::Level);
    }
    for contrast in worth.linkage.iter().flat_map(|l| &l.outcomes).flat_map(|outcome| &outcome.contrasts) {
        put(&contrast.adjusted, say.link_meaning(), Kind::Difference);
    }
    all
}
