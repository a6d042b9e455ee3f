//! Promises made now: one card each, with all that it will be held to.

use super::words::{all, is_open, kind};
use crate::document::{Block, Cell, Fact, Refusal, Sentence, Table, Tone};
use crate::numbers::{chance, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::{Editor, Part, Place};
use crate::sections::figures::capital;
use cx_core::findings::{PromiseFound, PromisesReport, Wording};

/// Points of a promised distribution, 0..1.
const POINTS: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// None without a ledger: "Promised and delivered" says then how one begins.
pub(in crate::sections) fn part(editor: &Editor<'_>) -> Option<Part> {
    let report = editor.inputs.promises.as_ref().ok().filter(|report| report.entries > 0)?;
    let say = &editor.say;
    let open: Vec<(&PromiseFound, &Wording)> = all(editor)
        .iter()
        .filter(|one| is_open(one))
        .filter_map(|one| Some((one, one.wordings.first()?)))
        .collect();
    let mut blocks = Vec::new();
    if open.is_empty() {
        let refusal =
            Refusal { question: say.open_asked(), reason: say.open_none(), lift: say.promised_lock() };
        blocks.push(Block::Refusals { refusals: vec![refusal] });
    } else {
        let findings = open.iter().map(|(one, wording)| said(editor, one, wording)).collect();
        blocks.push(Block::Findings { findings });
        for (one, wording) in &open {
            blocks.push(Block::Heading { text: editor.promise_name(one) });
            blocks.push(Block::Facts { facts: facts(editor, one, wording) });
        }
        blocks.push(Block::Table(table(editor, &open)));
    }
    blocks.push(Block::Text { text: head(editor, report) });
    Some(Part {
        id: "promises",
        place: Place::Body,
        title: say.open_title(),
        question: say.open_question(),
        blocks,
    })
}

fn said(editor: &Editor<'_>, one: &PromiseFound, wording: &Wording) -> Sentence {
    let say = &editor.say;
    let told = |points| {
        let figure = editor.gain(one, points);
        figure.text.clone() + &editor.bracketed(&figure)
    };
    let mut text = say.open_promise(
        &one.author,
        &editor.promised_initiative(one),
        &told(&wording.promised),
        &editor.promised_metric(one),
        &editor.day(&wording.due),
    );
    let mut add = |more: String| {
        text.push(' ');
        text.push_str(&more);
    };
    if let Some(pays) = wording.pays {
        add(say.open_pays(&editor.chance(pays), &chance(pays)));
    }
    for amended in &one.wordings[1..] {
        let reason = amended.reason.as_deref().unwrap_or_default();
        add(say.open_amended(
            &told(&amended.promised),
            &editor.day(&amended.due),
            reason.trim_end_matches('.'),
        ));
    }
    Sentence {
        finding: format!("evaluate/{}/promised", one.claim_id),
        text: capital(&text),
        tone: if one.wordings.len() > 1 { Tone::Warning } else { Tone::Neutral },
    }
}

/// The card of one promise.
fn facts(editor: &Editor<'_>, one: &PromiseFound, wording: &Wording) -> Vec<Fact> {
    let say = &editor.say;
    let fact = |label: String, value: String| Fact { label, value, tone: Tone::Neutral };
    let figure = editor.gain(one, &wording.promised);
    let p = &wording.promised;
    let range = |level: f64, low: f64, high: f64| {
        let written = editor.numbers.write(p.p50, (Some(low), Some(high)), one.unit, kind(one));
        let ends = [written.low, written.high].map(Option::unwrap_or_default);
        fact(say.card_range(&percent(level)), say.interval_both(&ends[0], &ends[1]))
    };
    let owner = editor.registered(one).and_then(|found| found.owner.clone());
    let late = wording.foresight == "retrospective";
    let mut facts = vec![
        fact(say.card_metric(), capital(&editor.promised_metric(one))),
        fact(say.card_median(), figure.text),
        range(0.5, p.p25, p.p75),
        range(0.8, p.p10, p.p90),
        range(0.9, p.p5, p.p95),
    ];
    facts.extend(wording.pays.map(|pays| fact(say.money_pays(), chance(pays))));
    facts.push(fact(say.card_due(), editor.day(&one.due)));
    facts.push(fact(say.card_author(), one.author.clone()));
    facts.extend(owner.map(|owner| fact(say.fact_owner(), owner)));
    let day = one.registered_at.split('T').next().unwrap_or_default();
    facts.push(Fact {
        label: say.card_written(),
        value: if late { say.card_late(&editor.day(day)) } else { say.card_before(&editor.day(day)) },
        tone: if late { Tone::Warning } else { Tone::Neutral },
    });
    let last = one.wordings.last().unwrap_or(wording);
    facts.push(fact(say.card_hash(), last.hash.clone()));
    facts
}

/// All quantiles side by side; an amendment stands under what it amends.
fn table(editor: &Editor<'_>, open: &[(&PromiseFound, &Wording)]) -> Table {
    let say = &editor.say;
    let mut columns = vec![text_column(say.column_promise())];
    columns.extend(POINTS.map(|point| number_column(percent(point))));
    let row = |one: &PromiseFound, wording: &Wording| -> Vec<Cell> {
        let p = &wording.promised;
        let name = match &wording.reason {
            None => one.claim_id.clone(),
            Some(reason) => say.promise_amended(&one.claim_id, reason.trim_end_matches('.')),
        };
        let points = [p.p5, p.p10, p.p25, p.p50, p.p75, p.p90, p.p95];
        let cells = points.map(|x| figure(editor.bare(x, one.unit, kind(one)), ""));
        std::iter::once(text(name)).chain(cells).collect()
    };
    Table {
        id: "promised-points".to_owned(),
        title: say.points_table(),
        columns,
        rows: open.iter().flat_map(|(one, _)| one.wordings.iter().map(|wording| row(one, wording))).collect(),
        note: say.points_note(),
        folded: true,
    }
}

/// The end of the chain, which anybody can hold the ledger to.
fn head(editor: &Editor<'_>, report: &PromisesReport) -> String {
    editor.say.open_head(report.entries as u64, &report.head)
}
