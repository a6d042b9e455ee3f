//! Writing the generated pages, or checking that they are current.

use super::requirements;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The folder of generated pages.
pub(crate) const FOLDER: &str = "docs/generated";

/// Whether pages are written or only compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write what is out of date.
    Write,
    /// Fail where something is out of date.
    Check,
}

/// Makes every page anew.
///
/// # Errors
/// Where a page cannot be made or written, and under [`Mode::Check`] where one is out of date.
pub(crate) fn run(root: &Path, mode: Mode) -> Result<()> {
    let pages = vec![("requirements.md".to_owned(), requirements::page(root)?)];
    let mut stale = Vec::new();
    for (name, text) in &pages {
        let path = root.join(FOLDER).join(name);
        if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        stale.push(name.as_str());
        if mode == Mode::Write {
            fs::create_dir_all(root.join(FOLDER))?;
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    match mode {
        Mode::Check if !stale.is_empty() => {
            bail!("out of date in {FOLDER}: {}; run `cargo xtask docs`", stale.join(", "))
        }
        Mode::Check => println!("docs: {} pages are current", pages.len()),
        Mode::Write => println!("docs: {} pages, {} written anew", pages.len(), stale.len()),
    }
    Ok(())
}
