//! What the machine offers, and what is asked of it.

use crate::run::{cargo, run};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// True where a missing part is a failure and not a note: `CX_REQUIRE=all`.
pub(crate) fn everything_required() -> bool {
    std::env::var("CX_REQUIRE").is_ok_and(|value| value == "all")
}

/// Says loudly that something is left out, or fails where everything is required.
///
/// # Errors
/// Under `CX_REQUIRE=all`.
pub(crate) fn skip(what: &str, why: &str) -> Result<()> {
    if everything_required() {
        bail!("{what} could not run: {why} (CX_REQUIRE=all allows no gaps)");
    }
    eprintln!("\n*** SKIPPED {what}: {why}\n");
    Ok(())
}

/// True where a program starts and answers `--version`.
pub(crate) fn has(program: &str) -> bool {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Why the web application cannot be built here, if it cannot.
pub(crate) fn without_node() -> Option<&'static str> {
    (!has("node") || !has("npm"))
        .then_some("Node with npm is not installed (nodejs.org, version 20.19 or later)")
}

/// The browser that pages are opened in: `$CHROMIUM`, else Debian's.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from("/usr/bin/chromium"))).filter(|path| path.is_file())
}

/// Builds a program (`--bin`) or an example (`--example`) of the workspace and says where it is.
///
/// As part of the workspace: a package built alone gives its dependencies other features, and polars would be
/// compiled once more for each such choice.
///
/// # Errors
/// Where it cannot be built.
pub(crate) fn built(root: &Path, kind: &str, name: &str) -> Result<PathBuf> {
    run(&mut cargo(root, &["build", "--workspace", kind, name]))?;
    let folder = target(root)?.join("debug").join(if kind == "--example" { "examples" } else { "" });
    Ok(folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Where cargo puts what it builds.
///
/// # Errors
/// Where cargo does not say.
pub(crate) fn target(root: &Path) -> Result<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    match metadata["target_directory"].as_str() {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => bail!("cargo metadata names no target directory"),
    }
}
