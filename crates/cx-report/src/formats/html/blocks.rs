//! Every kind of block as plain HTML.

use super::escape;
use super::tables;
use super::words::Words;
use super::writer::Writer;
use crate::document::{Block, Change, Chart, Fact, Figure, Refusal, Sentence, Tile, Tone, Unlock};
use std::collections::HashMap;

/// What every block needs besides its own content.
#[derive(Debug)]
pub(super) struct Setting<'a> {
    pub(super) words: &'a Words,
    /// Finding id → place in the list of derivations.
    pub(super) derivations: HashMap<&'a str, usize>,
}

impl Setting<'_> {
    /// Text that leads to its derivation, where there is one.
    pub(super) fn linked(&self, w: &mut Writer, finding: Option<&str>, text: &str) {
        match finding.and_then(|id| self.derivations.get(id)) {
            Some(place) => {
                let target = escape::fragment(&derivation_id(*place));
                w.element("a", &[("class", "opens"), ("href", &target)], |w| w.text(text));
            }
            None => w.text(text),
        }
    }

    /// Why a figure has no number.
    pub(super) fn absence<'f>(&'f self, figure: &'f Figure) -> &'f str {
        figure.absent.as_deref().unwrap_or(&self.words.not_given)
    }
}

/// The anchor of a derivation. Finding ids may hold blanks, which anchors may not.
pub(super) fn derivation_id(place: usize) -> String {
    format!("derivation-{}", place + 1)
}

/// Blocks in order; charts and tables stand one level below the last heading.
pub(super) fn blocks(w: &mut Writer, setting: &Setting<'_>, blocks: &[Block]) {
    let mut level = "h3";
    for block in blocks {
        match block {
            Block::Heading { text } => {
                w.leaf("h3", "heading", text);
                level = "h4";
            }
            Block::Text { text } => w.leaf("p", "prose", text),
            Block::Facts { facts } => facts_strip(w, setting, facts),
            Block::Findings { findings } => sentences(w, setting, findings),
            Block::Tiles { tiles } => {
                w.element("div", &[("class", "tiles")], |w| {
                    for one in tiles {
                        tile(w, setting, one, level);
                    }
                });
            }
            Block::Chart(one) => chart(w, setting, one, level),
            Block::Table(table) if table.folded => {
                w.element("details", &[("class", "fold")], |w| {
                    w.element("summary", &[], |w| w.text(&table.title));
                    tables::table(w, setting, table);
                });
            }
            Block::Table(table) => {
                w.element("div", &[("class", "table-block")], |w| tables::table(w, setting, table));
            }
            Block::Refusals { refusals } => {
                w.element("div", &[("class", "refusals")], |w| {
                    for one in refusals {
                        refusal(w, setting, one, level);
                    }
                });
            }
            Block::Unlocks { steps } => {
                w.element("ol", &[("class", "unlocks")], |w| {
                    for step in steps {
                        unlock(w, setting, step);
                    }
                });
            }
        }
    }
}

/// Labels and values on one strip.
fn facts_strip(w: &mut Writer, setting: &Setting<'_>, facts: &[Fact]) {
    w.element("dl", &[("class", "facts")], |w| {
        for fact in facts {
            let sign = setting.words.sign(fact.tone);
            w.element("div", &[("class", &format!("fact {}", sign.class))], |w| {
                w.element("dt", &[], |w| w.text(&fact.label));
                w.element("dd", &[], |w| {
                    if fact.tone != Tone::Neutral {
                        w.mark(sign.class, sign.path, sign.word);
                    }
                    w.text(&fact.value);
                });
            });
        }
    });
}

fn sentences(w: &mut Writer, setting: &Setting<'_>, findings: &[Sentence]) {
    w.element("ol", &[("class", "findings")], |w| {
        for sentence in findings {
            let sign = setting.words.sign(sentence.tone);
            w.element("li", &[("class", sign.class)], |w| {
                w.mark(sign.class, sign.path, sign.word);
                w.element("p", &[], |w| setting.linked(w, Some(&sentence.finding), &sentence.text));
            });
        }
    });
}

