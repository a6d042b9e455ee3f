//! What a better score goes with: one sentence each, in words that its grade allows.

use crate::document::{Block, Sentence, Tone};
use crate::inputs::worth::{Grade, Link};
use crate::numbers::{Kind, percent};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, tone_of};
use cx_core::ground::unit::Direction;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let links = &editor.inputs.worth.links;
    if links.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading { text: editor.say.links_heading() },
        Block::Findings { findings: links.iter().map(|link| finding(editor, link)).collect() },
    ]
}

/// True where the interval leaves zero out.
pub(super) fn told(link: &Link) -> bool {
    let estimate = &link.found.estimate;
    estimate.value.is_some_and(|x| x != 0.0) && estimate.interval.is_some_and(|i| !i.contains(0.0))
}

/// A link in one sentence, followed by what could explain it and how sure it is.
pub(super) fn finding(editor: &Editor<'_>, link: &Link) -> Sentence {
    Sentence { finding: link.found.id.clone(), text: sentence(editor, link), tone: tone(link) }
}

/// Only contacts are better when fewer.
fn tone(link: &Link) -> Tone {
    use crate::inputs::worth::Outcome;
    if !told(link) {
        return Tone::Neutral;
    }
    let direction = if link.outcome == Outcome::Contacts { Direction::Lower } else { Direction::Higher };
    link.found.estimate.value.map_or(Tone::Neutral, |x| tone_of(direction, x))
}

fn sentence(editor: &Editor<'_>, link: &Link) -> String {
    let say = &editor.say;
    let outcome = editor.outcome_over(link.outcome, link.window_days);
    let estimate = &link.found.estimate;
    let signed = editor.difference(estimate);
    if let Some(why) = &signed.absent {
        return say.link_absent(&outcome, &link.score, why);
    }
    let mut parts = Vec::new();
    if told(link) {
        parts.push(direction(editor, link, &outcome));
    } else {
        let seen = link.detectable.map_or_else(
            || say.link_unseen(),
            |least| say.link_seen(&editor.bare(least, estimate.unit, Kind::Size).text),
        );
        parts.push(say.link_nothing(&outcome, &link.score, &signed.text, &signed.interval, &seen));
    }
    // What could explain a link away is asked only where there is one, and no design rules it out.
    let designed = matches!(link.grade, Grade::Randomised | Grade::Quasi);
    if let Some(hidden) = link.hidden.as_ref().filter(|_| told(link) && !designed) {
        let needed = percent(hidden.robustness);
        parts.push(if hidden.withstands {
            say.link_withstands(&hidden.benchmark, &needed)
        } else {
            say.link_fails(&hidden.benchmark, &needed)
        });
    }
    if let Some(chance) = link.chance {
        parts.push(say.link_chance(&editor.chance(chance), &percent(chance)));
    }
    parts.push(crate::sections::figures::sentence(&say.link_grade(&editor.grade(link.grade))));
    parts.join(" ")
}

/// A proven difference, in the verb that its grade allows: caused, goes with, moved with, is claimed.
fn direction(editor: &Editor<'_>, link: &Link, outcome: &str) -> String {
    let say = &editor.say;
    let estimate = &link.found.estimate;
    let size = editor.size(estimate);
    let (delta, interval, score) = (size.text.as_str(), size.interval.as_str(), link.score.as_str());
    let raw = link.raw.map_or_else(String::new, |raw| {
        say.link_raw(&editor.bare(raw, estimate.unit, Kind::Difference).text)
    });
    let more = estimate.value.is_some_and(|x| x > 0.0);
    match (link.grade, more) {
        (Grade::Randomised | Grade::Quasi, true) => {
            say.link_more_caused(score, delta, interval, outcome, &raw)
        }
        (Grade::Randomised | Grade::Quasi, false) => {
            say.link_less_caused(score, delta, interval, outcome, &raw)
        }
        (Grade::Weighted | Grade::Associated, true) => {
            say.link_more_goes(score, delta, interval, outcome, &raw)
        }
        (Grade::Weighted | Grade::Associated, false) => {
            say.link_less_goes(score, delta, interval, outcome, &raw)
        }
        (Grade::Trend, true) => say.link_more_moved(&capital(outcome), delta, interval, score),
        (Grade::Trend, false) => say.link_less_moved(&capital(outcome), delta, interval, score),
        (Grade::Claim, true) => say.link_more_claimed(score, delta, interval, outcome),
        (Grade::Claim, false) => say.link_less_claimed(score, delta, interval, outcome),
    }
}
