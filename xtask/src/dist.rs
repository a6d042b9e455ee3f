//! `cargo xtask dist`: what is handed to someone who has no Rust.

use crate::run::{cargo, program, run};
use crate::{machine, web};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// Files that go with the binary.
const WITH: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Shells that get completions, with the name of their file.
const SHELLS: [(&str, &str); 4] =
    [("bash", "cx.bash"), ("zsh", "_cx"), ("fish", "cx.fish"), ("powershell", "cx.ps1")];

/// Builds the release and packs it, with its checksum beside it.
///
/// # Errors
/// Where a part cannot be built, read or packed.
pub(crate) fn pack(root: &Path) -> Result<()> {
    if let Some(why) = machine::without_node() {
        bail!("a release carries the web application, which needs Node to be built: {why}");
    }
    web::build(root)?;
    run(&mut cargo(root, &["build", "--release", "--package", "cx-cli"]))?;
    let target = machine::target(root)?;
    let binary = target.join("release").join(format!("cx{}", std::env::consts::EXE_SUFFIX));
    let name =
        format!("cx-{}-{}-{}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH, std::env::consts::OS);
    let place = target.join("dist");
    let folder = place.join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder.join("completions"))?;
    let copy = |from: &Path, to: &Path| {
        fs::copy(from, to).map(drop).with_context(|| format!("cannot copy {}", from.display()))
    };
    copy(&binary, &folder.join(binary.file_name().unwrap_or_default()))?;
    for file in WITH {
        copy(&root.join(file), &folder.join(file))?;
    }
    for (shell, file) in SHELLS {
        let binary = binary.display().to_string();
        let made = program(&binary, root, &["completions", shell]).stderr(Stdio::inherit()).output()?;
        ensure!(made.status.success(), "cx completions {shell} failed");
        fs::write(folder.join("completions").join(file), made.stdout)?;
    }
    let archive = format!("{name}.tar.gz");
    run(&mut program("tar", &place, &["-czf", &archive, &name]))?;
    let summed = program("sha256sum", &place, &[&archive]).output().context("sha256sum did not start")?;
    ensure!(summed.status.success(), "sha256sum failed");
    fs::write(place.join(format!("{archive}.sha256")), summed.stdout)?;
    let size = fs::metadata(place.join(&archive))?.len() as f64 / f64::from(1 << 20);
    println!("{} ({size:.1} MB)", place.join(&archive).display());
    Ok(())
}
