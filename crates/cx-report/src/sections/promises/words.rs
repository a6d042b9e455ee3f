//! Words for promises.

use crate::document::{Figure, Span, Tone};
use crate::numbers::Kind;
use crate::sections::editor::{Editor, words};
use cx_core::findings::{InitiativeFound, PromiseFound, PromisesReport};
use cx_core::infer::draws::Points;
use cx_core::studies::promises::NPV;

/// Every promise of the ledger; none where it cannot be read.
pub(super) fn all<'a>(editor: &Editor<'a>) -> &'a [PromiseFound] {
    editor.inputs.promises.as_ref().map_or(&[], |report: &PromisesReport| &report.promises)
}

/// True until the day on which it is judged.
pub(super) fn is_open(one: &PromiseFound) -> bool {
    matches!(one.state.as_str(), "open" | "amended")
}

/// How a gain is written: an effect has its sign.
pub(super) fn kind(one: &PromiseFound) -> Kind {
    if one.metric == NPV { Kind::Level } else { Kind::Difference }
}

/// How an outcome bears on the reader: above the range is good money and a poor forecast.
pub(super) fn tone(against: &str) -> Tone {
    match against {
        "below" => Tone::Bad,
        "above" => Tone::Warning,
        _ => Tone::Good,
    }
}

/// What a chart marks of a figure.
pub(super) fn span(figure: &Figure) -> Span {
    let text = match figure.interval.as_str() {
        "" => figure.text.clone(),
        interval => format!("{} ({interval})", figure.text),
    };
    Span { value: figure.value, low: figure.low, high: figure.high, text }
}

impl Editor<'_> {
    /// A gain in the unit of a promise: a median with its 80 % range.
    pub(super) fn gain(&self, one: &PromiseFound, points: &Points) -> Figure {
        self.written(&one.told(points), kind(one))
    }

    /// What is promised, in words.
    pub(super) fn promised_metric(&self, one: &PromiseFound) -> String {
        self.say.promise_metric(&one.metric, &words(&one.metric))
    }

    /// The initiative by its name, where the register has it.
    pub(super) fn promised_initiative(&self, one: &PromiseFound) -> String {
        self.registered(one).map_or_else(|| one.initiative.clone(), |found| found.name.clone())
    }

    /// The initiative as the register has it.
    pub(super) fn registered(&self, one: &PromiseFound) -> Option<&InitiativeFound> {
        let mut known = self.inputs.returns.iter().flat_map(|returns| &returns.initiatives);
        known.find(|found| found.id == one.initiative)
    }

    /// The promise with its initiative.
    pub(super) fn promise_name(&self, one: &PromiseFound) -> String {
        self.say.promise_name(&one.claim_id, &self.promised_initiative(one))
    }
}
