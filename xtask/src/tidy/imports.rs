//! Arrows run one way: what each folder of `cx-core` may import.

use super::{Code, Fault, SourceFile};

/// Where a folder may use polars.
#[derive(Debug, Clone, Copy)]
enum Polars {
    /// Nowhere.
    No,
    /// In every file.
    Yes,
    /// In files under these paths: only what decodes columns as they stream by.
    Under(&'static [&'static str]),
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
struct Row {
    folder: &'static str,
    /// Folders it may import besides itself; a path with `::` stands for that module alone.
    may: &'static [&'static str],
    /// Modules it may not import although their folder is allowed.
    but: &'static [&'static str],
    polars: Polars,
}

const fn row(folder: &'static str, may: &'static [&'static str], polars: Polars) -> Row {
    Row { folder, may, but: &[], polars }
}

/// The import table. A folder that is not in it is refused, so that a new one
/// is given its place here first.
const TABLE: &[Row] = &[
    row("ground", &[], Polars::No),
    row("sources", &["ground"], Polars::Yes),
    row("tables", &["ground", "sources"], Polars::Under(&["tables/load/", "tables/map/"])),
    row("stats", &["ground"], Polars::No),
    row("reduce", &["ground", "stats", "tables"], Polars::No),
    row("infer", &["ground", "stats"], Polars::No),
    row("calc", &["ground", "stats", "infer"], Polars::No),
    row("claims", &["ground", "stats", "infer"], Polars::No),
    row("ledger", &["ground", "stats", "infer"], Polars::No),
    // A finding says which metric it is about in the words of its declaration, which knows only ground.
    row("findings", &["ground", "infer", "claims", "studies::metrics::declaration"], Polars::No),
    Row {
        folder: "studies",
        may: &["ground", "tables", "reduce", "stats", "infer", "claims", "findings", "ledger"],
        but: &["reduce::engines"],
        polars: Polars::No,
    },
    // `cx init` looks at columns as they stream by.
    row(
        "project",
        &["ground", "sources", "tables", "stats", "infer", "studies"],
        Polars::Under(&["project/init/rows.rs"]),
    ),
    row(
        "analysis",
        &[
            "ground", "sources", "tables", "reduce", "stats", "infer", "claims", "findings", "studies",
            "project", "calc", "ledger",
        ],
        Polars::No,
    ),
];

const CORE: &str = "crates/cx-core/src/";

/// Every import that runs against the table.
pub(crate) fn check(file: &SourceFile, code: &Code) -> Vec<Fault> {
    let Some(inside) = file.path.strip_prefix(CORE) else { return Vec::new() };
    let Some((folder, _)) = inside.split_once('/') else { return Vec::new() };
    let Some(row) = TABLE.iter().find(|row| row.folder == folder) else {
        let message =
            format!("the folder `{folder}` has no row in the import table of xtask/src/tidy/imports.rs");
        return vec![Fault::file(&file.path, message)];
    };
    let mut faults = Vec::new();
    for path in &code.paths {
        let fault = match path.parts.first().map(String::as_str) {
            Some("crate") => row.forbids(&path.parts[1..]),
            Some("polars") if !row.polars_in(inside) => {
                Some(format!("`{folder}` may not use polars here; {}", row.where_polars()))
            }
            _ => None,
        };
        faults.extend(fault.map(|message| Fault::line(&file.path, path.line, message)));
    }
    faults
}

impl Row {
    fn forbids(&self, parts: &[String]) -> Option<String> {
        let target = parts.first()?;
        // A name with a capital is an item that lib.rs re-exports: which folder it is from, nobody sees.
        if target == "*" || target.starts_with(char::is_uppercase) {
            return Some(format!("`crate::{target}` hides the folder it comes from; name the folder"));
        }
        if target == self.folder {
            return None;
        }
        let whole = parts.join("::");
        let named = |module: &&str| whole == **module || whole.starts_with(&format!("{module}::"));
        if let Some(module) = self.but.iter().find(|module| named(module)) {
            return Some(format!("`{}` may not import `{module}`", self.folder));
        }
        if self.may.iter().any(named) {
            return None;
        }
        let may = if self.may.is_empty() { "nothing else".to_owned() } else { self.may.join(", ") };
        Some(format!("`{}` may not import `{target}`; it may import {may}", self.folder))
    }

    fn polars_in(&self, inside: &str) -> bool {
        match self.polars {
            Polars::No => false,
            Polars::Yes => true,
            Polars::Under(folders) => folders.iter().any(|folder| inside.starts_with(folder)),
        }
    }

    fn where_polars(&self) -> String {
        match self.polars {
            Polars::Under(folders) => format!("it may under {}", folders.join(", ")),
            Polars::No | Polars::Yes => "frames end in sources, tables/load and tables/map".to_owned(),
        }
    }
}
