//! The blocks of the section in order, and the sentences on top of it.

use super::{backtest, bands, bridges, deciles, links, retention, survival, values};
use crate::document::{Block, Sentence, Tone};
use crate::inputs::worth::{Value, ValueKind};
use crate::sections::editor::{Editor, Part, Place};

/// Most values that the sentences on top name.
const VALUES: usize = 2;

pub(in crate::sections) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let worth = &editor.inputs.worth;
    let mut blocks = Vec::new();
    let findings = answer(editor);
    if !findings.is_empty() {
        blocks.push(Block::Findings { findings });
    }
    blocks.extend(values::blocks(editor));
    blocks.extend(survival::blocks(editor));
    blocks.extend(retention::blocks(editor));
    blocks.extend(bands::blocks(editor));
    blocks.extend(links::blocks(editor));
    blocks.extend(bridges::blocks(editor));
    blocks.extend(backtest::blocks(editor));
    blocks.extend(deciles::blocks(editor));
    if !worth.refused.is_empty() {
        blocks.push(Block::Refusals { refusals: worth.refused.iter().map(|q| editor.refusal(q)).collect() });
    }
    if blocks.is_empty() {
        return None;
    }
    Some(Part {
        id: "worth",
        place: Place::Body,
        title: say.worth_title(),
        question: say.worth_question(),
        blocks,
    })
}

/// What the section comes to: the value of the base and of a customer, how long customers
/// stay, whether experience goes with it, and where growth comes from.
fn answer(editor: &Editor<'_>) -> Vec<Sentence> {
    let worth = &editor.inputs.worth;
    let mut out: Vec<Sentence> = [ValueKind::Equity, ValueKind::Residual, ValueKind::ClvModel]
        .iter()
        .filter_map(|kind| worth.values.iter().find(|v| v.kind == *kind && v.found.estimate.value.is_some()))
        .take(VALUES)
        .map(|value| level(editor, value))
        .collect();
    let everybody = worth.survival.iter().find(|one| one.dimension.is_none());
    if let Some(group) = everybody.and_then(|one| one.groups.first()) {
        let text = survival::half(editor, group);
        out.push(Sentence { finding: group.median.id.clone(), text, tone: Tone::Neutral });
    }
    // The link to the longest outcome that is proven, else the first.
    let link = worth.links.iter().find(|link| links::told(link)).or_else(|| worth.links.first());
    out.extend(link.map(|link| links::finding(editor, link)));
    out
}

/// A value with its interval and how it was counted.
fn level(editor: &Editor<'_>, value: &Value) -> Sentence {
    let figure = editor.figure(&value.found.estimate);
    let say = &editor.say;
    let evidence = if figure.interval.is_empty() {
        say.evidence_n(&figure.n)
    } else {
        say.evidence_interval(&figure.interval, &figure.n)
    };
    let text = say.worth_level(
        &editor.value_name(value.kind),
        &figure.text,
        &evidence,
        &editor.terms(&editor.inputs.worth.terms),
    );
    Sentence { finding: value.found.id.clone(), text, tone: Tone::Neutral }
}
