//! Every section in order.

use super::editor::{Editor, Part, Place};
use super::{
    annex, answer, changes, cover, derivations, initiatives, plan, promises, records, risks, scorecard,
    segments, trends, unlocks, worth,
};
use crate::document::{Document, SCHEMA_VERSION, Section};
use crate::inputs::Inputs;

/// The sections in reading order; one that has nothing to say gives none.
const SECTIONS: [fn(&Editor<'_>) -> Option<Part>; 15] = [
    |editor| Some(cover::part(editor)),
    |editor| Some(answer::part(editor)),
    |editor| Some(promises::delivered(editor)),
    scorecard::part,
    trends::part,
    segments::part,
    changes::part,
    worth::part,
    initiatives::part,
    plan::part,
    risks::part,
    promises::open,
    records::part,
    unlocks::part,
    annex::part,
];

/// The report on these findings, in the language of a BCP 47 tag (English where it is not there).
///
/// # Examples
/// ```
/// use cx_core::findings::PeriodName;
/// use cx_core::ground::estimate::Refused;
/// use cx_report::inputs::Inputs;
/// let inputs = Inputs {
///     company: "Acme".into(),
///     as_of: "2026-10-31".into(),
///     window: PeriodName { label: "2026-10".into(), first: None, last: None, partial: false },
///     level: 0.95,
///     currency: Some("EUR".into()),
///     version: "0.1.0".into(),
///     input_hash: "ab12".into(),
///     command: "cx report -o acme.html".into(),
///     explain: "cx explain".into(),
///     cards: vec![],
///     trends: vec![],
///     cuts: vec![],
///     widened: false,
///     worth: Default::default(),
///     promises: Err(Refused {
///         rule: "moment".into(),
///         reason: "no record carries a moment".into(),
///         lift: "a moment in the settings".into(),
///     }),
///     returns: None,
///     plan: None,
///     claims: None,
///     scales: std::collections::BTreeMap::new(),
///     tables: vec![],
///     files: vec![],
///     issues: vec![],
///     missing: vec![],
/// };
/// let document = cx_report::sections::build(&inputs, "en");
/// assert_eq!(document.title, "Customer experience, October 2026");
/// assert!(document.sections.iter().any(|section| section.id == "unlocks"));
/// ```
pub fn build(inputs: &Inputs, language: &str) -> Document {
    let editor = Editor::new(inputs, language);
    let (mut body, mut annexes) = (0_u8, 0_u8);
    let sections: Vec<Section> = SECTIONS
        .iter()
        .filter_map(|section| section(&editor))
        .map(|part| {
            let number = match part.place {
                Place::Cover => String::new(),
                Place::Body => {
                    body += 1;
                    body.to_string()
                }
                Place::Annex => {
                    annexes += 1;
                    char::from(b'A' + annexes - 1).to_string()
                }
            };
            let Part { id, title, question, blocks, .. } = part;
            Section { id: id.to_owned(), number, title, question, blocks }
        })
        .collect();
    let derivations = derivations::of(&editor, &sections);
    let period = editor.period(&inputs.window);
    Document {
        schema_version: SCHEMA_VERSION,
        title: editor.say.report_title(&period),
        company: inputs.company.clone(),
        period,
        as_of: inputs.as_of.clone(),
        language: editor.say.language().to_owned(),
        currency: inputs.currency.clone(),
        level: inputs.level,
        version: inputs.version.clone(),
        input_hash: inputs.input_hash.clone(),
        command: inputs.command.clone(),
        sections,
        derivations,
    }
}
