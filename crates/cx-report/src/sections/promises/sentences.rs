//! Each promise that is over in one sentence, the bad ones first.

use super::words::tone;
use crate::document::{Block, Sentence, Tone};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, sentence};
use cx_core::findings::{PromiseFound, Wording};

/// Most sentences; every promise stands in the table of its chart.
const MOST: usize = 8;

pub(super) fn blocks(editor: &Editor<'_>, over: &[&PromiseFound]) -> Vec<Block> {
    let mut all: Vec<(u8, Sentence)> =
        over.iter().filter_map(|one| Some((rank(one), said(editor, one, one.wordings.first()?)))).collect();
    // Of one rank they keep the order of the days on which they were due.
    all.sort_by_key(|(rank, _)| *rank);
    let more = all.len().saturating_sub(MOST) as u64;
    let findings = all.into_iter().take(MOST).map(|(_, sentence)| sentence).collect();
    let mut blocks = vec![Block::Findings { findings }];
    if more > 0 {
        blocks.push(Block::Text { text: editor.say.promised_more(more) });
    }
    blocks
}

/// Below what was promised, without an outcome, taken back, above, inside.
fn rank(one: &PromiseFound) -> u8 {
    let against = one.wordings.first().and_then(|w| w.scored.as_ref()).map(|scored| scored.against.as_str());
    match against {
        Some("below") => 0,
        None if one.withdrawn.is_none() => 1,
        None => 2,
        Some("above") => 3,
        Some(_) => 4,
    }
}

fn said(editor: &Editor<'_>, one: &PromiseFound, first: &Wording) -> Sentence {
    let say = &editor.say;
    let promised = editor.gain(one, &first.promised);
    let what = say.promise_made(
        &editor.promised_initiative(one),
        &(promised.text.clone() + &editor.bracketed(&promised)),
        &editor.promised_metric(one),
        &editor.day(&first.due),
    );
    let (mut text, tone, which) = match (&first.scored, &one.delivered, &one.withdrawn) {
        (Some(scored), Ok(delivered), _) => {
            let came = editor.gain(one, &delivered.gain);
            let came = came.text.clone() + &editor.bracketed(&came);
            let grade = sentence(&editor.grade(delivered.grade));
            let text = say.promise_delivered(&what, &came, &say.promise_came(&scored.against));
            (format!("{text} {grade}"), tone(&scored.against), "delivered")
        }
        (_, _, Some(reason)) => {
            (say.promise_taken_back(&what, reason.trim_end_matches('.')), Tone::Warning, "promised")
        }
        (_, Err(absent), None) => {
            (say.promise_unjudged(&what, &editor.absence(absent)), Tone::Warning, "promised")
        }
        (None, Ok(_), None) => (format!("{what}."), Tone::Neutral, "promised"),
    };
    if first.foresight == "retrospective" {
        text.push(' ');
        text.push_str(&say.promise_afterwards());
    }
    if one.wordings.len() > 1 {
        text.push(' ');
        text.push_str(&say.promise_amendments(one.wordings.len() as u64 - 1));
    }
    Sentence { finding: format!("evaluate/{}/{which}", one.claim_id), text: capital(&text), tone }
}
