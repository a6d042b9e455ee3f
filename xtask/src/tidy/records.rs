//! Decision records and the changelog are in order.

use super::{Fault, SourceFile};

const FOLDER: &str = "docs/decisions/";

/// Decision records are numbered from 0001 on, without a gap, and say what they must.
pub(crate) fn decisions(files: &[SourceFile]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut expected = 1;
    let mut records: Vec<&SourceFile> = files.iter().filter(|file| file.path.starts_with(FOLDER)).collect();
    records.sort_by(|a, b| a.path.cmp(&b.path));
    for file in records {
        let number = file.name().split_once('-').filter(|(digits, _)| digits.len() == 4);
        let Some(number) = number.and_then(|(digits, _)| digits.parse::<usize>().ok()) else {
            faults.push(Fault::file(&file.path, "a decision record is named NNNN-title.md"));
            continue;
        };
        if number != expected {
            faults.push(Fault::file(&file.path, format!("the next decision record is {expected:04}")));
        }
        expected = number + 1;
        for heading in ["## Context", "## Decision", "## Consequences"] {
            if !file.text.lines().any(|line| line == heading) {
                faults.push(Fault::file(&file.path, format!("a decision record has a part `{heading}`")));
            }
        }
    }
    faults
}

/// The changelog has a place for what comes next.
pub(crate) fn changelog(files: &[SourceFile]) -> Option<Fault> {
    let path = "CHANGELOG.md";
    let Some(file) = files.iter().find(|file| file.path == path) else {
        return Some(Fault::file(path, "there is no changelog"));
    };
    let open = file.text.lines().any(|line| line == "## [Unreleased]");
    (!open).then(|| Fault::file(path, "the changelog has no part `## [Unreleased]`"))
}
