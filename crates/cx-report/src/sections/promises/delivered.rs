//! The blocks of "Promised and delivered" in order.

use super::words::{all, is_open};
use super::{calibration, dumbbell, ratios, record, scores, sentences};
use crate::document::{Block, Refusal};
use crate::sections::editor::{Editor, Part, Place};
use crate::sections::figures::sentence;
use cx_core::findings::{PromiseFound, PromisesReport};
use cx_core::ground::estimate::Absent;

pub(in crate::sections) fn part(editor: &Editor<'_>) -> Part {
    let say = &editor.say;
    let refusal = |reason: String, lift: String| {
        vec![Block::Refusals { refusals: vec![Refusal { question: say.promised_asked(), reason, lift }] }]
    };
    let blocks = match &editor.inputs.promises {
        Ok(report) if report.promises.is_empty() => refusal(say.promised_none(), say.promised_lock()),
        Ok(report) => blocks(editor, report),
        Err(why) => refusal(sentence(&why.reason), sentence(&why.lift)),
    };
    Part {
        id: "promised",
        place: Place::Body,
        title: say.promised_title(),
        question: say.promised_question(),
        blocks,
    }
}

fn blocks(editor: &Editor<'_>, report: &PromisesReport) -> Vec<Block> {
    let over: Vec<&PromiseFound> = all(editor).iter().filter(|one| !is_open(one)).collect();
    let mut blocks = vec![Block::Facts { facts: record::facts(editor, &report.record) }];
    if over.is_empty() {
        let text = editor.say.promised_not_due(&editor.day(&report.as_of), report.promises.len() as u64);
        blocks.push(Block::Text { text });
        return blocks;
    }
    blocks.extend(sentences::blocks(editor, &over));
    blocks.extend(dumbbell::charts(editor, &over).into_iter().map(|chart| Block::Chart(Box::new(chart))));
    blocks.extend(unjudged(editor, &over));
    blocks.extend(record::lessons(editor, &over).map(Block::Table));
    blocks.extend(calibration::blocks(editor, &report.record));
    blocks.extend(ratios::blocks(editor, &report.record));
    blocks.extend(scores::table(editor, &over).map(Block::Table));
    blocks
}

/// Those that are due and that nobody can judge, with what would lift it.
fn unjudged(editor: &Editor<'_>, over: &[&PromiseFound]) -> Option<Block> {
    let refusals: Vec<Refusal> = over
        .iter()
        .filter(|one| one.withdrawn.is_none())
        .filter_map(|one| {
            let question = editor.say.promise_what_came(&one.claim_id);
            Some(match one.delivered.as_ref().err()? {
                Absent::Refused(why) => {
                    Refusal { question, reason: sentence(&why.reason), lift: sentence(&why.lift) }
                }
                other => Refusal { question, reason: editor.absence(other), lift: editor.say.absent_more() },
            })
        })
        .collect();
    (!refusals.is_empty()).then_some(Block::Refusals { refusals })
}