fn tile(w: &mut Writer, setting: &Setting<'_>, tile: &Tile, level: &str) {
    let words = setting.words;
    let figure = &tile.figure;
    w.element("article", &[("class", if figure.value.is_some() { "tile" } else { "tile absent" })], |w| {
        w.element(level, &[("class", "name")], |w| w.text(&tile.name));
        // Sums of a whole company are too long for the large letters of a tile.
        let long = figure.text.chars().count() > 11;
        w.element("p", &[("class", if long { "figure long" } else { "figure" })], |w| {
            if figure.value.is_some() {
                setting.linked(w, Some(&tile.finding), &figure.text);
                w.leaf("span", "interval", &figure.interval);
            } else {
                setting.linked(w, Some(&tile.finding), &words.not_given);
            }
        });
        if figure.value.is_none() {
            w.leaf("p", "reason", setting.absence(figure));
        }
        if let Some(target) = &tile.target {
            let sign = words.sign(target.tone);
            w.element("p", &[("class", "target")], |w| {
                w.mark(sign.class, sign.path, sign.word);
                w.text(&format!("{} {} · {}", words.target, target.text, target.verdict));
            });
        }
        // Without a figure its change can only repeat why.
        if let Some(one) = tile.change.as_ref().filter(|_| figure.value.is_some()) {
            change(w, setting, one);
        }
        if !figure.caveats.is_empty() {
            w.element("details", &[("class", "caveats")], |w| {
                w.element("summary", &[], |w| {
                    w.text(&format!("{} ({})", words.caveats, figure.caveats.len()));
                });
                w.element("ul", &[], |w| {
                    for caveat in &figure.caveats {
                        w.element("li", &[], |w| w.text(caveat));
                    }
                });
            });
        }
        w.element("p", &[("class", "origin")], |w| {
            w.leaf("code", "metric", &tile.metric);
            if !figure.n.is_empty() {
                w.leaf("span", "n", &format!("n = {}", figure.n));
            }
        });
    });
}

/// A change: an arrow only where it is proven, otherwise a dash.
fn change(w: &mut Writer, setting: &Setting<'_>, change: &Change) {
    let words = setting.words;
    let (arrow, word) = match (change.significant, change.figure.value) {
        (true, Some(x)) if x > 0.0 => ("▲", &words.change_up),
        (true, Some(x)) if x < 0.0 => ("▼", &words.change_down),
        _ => ("–", &words.change_none),
    };
    let class = if change.significant { setting.words.sign(change.tone).class } else { "tone-neutral" };
    w.element("p", &[("class", &format!("change {class}"))], |w| {
        w.element("span", &[("class", "arrow"), ("aria-hidden", "true")], |w| w.text(arrow));
        w.leaf("span", "unseen", &format!("{word}: "));
        if change.figure.value.is_some() {
            w.leaf("span", "amount", &change.figure.text);
            w.leaf("span", "interval", &change.figure.interval);
            w.text(" ");
        }
        w.leaf("span", "against", &change.against);
        if change.figure.value.is_none() {
            w.leaf("span", "reason", &format!(": {}", setting.absence(&change.figure)));
        }
    });
}

fn chart(w: &mut Writer, setting: &Setting<'_>, chart: &Chart, level: &str) {
    w.element("figure", &[("class", "chart"), ("id", &chart.id)], |w| {
        w.element(level, &[("class", "title")], |w| w.text(&chart.title));
        w.leaf("p", "summary", &chart.summary);
        tables::table(w, setting, &chart.table);
        w.leaf("p", "note", &chart.note);
    });
}

fn refusal(w: &mut Writer, setting: &Setting<'_>, refusal: &Refusal, level: &str) {
    w.element("article", &[("class", "refusal")], |w| {
        w.element(level, &[("class", "name")], |w| w.text(&refusal.question));
        w.leaf("p", "verdict", &setting.words.not_given);
        w.leaf("p", "reason", &refusal.reason);
        w.element("p", &[("class", "lift")], |w| {
            w.leaf("strong", "label", &setting.words.lift);
            w.text(" ");
            w.text(&refusal.lift);
        });
    });
}

fn unlock(w: &mut Writer, setting: &Setting<'_>, step: &Unlock) {
    w.element("li", &[], |w| {
        w.leaf("p", "data", &step.data);
        w.leaf("p", "gives", &step.gives);
        if !step.metrics.is_empty() {
            w.element("p", &[("class", "metrics")], |w| {
                w.leaf("span", "label", &setting.words.unlocks);
                for metric in &step.metrics {
                    w.text(" ");
                    w.leaf("code", "metric", metric);
                }
            });
        }
    });
}
