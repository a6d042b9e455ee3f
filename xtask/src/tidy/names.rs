//! A file is named after a concept, and the files that list others hold no logic.

use super::{Code, Fault, SourceFile};

const EMPTY_WORDS: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "manager"];

/// A file or folder with a name that says nothing.
pub(crate) fn name(file: &SourceFile) -> Option<Fault> {
    let empty = file.path.split('/').find(|part| {
        let stem = part.split('.').next().unwrap_or(part);
        EMPTY_WORDS.contains(&stem)
    })?;
    Some(Fault::file(&file.path, format!("`{empty}` says nothing; name the concept")))
}

/// Logic in a `lib.rs` or `mod.rs`.
pub(crate) fn logic(file: &SourceFile, code: &Code) -> Vec<Fault> {
    // Cargo takes every file of a `tests` folder for a suite; what suites share has to be a mod.rs.
    if file.is_test() || !["lib.rs", "mod.rs"].contains(&file.name()) {
        return Vec::new();
    }
    let message = "lib.rs and mod.rs hold no functions and no impl blocks; give them a file with a name";
    code.logic.iter().map(|line| Fault::line(&file.path, *line, message)).collect()
}
