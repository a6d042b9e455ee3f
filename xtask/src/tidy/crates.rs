//! Which crate may depend on which, and what the core never touches.

use super::{Code, Fault, SourceFile};

/// Crates of the workspace and what each may depend on, tests aside.
const TABLE: &[(&str, &[&str])] = &[
    ("cx-core", &[]),
    ("cx-demo", &[]),
    ("cx-store", &[]),
    ("cx-web", &[]),
    ("cx-report", &["cx-core"]),
    ("cx-server", &["cx-core", "cx-report", "cx-web"]),
    ("cx-cli", &["cx-core", "cx-demo", "cx-report", "cx-server", "cx-web"]),
];

/// Dependencies that would give the core a terminal, a runtime or a random source.
const NOT_IN_CORE: &[&str] =
    &["anyhow", "axum", "clap", "comfy-table", "indicatif", "miette", "rand", "tokio"];

/// Paths that read the clock or the environment, or write a file.
const NOT_CALLED_IN_CORE: &[(&str, &str)] = &[
    ("std::env", "the environment belongs to the command line"),
    ("env::var", "the environment belongs to the command line"),
    ("env::args", "arguments belong to the command line"),
    ("SystemTime::now", "moments are arguments"),
    ("Instant::now", "the clock belongs to the command line"),
    ("Zoned::now", "moments are arguments"),
    ("Timestamp::now", "moments are arguments"),
    ("fs::write", "the core writes no file"),
    ("fs::rename", "the core writes no file"),
    ("fs::create_dir", "the core writes no file"),
    ("fs::create_dir_all", "the core writes no file"),
    ("fs::remove_file", "the core writes no file"),
    ("File::create", "the core writes no file"),
    ("OpenOptions::new", "the core writes no file"),
];

/// Dependencies that the table does not allow.
pub(crate) fn manifest(file: &SourceFile) -> Vec<Fault> {
    let Some(name) = file.path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml"))
    else {
        return Vec::new();
    };
    let Some((_, may)) = TABLE.iter().find(|(crate_name, _)| *crate_name == name) else {
        let message = format!("the crate `{name}` has no row in xtask/src/tidy/crates.rs");
        return vec![Fault::file(&file.path, message)];
    };
    let manifest: toml::Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Fault::file(&file.path, error.to_string())],
    };
    let Some(dependencies) = manifest.get("dependencies").and_then(toml::Value::as_table) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for dependency in dependencies.keys() {
        let own = dependency.starts_with("cx-") || dependency == "xtask";
        if own && !may.contains(&dependency.as_str()) {
            faults.push(Fault::file(&file.path, format!("`{name}` may not depend on `{dependency}`")));
        }
        if name == "cx-core" && NOT_IN_CORE.contains(&dependency.as_str()) {
            faults.push(Fault::file(&file.path, format!("the core stays without `{dependency}`")));
        }
    }
    faults
}

/// Calls in the core that reach outside it.
pub(crate) fn calls(file: &SourceFile, code: &Code) -> Vec<Fault> {
    if !file.path.starts_with("crates/cx-core/src/") || file.is_test() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for path in code.paths.iter().filter(|path| !path.in_test) {
        let whole = path.parts.join("::");
        let hit = NOT_CALLED_IN_CORE.iter().find(|(name, _)| {
            whole == *name || whole.ends_with(&format!("::{name}")) || whole.starts_with(&format!("{name}::"))
        });
        if let Some((name, why)) = hit {
            faults.push(Fault::line(&file.path, path.line, format!("`{name}` in the core: {why}")));
        }
    }
    faults
}
