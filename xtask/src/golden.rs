//! `cargo xtask golden`: reference values beside computed ones.

use crate::run::{cargo, listen};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Runs every golden suite and lets it print what it compares.
///
/// # Errors
/// Where a suite fails, or nothing was compared.
pub(crate) fn task(root: &Path) -> Result<ExitCode> {
    let mut words = vec!["test".to_owned(), "--package".to_owned(), "cx-tests".to_owned()];
    let mut suites: Vec<String> = Vec::new();
    for entry in fs::read_dir(root.join("tests/tests"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("golden_") && path.extension().is_some_and(|ending| ending == "rs") {
            suites.push(name);
        }
    }
    suites.sort();
    words.extend(suites.into_iter().flat_map(|suite| ["--test".to_owned(), suite]));
    words.extend(["--", "--nocapture", "--test-threads=1"].map(str::to_owned));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let heard = listen(cargo(root, &words).env("CX_GOLDEN", "print"))?;
    let compared = heard.lines.iter().filter(|line| line.starts_with("golden ")).count();
    if !heard.success {
        bail!("a computed value is out of tolerance; see above");
    }
    if compared == 0 {
        bail!("nothing was compared: are the reference values there? (CX_SHARED)");
    }
    println!("{compared} reference values, all within tolerance");
    Ok(ExitCode::SUCCESS)
}
