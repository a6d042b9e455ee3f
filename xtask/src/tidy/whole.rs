//! All rules over all files.

use super::{Code, Fault, SourceFile, crates, imports, leaks, lengths, names, records, references, tracked};
use anyhow::{Result, bail};
use std::path::Path;

/// Every broken rule of a tree, warnings included.
pub(crate) fn check(files: &[SourceFile]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        faults.extend(names::name(file));
        faults.extend(leaks::check(file));
        faults.extend(crates::manifest(file));
        let code = match code_of(file) {
            Ok(code) => code,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        faults.extend(lengths::check(file, code.as_ref()));
        if let Some(code) = &code {
            faults.extend(imports::check(file, code));
            faults.extend(crates::calls(file, code));
            faults.extend(names::logic(file, code));
        }
    }
    let core: Vec<&SourceFile> =
        files.iter().filter(|f| f.path.starts_with("crates/cx-core/src/") && f.ending() == "rs").collect();
    match files.iter().find(|file| file.path == references::LIST) {
        Some(list) => faults.extend(references::check(list, &core)),
        None => faults.push(Fault::file(references::LIST, "there is no list of references")),
    }
    faults.extend(records::decisions(files));
    faults.extend(records::changelog(files));
    faults
}

/// The Rust in a file, `None` for any other language.
fn code_of(file: &SourceFile) -> Result<Option<Code>, Fault> {
    if file.ending() != "rs" {
        return Ok(None);
    }
    let inside = file.path.split_once("src/").map_or(file.path.as_str(), |(_, inside)| inside);
    Code::read(inside, &file.text).map(Some).map_err(|error| Fault::file(&file.path, error.to_string()))
}

/// `cargo xtask tidy`.
///
/// # Errors
/// Where a rule is broken, after every fault was printed.
pub(crate) fn run(root: &Path) -> Result<()> {
    let files = tracked(root)?;
    let faults = check(&files);
    for fault in &faults {
        eprintln!("{fault}");
    }
    let broken = faults.iter().filter(|fault| !fault.mild).count();
    let mild = faults.len() - broken;
    if broken > 0 {
        bail!("tidy: {broken} faults and {mild} warnings in {} files", files.len());
    }
    println!("tidy: {} files in order, {mild} warnings", files.len());
    Ok(())
}
