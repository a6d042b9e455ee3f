//! `cargo xtask snap`: what people see has changed; look at it, then accept it.
//!
//! Accepting is a word of its own. No test command ever accepts a snapshot.

use crate::run::{cargo, listen, program, run};
use crate::tidy::tracked;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// New snapshots that lie beside the old ones.
fn pending(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | ".git") {
            pending(&path, found)?;
        } else if name.ends_with(".snap.new") {
            found.push(path);
        }
    }
    Ok(())
}

/// The packages whose tests look at snapshots: those that depend on insta.
fn packages(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in tracked(root)?.iter().filter(|file| file.name() == "Cargo.toml") {
        let manifest: toml::Table = file.text.parse().with_context(|| file.path.clone())?;
        let uses = |key: &str| manifest.get(key).and_then(|t| t.get("insta")).is_some();
        let name = manifest.get("package").and_then(|package| package.get("name")?.as_str());
        if let Some(name) = name.filter(|_| uses("dependencies") || uses("dev-dependencies")) {
            names.push(name.to_owned());
        }
    }
    ensure!(!names.is_empty(), "no package depends on insta, so none has snapshots");
    Ok(names)
}

/// The task: shows what has changed, or with `accept` takes it.
///
/// # Errors
/// Where a program does not start or a file cannot be removed.
pub(crate) fn task(root: &Path, accept: bool) -> Result<ExitCode> {
    let mode = if accept { "always" } else { "new" };
    let packages = packages(root)?;
    let mut words = vec!["test", "--no-fail-fast", "--quiet"];
    words.extend(packages.iter().flat_map(|name| ["--package", name]));
    // Tests may fail for other reasons than their snapshots: those are not hidden.
    let heard = listen(cargo(root, &words).env("INSTA_UPDATE", mode).env("INSTA_FORCE_PASS", "1"))?;
    let mut new = Vec::new();
    pending(root, &mut new)?;
    if accept {
        for path in &new {
            fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
        let snapshots = tracked(root)?.iter().filter(|file| file.ending() == "snap").count();
        run(&mut program("git", root, &["status", "--short", "--", "*.snap"]))?;
        println!("accepted; {snapshots} snapshots in all. Read the difference before you commit it.");
    } else {
        new.sort();
        for path in &new {
            let old = path.with_extension("");
            let before = if old.exists() { old } else { PathBuf::from("/dev/null") };
            let (before, after) = (before.display().to_string(), path.display().to_string());
            // Its exit code says that there is a difference, which is known.
            program("git", root, &["--no-pager", "diff", "--no-index", &before, &after]).status()?;
        }
        println!("{} snapshots differ; `cargo xtask snap accept` takes them all", new.len());
    }
    if !heard.success {
        bail!("some tests fail for other reasons than a snapshot; see above");
    }
    Ok(if new.is_empty() || accept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
