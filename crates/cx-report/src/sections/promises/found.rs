//! Every figure of both sections with what it measures, so that it can be derived.

use super::words::{all, kind};
use crate::numbers::Kind;
use crate::sections::editor::Editor;
use crate::sections::worth::Named;

/// All figures of promises that have an origin.
pub(in crate::sections) fn found<'a>(editor: &Editor<'a>) -> Vec<Named<'a>> {
    let gains: Vec<String> = all(editor)
        .iter()
        .filter(|one| kind(one) == Kind::Difference)
        .flat_map(|one| ["promised", "delivered"].map(|what| format!("evaluate/{}/{what}", one.claim_id)))
        .collect();
    let facts = editor.inputs.promises.iter().flat_map(|report| &report.facts);
    facts
        .map(|fact| {
            let kind = if gains.contains(&fact.id) { Kind::Difference } else { Kind::Level };
            Named { fact, meaning: editor.say.promise_meaning(), kind }
        })
        .collect()
}
