//! How every figure came about, one entry per finding.

use super::blocks::{Setting, derivation_id};
use super::writer::Writer;
use crate::document::{Derivation, Fact};

/// All derivations, in the document's order.
pub(super) fn derivations(w: &mut Writer, setting: &Setting<'_>, all: &[Derivation]) {
    if all.is_empty() {
        return;
    }
    w.element("section", &[("class", "part derivations"), ("id", "derivations")], |w| {
        w.element("h2", &[], |w| w.text(&setting.words.derivations));
        for (place, one) in all.iter().enumerate() {
            derivation(w, setting, place, one);
        }
    });
}

fn derivation(w: &mut Writer, setting: &Setting<'_>, place: usize, one: &Derivation) {
    let words = setting.words;
    w.element("article", &[("class", "derivation"), ("id", &derivation_id(place))], |w| {
        w.element("h3", &[("class", "name")], |w| w.text(&one.name));
        w.leaf("code", "metric", &one.metric);
        w.leaf("p", "meaning", &one.meaning);
        w.element("dl", &[("class", "steps")], |w| {
            let figure = &one.figure;
            let shown = if figure.value.is_some() { &figure.text } else { setting.absence(figure) };
            let spread =
                if figure.interval.is_empty() { String::new() } else { format!(" ({})", figure.interval) };
            let rows = if figure.n.is_empty() { String::new() } else { format!(", n = {}", figure.n) };
            step(w, &words.figure, &format!("{shown}{spread}{rows}"), "p");
            step(w, &words.formula, &one.formula, "code");
            facts(w, &words.inputs, &one.inputs);
            step(w, &words.population, &one.population, "p");
            step(w, &words.interval, &one.interval, "p");
            for caveat in &figure.caveats {
                step(w, &words.caveats, caveat, "p");
            }
            step(w, &words.source, &one.source, "p");
            facts(w, &words.files, &one.files);
            step(w, &words.explain, &one.command, "code");
        });
    });
}

/// A label and its text; nothing where the text is empty.
fn step(w: &mut Writer, label: &str, text: &str, tag: &str) {
    if text.is_empty() {
        return;
    }
    w.element("dt", &[], |w| w.text(label));
    w.element("dd", &[], |w| w.leaf(tag, "step", text));
}

fn facts(w: &mut Writer, label: &str, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    w.element("dt", &[], |w| w.text(label));
    w.element("dd", &[], |w| {
        w.element("table", &[("class", "pairs")], |w| {
            w.element("tbody", &[], |w| {
                for fact in facts {
                    w.element("tr", &[], |w| {
                        w.element("th", &[("scope", "row")], |w| w.text(&fact.label));
                        w.element("td", &[], |w| w.text(&fact.value));
                    });
                }
            });
        });
    });
}
