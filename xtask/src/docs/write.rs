//! Writing the generated pages, or checking that they are current.

use super::requirements;
use crate::run::{program, run as run_program};
use crate::{demo, machine};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;

/// The folder of generated pages.
pub(crate) const FOLDER: &str = "docs/generated";

/// Pages of simulations: minutes to make, so that suites of their own make and check them.
const SIMULATED: [&str; 2] = ["coverage.md", "seeds.md"];

/// Whether pages are written or only compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write what is out of date.
    Write,
    /// Fail where something is out of date.
    Check,
}

/// The pages that the program writes about itself: commands, metrics, errors.
fn of_program(root: &Path) -> Result<Vec<(String, String)>> {
    let folder = machine::target(root)?.join("docs");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let place = folder.display().to_string();
    let cx = demo::binary(root)?.display().to_string();
    run_program(&mut program(&cx, root, &["docs", "--dir", &place]))?;
    let mut pages = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        pages.push((name, fs::read_to_string(entry.path())?));
    }
    pages.sort();
    ensure!(!pages.is_empty(), "`cx docs` wrote no page");
    Ok(pages)
}

/// Makes every page anew.
///
/// # Errors
/// Where a page cannot be made or written, and under [`Mode::Check`] where one is out of date.
pub(crate) fn run(root: &Path, mode: Mode) -> Result<()> {
    let mut pages = of_program(root)?;
    pages.push(("requirements.md".to_owned(), requirements::page(root)?));
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
    for old in fs::read_dir(root.join(FOLDER)).into_iter().flatten().flatten() {
        let name = old.file_name().to_string_lossy().into_owned();
        if !SIMULATED.contains(&name.as_str()) && !pages.iter().any(|(page, _)| *page == name) {
            bail!("{FOLDER}/{name} is made by nothing; remove it");
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
