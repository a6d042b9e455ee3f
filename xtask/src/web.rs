//! The web application: built with Node, embedded by Rust.

use crate::machine;
use crate::run::{program, run};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// The folder of the application.
pub(crate) fn folder(root: &Path) -> PathBuf {
    root.join("crates/cx-web/app")
}

/// Packages as the lock file says, once: `npm ci` where they are not there or the lock is newer.
///
/// # Errors
/// Where npm fails.
pub(crate) fn packages(folder: &Path) -> Result<()> {
    let changed = |path: PathBuf| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let installed = changed(folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(folder.join("package-lock.json")) {
        return Ok(());
    }
    run(&mut program("npm", folder, &["ci", "--no-audit", "--no-fund"]))
}

/// `cargo xtask web`: the page that reports are put into, and the dashboard.
///
/// # Errors
/// Where Node is missing or the build fails.
pub(crate) fn build(root: &Path) -> Result<()> {
    if let Some(why) = machine::without_node() {
        bail!("the web application needs Node to be built: {why}");
    }
    let app = folder(root);
    packages(&app)?;
    run(&mut program("npm", &app, &["run", "--silent", "build"]))
}
