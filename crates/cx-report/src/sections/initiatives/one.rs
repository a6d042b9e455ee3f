//! One initiative: what it is, what it changed and is worth in a sentence each, and all that stands behind.

use super::density::{self, Drawn};
use super::{beside, designs, effects, money, path, tornado};
use crate::document::{Block, Fact, Refusal, Tone};
use crate::sections::editor::{Editor, words};
use crate::sections::figures::sentence;
use cx_core::findings::InitiativeFound;

pub(super) fn blocks(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Vec<Block> {
    let say = &editor.say;
    let mut blocks = vec![Block::Heading { text: one.name.clone() }];
    let facts = facts(editor, one);
    if !facts.is_empty() {
        blocks.push(Block::Facts { facts });
    }
    let mut findings = Vec::from_iter(one.outcomes.first().map(|first| effects::finding(editor, one, first)));
    if let Ok(found) = &one.money {
        findings.push(money::finding(editor, one, found));
        findings.extend(money::held(editor, one, found));
    }
    if !findings.is_empty() {
        blocks.push(Block::Findings { findings });
    }
    if !one.refused.is_empty() {
        let refusals = one.refused.iter().map(|why| Refusal {
            question: say.question_refused(&one.name, &why.rule),
            reason: sentence(&why.reason),
            lift: sentence(&why.lift),
        });
        blocks.push(Block::Refusals { refusals: refusals.collect() });
    }
    if !one.outcomes.is_empty() {
        blocks.push(Block::Table(effects::table(editor, at, one)));
        blocks.push(Block::Table(effects::sizes(editor, at, one)));
    }
    blocks.extend(beside::blocks(editor, at, one));
    blocks.extend(path::chart(editor, at, one).map(|chart| Block::Chart(Box::new(chart))));
    if !one.checks.is_empty() {
        blocks.push(Block::Table(designs::checks(editor, at, one)));
    }
    blocks.push(Block::Table(designs::ladder(editor, at, one)));
    if let Ok(found) = &one.money {
        let drawn = Drawn {
            id: at.to_string(),
            name: one.name.clone(),
            title: say.density_title(&one.name),
            finding: format!("roi/{}/npv", one.id),
            npv: &found.npv,
            density: &found.density,
            quantiles: Some(&found.quantiles),
            pays: found.pays,
            grade: one.grade,
            rest: money::rest(editor, found),
        };
        blocks.push(Block::Chart(Box::new(density::chart(editor, &drawn))));
        blocks.push(Block::Table(money::table(editor, at, one, found)));
        blocks.push(Block::Chart(Box::new(tornado::chart(editor, at, one, found))));
    }
    blocks
}

/// Who did what, from when, and what it should move.
fn facts(editor: &Editor<'_>, one: &InitiativeFound) -> Vec<Fact> {
    let say = &editor.say;
    let fact = |label: String, value: String| Fact { label, value, tone: Tone::Neutral };
    let mut facts = Vec::new();
    if let Some(strategy) = &one.strategy {
        facts.push(fact(say.fact_strategy(), say.strategy(strategy, &words(strategy))));
    }
    if let Some(owner) = &one.owner {
        facts.push(fact(say.fact_owner(), owner.clone()));
    }
    if let Some(started) = &one.started {
        facts.push(fact(say.fact_started(), editor.day(started)));
    }
    if let Some(target) = &one.target_metric {
        facts.push(fact(say.fact_target(), target.clone()));
    }
    if let Some(stream) = &one.stream {
        facts.push(fact(say.fact_stream(), words(stream)));
    }
    if !one.overlaps.is_empty() {
        let value = editor.list(&one.overlaps);
        facts.push(Fact { label: say.fact_overlaps(), value, tone: Tone::Warning });
    }
    facts
}
