//! What the code cites is listed, and what is listed is cited.

use super::{Fault, SourceFile};
use std::collections::BTreeSet;

/// The list of everything that formulas are taken from.
pub(crate) const LIST: &str = "docs/references.toml";

/// Keys that stand in the list, in its order.
///
/// # Errors
/// With the fault, where the list cannot be read.
fn listed(list: &SourceFile) -> Result<Vec<String>, Fault> {
    let table: toml::Table = list.text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| list.text[..span.start].lines().count().max(1));
        Fault::line(&list.path, line, error.message().to_owned())
    })?;
    let entries = table.get("reference").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let key = |entry: &toml::Value| entry.get("key").and_then(toml::Value::as_str).map(str::to_owned);
    entries
        .iter()
        .map(|entry| key(entry).ok_or_else(|| Fault::file(&list.path, "a reference has no key")))
        .collect()
}

/// Words in back quotes that look like a key: letters, four digits, perhaps a letter.
fn cited(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|word| {
        let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
        let rest = &word.as_bytes()[letters..];
        let year = rest.len() >= 4 && rest[..4].iter().all(u8::is_ascii_digit);
        letters > 1 && year && rest[4..].len() <= 1 && rest[4..].iter().all(u8::is_ascii_lowercase)
    })
}

/// Keys that are cited and not listed, listed and not cited, or listed twice.
pub(crate) fn check(list: &SourceFile, code: &[&SourceFile]) -> Vec<Fault> {
    let keys = match listed(list) {
        Ok(keys) => keys,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    let mut known = BTreeSet::new();
    for key in &keys {
        if !known.insert(key.as_str()) {
            faults.push(Fault::file(&list.path, format!("`{key}` stands twice")));
        }
    }
    let mut used = BTreeSet::new();
    for file in code {
        for (i, line) in file.text.lines().enumerate() {
            for key in cited(line) {
                used.insert(key);
                if !known.contains(key) {
                    faults.push(Fault::line(&file.path, i + 1, format!("`{key}` is not listed in {LIST}")));
                }
            }
        }
    }
    for key in known.iter().filter(|key| !used.contains(*key)) {
        faults.push(Fault::file(&list.path, format!("`{key}` is listed and nothing cites it")));
    }
    faults
}
