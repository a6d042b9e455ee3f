//! The blocks of the section in order, and the sentences on top of it.

use super::{backtest, bands, bridges, deciles, links, retention, survival, values};
use crate::document::{Block, Sentence, Tone};
use crate::inputs::worth::Ledger;
use crate::sections::editor::{Editor, Part, Place};
use cx_core::findings::Fact;

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
    // Questions alone make no section: what is missing stands under what more data would make possible.
    if !worth.absent.is_empty() && !blocks.is_empty() {
        blocks
            .push(Block::Refusals { refusals: worth.absent.iter().map(|q| editor.unanswered(q)).collect() });
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

/// What the section comes to: values, how long customers stay, and what a better score goes with.
fn answer(editor: &Editor<'_>) -> Vec<Sentence> {
    let worth = &editor.inputs.worth;
    let own = worth.values.iter().filter(|value| value.ledger == Ledger::Own && value.fact.given());
    let mut out: Vec<Sentence> = own.take(VALUES).map(|value| level(editor, &value.fact)).collect();
    let everybody = worth.survival.iter().find(|one| one.dimension.is_none());
    if let Some(curve) = everybody.and_then(|one| one.curves.first()) {
        let text = survival::half(editor, curve);
        out.push(Sentence { finding: curve.median.id.clone(), text, tone: Tone::Neutral });
    }
    // The first difference that can be told, else the first of all.
    let links = links::links(editor);
    let link = links.iter().find(|link| bands::told(link.contrast)).or_else(|| links.first());
    out.extend(link.map(|link| links::finding(editor, link)));
    out
}

/// A value with its interval.
fn level(editor: &Editor<'_>, fact: &Fact) -> Sentence {
    let figure = editor.figure(&fact.estimate);
    let say = &editor.say;
    let evidence = match (figure.interval.as_str(), figure.n.as_str()) {
        ("", n) => say.evidence_n(n),
        (interval, "") => interval.to_owned(),
        (interval, n) => say.evidence_interval(interval, n),
    };
    Sentence {
        finding: fact.id.clone(),
        text: say.worth_level(&fact.name, &figure.text, &evidence),
        tone: Tone::Neutral,
    }
}
