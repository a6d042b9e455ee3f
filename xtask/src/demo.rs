//! `cargo xtask demo`: from a clone to a report.

use crate::run::{program, run};
use crate::{machine, web};
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};

/// Where the demo company lives, from the root; git ignores it.
const FOLDER: &str = "demo/ecommerce";

/// Builds everything, writes the demo company, checks and measures it, and says where its report is.
///
/// # Errors
/// Where something cannot be built, a command fails, or no report was left.
pub(crate) fn run_demo(root: &Path) -> Result<()> {
    // First, because the crate that embeds the page is compiled after it.
    match machine::without_node() {
        None => web::build(root)?,
        Some(why) => machine::skip("the report's charts", why)?,
    }
    let binary = binary(root)?;
    let cx = |words: &[&str]| run(&mut program(&binary.display().to_string(), root, words));
    let report = root.join(FOLDER).join("report.html");
    let place = report.display().to_string();
    cx(&["demo", "ecommerce", "--dir", FOLDER])?;
    cx(&["check", "--project", FOLDER])?;
    cx(&["metrics", "--project", FOLDER])?;
    ensure!(report.is_file(), "the demo left no report");
    println!("\nreport:  {place}");
    println!("program: {}", binary.display());
    Ok(())
}

/// Serves the demo company with its dashboard, until it is stopped.
///
/// # Errors
/// Where the server does not start.
pub(crate) fn serve(root: &Path) -> Result<()> {
    run(&mut program(&binary(root)?.display().to_string(), root, &["serve", FOLDER]))
}

/// Builds the program and says where it is.
///
/// # Errors
/// Where it cannot be built.
pub(crate) fn binary(root: &Path) -> Result<PathBuf> {
    machine::built(root, "--bin", "cx")
}

/// A demo company in a folder of its own, and its report made anew by the commands a person types.
///
/// # Errors
/// Where the program cannot be built, a command fails, or no report was left.
pub(crate) fn report_in(root: &Path, folder: &Path) -> Result<PathBuf> {
    let binary = binary(root)?;
    let report = folder.join("report.html");
    let (dir, place) = (folder.display().to_string(), report.display().to_string());
    for words in [vec!["demo", "ecommerce", "--dir", &dir], vec!["report", "--project", &dir, "-o", &place]] {
        run(&mut program(&binary.display().to_string(), root, &words))?;
    }
    ensure!(report.is_file(), "the demo left no report");
    Ok(report)
}
