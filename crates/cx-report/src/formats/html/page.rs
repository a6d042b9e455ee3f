//! The whole file: with the application's page as template, or on its own.

use super::blocks::{Setting, blocks};
use super::derivations::derivations;
use super::escape;
use super::words::Words;
use super::writer::Writer;
use crate::document::{Document, Section};
use sha2::{Digest, Sha256};

/// The look of the page, shared with the application, which adds what only it has.
const STYLE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/page.css"),
    include_str!("style/blocks.css"),
    include_str!("style/cards.css"),
    include_str!("style/tables.css"),
    include_str!("style/derivation.css"),
    include_str!("style/print.css"),
);

/// What the application's page says in place of the document's own parts, in order.
const MARKERS: [&str; 4] = ["cx:lang", "cx:title", "<!--cx:static-->", "<!--cx:data-->"];

/// The report as one HTML file that needs nothing beside it.
///
/// `template` is the built page of the web application. Without it, or where
/// it lacks one of its markers, the file holds the same report as plain HTML
/// and says that charts need the application.
///
/// # Errors
/// The document cannot be written as JSON, which the template's script reads.
///
/// # Examples
/// ```
/// # use cx_report::document::{Document, SCHEMA_VERSION};
/// let document = Document {
///     schema_version: SCHEMA_VERSION,
///     title: "Customer experience".into(),
///     company: "Fish & Chips".into(),
///     period: "2026".into(),
///     as_of: "2026-12-31".into(),
///     language: "en".into(),
///     currency: None,
///     level: 0.95,
///     version: "0.1.0".into(),
///     input_hash: "ab12".into(),
///     command: "cx report".into(),
///     sections: vec![],
///     derivations: vec![],
/// };
/// let page = cx_report::formats::html::render(&document, None).unwrap();
/// assert!(page.contains("Fish &amp; Chips"));
/// ```
pub fn render(document: &Document, template: Option<&str>) -> Result<String, serde_json::Error> {
    let words = Words::of(&document.language);
    let Some([start, language, title, root, end]) = template.and_then(split) else {
        return Ok(plain(document, &words));
    };
    let body = report(document, &words, &words.no_script);
    let json = escape::json(&serde_json::to_string(document)?);
    let data = format!(r#"<script type="application/json" id="data">{json}</script>"#);
    let tag = escaped(&document.language);
    let name = escaped(&document.title);
    Ok([start, &tag, language, &name, title, &body, root, &data, end].concat())
}

/// The pieces of a template between its markers. What is put in is never searched.
fn split(template: &str) -> Option<[&str; 5]> {
    let mut pieces = [template; 5];
    for (at, marker) in MARKERS.iter().enumerate() {
        let (before, after) = pieces[at].split_once(marker)?;
        pieces[at] = before;
        pieces[at + 1] = after;
    }
    Some(pieces)
}

/// The report on its own, under a policy that allows its one style and nothing else.
fn plain(document: &Document, words: &Words) -> String {
    let hash = escape::base64(&Sha256::digest(STYLE.as_bytes()));
    let tag = escaped(&document.language);
    let title = escaped(&document.title);
    let body = report(document, words, &words.no_application);
    format!(
        r#"<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<div id="app" class="page">{body}</div>
</body>
</html>
"#
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape::html(text, &mut out);
    out
}

/// Everything inside the page's root element.
fn report(document: &Document, words: &Words, notice: &str) -> String {
    let places = document.derivations.iter().enumerate().map(|(place, d)| (d.finding.as_str(), place));
    let setting = Setting { words, derivations: places.collect() };
    let (cover, parts): (Vec<&Section>, Vec<&Section>) =
        document.sections.iter().partition(|section| section.number.is_empty());
    let mut w = Writer::default();
    w.element("header", &[("class", "cover")], |w| {
        w.leaf("p", "company", &document.company);
        w.leaf("h1", "title", &document.title);
        if !document.title.contains(&document.period) {
            w.leaf("p", "period", &document.period);
        }
        if !document.as_of.is_empty() {
            w.leaf("p", "as-of", &format!("{} {}", words.as_of, document.as_of));
        }
        for section in cover {
            blocks(w, &setting, &section.blocks);
        }
        w.leaf("p", "notice", notice);
    });
    w.element("div", &[("class", "columns")], |w| {
        w.element("nav", &[("class", "contents"), ("aria-label", &words.contents)], |w| contents(w, &parts));
        w.element("main", &[], |w| {
            for section in &parts {
                part(w, &setting, section);
            }
            derivations(w, &setting, &document.derivations);
        });
    });
    w.element("footer", &[("class", "colophon")], |w| {
        w.element("h2", &[], |w| w.text(&words.about));
        w.element("dl", &[("class", "steps")], |w| {
            for (label, text) in [
                (&words.as_of, &document.as_of),
                (&words.version, &document.version),
                (&words.input_hash, &document.input_hash),
                (&words.reproduce, &document.command),
            ]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            {
                w.element("dt", &[], |w| w.text(label));
                w.element("dd", &[], |w| w.leaf("code", "step", text));
            }
        });
    });
    w.finish()
}

fn contents(w: &mut Writer, parts: &[&Section]) {
    w.element("ol", &[], |w| {
        for section in parts {
            w.element("li", &[], |w| {
                w.element("a", &[("href", &escape::fragment(&section.id))], |w| {
                    w.leaf("span", "number", &section.number);
                    w.text(" ");
                    w.text(&section.title);
                });
            });
        }
    });
}

fn part(w: &mut Writer, setting: &Setting<'_>, section: &Section) {
    w.element("section", &[("class", "part"), ("id", &section.id)], |w| {
        w.element("header", &[("class", "part-head")], |w| {
            w.leaf("span", "number", &section.number);
            w.element("h2", &[], |w| w.text(&section.title));
            w.leaf("p", "question", &section.question);
        });
        blocks(w, setting, &section.blocks);
    });
}
