//! Every figure of the section with what it measures, so that it can be derived.

use crate::numbers::Kind;
use crate::sections::editor::Editor;
use crate::sections::worth::Named;

/// All figures of the plan that have an origin.
pub(in crate::sections) fn found<'a>(editor: &Editor<'a>) -> Vec<Named<'a>> {
    let facts = editor.inputs.plan.iter().flat_map(|plan| &plan.facts);
    facts.map(|fact| Named { fact, meaning: editor.say.plan_figure_meaning(), kind: Kind::Level }).collect()
}
