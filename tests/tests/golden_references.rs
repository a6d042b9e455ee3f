//! Every source that the formulas cite is listed, and every one listed is cited.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Words in back quotes that look like a key: letters, four digits, perhaps a letter.
fn cited(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').filter(|word| {
        let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
        let rest = &word.as_bytes()[letters..];
        let year = rest.len() >= 4 && rest[..4].iter().all(u8::is_ascii_digit);
        letters > 1 && year && rest[4..].len() <= 1 && rest[4..].iter().all(u8::is_ascii_lowercase)
    })
}

#[test]
fn citations_and_references_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join("docs/references.toml")).unwrap();
    let list: toml::Table = text.parse().unwrap();
    let entries = list["reference"].as_array().unwrap();
    let mut keys = BTreeSet::new();
    for entry in entries {
        let field = |name: &str| entry.get(name).and_then(toml::Value::as_str).unwrap_or_default();
        let key = field("key").to_owned();
        let year = entry["year"].as_integer().unwrap();
        assert!(key.contains(&year.to_string()), "{key} names another year than {year}");
        assert!(["authors", "title", "where"].iter().all(|f| !field(f).is_empty()), "{key} is not complete");
        assert!(keys.insert(key.clone()), "{key} stands twice");
    }
    let mut files = Vec::new();
    sources(&root.join("crates/cx-core/src"), &mut files);
    let mut used = BTreeSet::new();
    for file in files {
        used.extend(cited(&fs::read_to_string(file).unwrap()).map(str::to_owned));
    }
    let unknown: Vec<_> = used.difference(&keys).collect();
    assert!(unknown.is_empty(), "cited and not listed: {unknown:?}");
    let unused: Vec<_> = keys.difference(&used).collect();
    assert!(unused.is_empty(), "listed and not cited: {unused:?}");
}
