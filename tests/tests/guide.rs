//! What the guide shows can be typed: every piece of settings in it is read.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use cx_core::ground::issue::Fault;
use cx_core::project::Settings;
use cx_core::tables::schema::TABLES;
use std::fs;
use std::path::Path;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)).unwrap()
}

/// The blocks of a language in a page, with the line each begins on.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<(usize, &'a str)> {
    let fence = format!("```{language}\n");
    let starts = text.match_indices(&fence);
    starts
        .map(|(at, _)| {
            let body = &text[at + fence.len()..];
            (text[..at].matches('\n').count() + 2, &body[..body.find("```").unwrap()])
        })
        .collect()
}

#[test]
fn settings_of_the_guide_are_read() {
    let text = page("guide/settings.md");
    let found = blocks(&text, "toml");
    assert!(found.len() >= 8, "only {} blocks", found.len());
    for (line, block) in found {
        if let Err(error) = Settings::parse("settings.md", block) {
            panic!("the block at line {line} of settings.md: {error}\n{:?}", error.help);
        }
    }
}

#[test]
fn expressions_of_the_guide_are_read() {
    let text = page("guide/settings.md");
    let (_, block) = blocks(&text, "text")[0];
    for line in block.lines() {
        assert!(cx_core::ground::expr::parse(line).is_ok(), "{line}");
    }
}

#[test]
fn every_table_and_fault_is_in_the_guide() {
    let settings = page("guide/settings.md");
    for table in TABLES {
        assert!(settings.contains(&format!("`{}`", table.name)), "settings.md leaves out {}", table.name);
    }
    let sources = page("guide/sources.md");
    for fault in Fault::ALL {
        let word = serde_json::to_value(fault).unwrap();
        let word = word.as_str().unwrap();
        assert!(sources.contains(&format!("`{word}`")), "sources.md leaves out {word}");
    }
}
