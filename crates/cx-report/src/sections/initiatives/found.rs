//! Every figure of the section with what it measures, so that it can be derived.

use crate::numbers::Kind;
use crate::sections::editor::Editor;
use crate::sections::worth::Named;

/// All figures of initiatives that have an origin.
pub(in crate::sections) fn found<'a>(editor: &Editor<'a>) -> Vec<Named<'a>> {
    let facts = editor.inputs.returns.iter().flat_map(|returns| &returns.facts);
    facts
        .map(|fact| {
            if fact.id.ends_with("/effect") {
                Named { fact, meaning: editor.say.effect_meaning(), kind: Kind::Difference }
            } else {
                Named { fact, meaning: editor.say.return_meaning(), kind: Kind::Level }
            }
        })
        .collect()
}
