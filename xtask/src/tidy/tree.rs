//! The files under the rules, and what a broken rule looks like.

use anyhow::{Context, Result, ensure};
use std::fmt;
use std::path::Path;
use std::process::Command;

/// A file of the project.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    /// From the root, with forward slashes.
    pub(crate) path: String,
    /// What it says; empty where it is not text.
    pub(crate) text: String,
}

impl SourceFile {
    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What comes after the last dot of its name.
    pub(crate) fn ending(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// True for a file that serves tests alone, whose length and writes are free.
    pub(crate) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        let in_folder = parts.any(|part| matches!(part, "tests" | "benches" | "fixtures"));
        let name = self.name();
        let by_name = ["tests.rs", "laws.rs", "conformance.rs", "reference.rs"].contains(&name);
        in_folder || by_name || name.contains(".test.")
    }
}

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The file.
    pub(crate) path: String,
    /// The line, where there is one.
    pub(crate) line: Option<usize>,
    /// What is wrong and how to mend it.
    pub(crate) message: String,
    /// True where it is a warning that fails nothing.
    pub(crate) mild: bool,
}

impl Fault {
    /// A fault in a file.
    pub(crate) fn file(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, message: message.into(), mild: false }
    }

    /// A fault in a line.
    pub(crate) fn line(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::file(path, message) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = if self.mild { "warning" } else { "error" };
        match self.line {
            Some(line) => write!(f, "{weight}: {}:{line}: {}", self.path, self.message),
            None => write!(f, "{weight}: {}: {}", self.path, self.message),
        }
    }
}

/// Every file that is tracked or could be: what git does not ignore.
///
/// # Errors
/// Where git cannot be asked.
pub(crate) fn tracked(root: &Path) -> Result<Vec<SourceFile>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("tidy asks git which files belong to the project, and git did not start")?;
    ensure!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr).trim());
    let mut files = Vec::new();
    for path in String::from_utf8(listed.stdout)?.split('\0').filter(|path| !path.is_empty()) {
        let place = root.join(path);
        if !place.is_file() {
            continue; // deleted, and the deletion is not yet committed
        }
        let bytes = std::fs::read(&place).with_context(|| format!("cannot read {path}"))?;
        files.push(SourceFile { path: path.to_owned(), text: String::from_utf8(bytes).unwrap_or_default() });
    }
    Ok(files)
}
