//! `cargo xtask demo`: from a clone to a report.

use crate::run::{cargo, run};
use crate::{machine, web};
use anyhow::{Result, ensure};
use std::path::Path;

/// Where the demo company lives, from the root; git ignores it.
const FOLDER: &str = "demo/ecommerce";

/// Builds everything, writes the demo company, measures it and says where the report is.
///
/// # Errors
/// Where something cannot be built, or no report was left.
pub(crate) fn run_demo(root: &Path) -> Result<()> {
    // First, because the crate that embeds the page is compiled after it.
    match machine::without_node() {
        None => web::build(root)?,
        Some(why) => machine::skip("the report's charts", why)?,
    }
    run(&mut cargo(root, &["build", "--package", "cx-cli"]))?;
    let words = ["run", "--quiet", "--package", "cx-cli", "--bin", "cx", "--"];
    let cx = |more: &[&str]| run(&mut cargo(root, &[&words[..], more].concat()));
    cx(&["demo", "ecommerce", "--dir", FOLDER])?;
    let folder = root.join(FOLDER);
    let reports: Vec<_> = std::fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    ensure!(!reports.is_empty(), "the demo left no report in {}", folder.display());
    for report in reports {
        println!("report: {}", report.display());
    }
    Ok(())
}
