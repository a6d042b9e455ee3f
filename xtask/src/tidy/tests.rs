//! Violations are planted, and each is caught; the real tree has none.

use super::{Fault, SourceFile, check, tracked};
use std::path::Path;

fn file(path: &str, text: impl Into<String>) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.into() }
}

/// The smallest tree in which every rule holds.
fn sound() -> Vec<SourceFile> {
    vec![
        file("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n"),
        file("docs/references.toml", "[[reference]]\nkey = \"wilson1927\"\n"),
        file("docs/decisions/0001-record.md", "# 1\n## Context\n## Decision\n## Consequences\n"),
        file("crates/cx-core/src/infer/share.rs", "//! Source: `wilson1927`.\nuse crate::stats::Totals;\n"),
    ]
}

/// The faults that one more file brings, warnings included.
fn with(planted: SourceFile) -> Vec<Fault> {
    let mut files = sound();
    files.retain(|file| file.path != planted.path);
    files.push(planted);
    check(&files)
}

fn one(planted: SourceFile) -> Fault {
    let faults = with(planted);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.into_iter().next().unwrap()
}

#[test]
fn a_sound_tree_has_no_fault() {
    assert_eq!(check(&sound()), []);
}

#[test]
fn the_real_tree_has_no_fault() {
    let files = tracked(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
    assert!(files.len() > 200, "only {} files found", files.len());
    let broken: Vec<String> = check(&files).iter().filter(|f| !f.mild).map(Fault::to_string).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_wrong_way_import_is_caught() {
    let texts = [
        "use crate::tables::Dataset;\n",
        "use crate::{ground::unit::Unit, tables::Dataset};\n",
        "use super::super::tables::Dataset;\n",
        "fn f() -> crate::tables::Dataset { todo() }\n",
        "mod inner { use super::super::super::tables; }\n",
        "macro_rules! m { () => { $crate::tables::X } }\n",
        "#[cfg(test)]\nmod tests { use crate::tables::Dataset; }\n",
    ];
    for text in texts {
        let fault = one(file("crates/cx-core/src/stats/totals.rs", text));
        assert!(fault.message.contains("`stats` may not import `tables`"), "{text}: {fault}");
        assert!(fault.line.is_some_and(|line| line <= 2), "{fault}");
    }
}

#[test]
fn what_only_looks_like_an_import_is_not_caught() {
    let texts = [
        "// use crate::tables::Dataset;\n",
        "/// [`Dataset`](crate::tables::Dataset)\npub struct A;\n",
        "const A: &str = \"crate::tables::Dataset\";\n",
        "use crate::ground::unit::Unit;\nuse super::Merge;\nuse crate::stats::{Merge, Totals};\n",
        "mod tables {}\nfn f() { self::tables::x(); Self::tables(); }\n",
    ];
    for text in texts {
        assert_eq!(with(file("crates/cx-core/src/stats/totals.rs", text)), [], "{text}");
    }
}

#[test]
fn polars_stays_where_frames_end() {
    let text = "use polars::prelude::Series;\n";
    for allowed in ["sources/batch.rs", "tables/load/last.rs"] {
        assert_eq!(with(file(&format!("crates/cx-core/src/{allowed}"), text)), []);
    }
    for refused in ["tables/column.rs", "reduce/plan/x.rs", "infer/x.rs", "studies/x.rs"] {
        let fault = one(file(&format!("crates/cx-core/src/{refused}"), text));
        assert!(fault.message.contains("polars"), "{fault}");
    }
}

#[test]
fn studies_do_not_know_the_engines() {
    let path = "crates/cx-core/src/studies/metrics/run.rs";
    assert_eq!(with(file(path, "use crate::reduce::{Engine, plan::Reduction};\n")), []);
    let fault = one(file(path, "use crate::reduce::engines::Columnar;\n"));
    assert!(fault.message.contains("reduce::engines"), "{fault}");
    assert!(one(file(path, "use crate::sources::sniff;\n")).message.contains("sources"));
}

#[test]
fn a_folder_without_a_row_is_caught() {
    let fault = one(file("crates/cx-core/src/novel/a.rs", ""));
    assert!(fault.message.contains("no row in the import table"), "{fault}");
    assert!(one(file("crates/cx-novel/Cargo.toml", "")).message.contains("no row"));
}

#[test]
fn the_core_reaches_for_nothing_outside() {
    let path = "crates/cx-core/src/tables/x.rs";
    for text in [
        "fn f() { std::env::var(\"A\"); }",
        "use std::env;",
        "use std::{env::args, fs};",
        "fn f() { std::fs::write(a, b); }",
        "fn f() { let t = Instant::now(); }",
        "fn f() { let f = fs::File::create(p); }",
    ] {
        assert_eq!(with(file(path, text)).len(), 1, "{text}");
    }
    assert_eq!(with(file(path, "#[cfg(test)]\nmod tests { fn f() { std::fs::write(a, b); } }")), []);
    let fault = one(file("crates/cx-core/Cargo.toml", "[dependencies]\nclap.workspace = true\n"));
    assert!(fault.message.contains("clap"), "{fault}");
    let fault = one(file("crates/cx-web/Cargo.toml", "[dependencies]\ncx-core.workspace = true\n"));
    assert!(fault.message.contains("may not depend on `cx-core`"), "{fault}");
}

#[test]
fn a_file_of_700_lines_is_caught() {
    let long = "const A: u8 = 1;\n".repeat(700);
    for path in ["crates/cx-core/src/infer/long.rs", "crates/cx-web/app/src/long.ts"] {
        let fault = one(file(path, long.clone()));
        assert!(!fault.mild && fault.message.contains("700 lines"), "{fault}");
    }
    let fault = one(file("crates/cx-core/src/infer/long.rs", "const A: u8 = 1;\n".repeat(450)));
    assert!(fault.mild && fault.message.contains("450 lines"), "{fault}");
}

#[test]
fn tests_may_be_long() {
    let lines = "const A: u8 = 1;\n".repeat(700);
    for path in
        ["tests/tests/long.rs", "crates/cx-core/src/sources/tests.rs", "crates/cx-web/app/src/a.test.ts"]
    {
        assert_eq!(with(file(path, lines.clone())), []);
    }
    let tail = format!("const B: u8 = 1;\n#[cfg(test)]\nmod tests {{\n{lines}}}\n");
    assert_eq!(with(file("crates/cx-core/src/infer/long.rs", tail)), []);
}

#[test]
fn a_missing_reference_key_is_caught() {
    let fault = one(file("crates/cx-core/src/infer/mean.rs", "//! Source: `welch1947`.\n"));
    assert!(fault.message.contains("`welch1947` is not listed"), "{fault}");
    assert_eq!(fault.line, Some(1));
    let list = "[[reference]]\nkey = \"wilson1927\"\n[[reference]]\nkey = \"welch1947\"\n";
    let fault = one(file("docs/references.toml", list));
    assert!(fault.message.contains("`welch1947` is listed and nothing cites it"), "{fault}");
}

#[test]
fn empty_names_are_caught() {
    for path in ["crates/cx-core/src/infer/utils.rs", "crates/cx-core/src/infer/helpers/a.rs", "docs/misc.md"]
    {
        assert!(one(file(path, "")).message.contains("says nothing"), "{path}");
    }
}

#[test]
fn logic_in_a_list_of_modules_is_caught() {
    for name in ["mod.rs", "lib.rs"] {
        let path = format!("crates/cx-report/src/a/{name}");
        let text = "pub struct A;\n\nimpl A {\n    pub fn a(&self) {}\n}\n";
        assert_eq!(with(file(&path, text)).len(), 2);
        assert_eq!(with(file(&path, "pub const fn a() -> Result<u8, u8> { 1 }\n")).len(), 1);
        let plain = "mod a;\npub use a::A;\npub trait T { fn t(&self, a: impl X) -> u8; }\npub struct S { f: fn(u8) -> u8, g: G }\npub enum E { A { b: u8 } }\n";
        assert_eq!(with(file(&path, plain)), []);
        assert_eq!(with(file(&path, "#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() {}\n}\n")), []);
    }
}

#[test]
fn machines_and_registries_are_caught() {
    let lines = [
        ["https://index.", "crates.io/config.json"],
        ["see https://reg", "istry.npmjs.org/echarts"],
        ["read `/wo", "rk/data/x.csv`"],
        ["/ro", "ot/.cargo"],
        ["cd /ho", "me/someone"],
    ];
    for parts in lines {
        assert_eq!(with(file("docs/guide/start.md", parts.concat())).len(), 1, "{parts:?}");
    }
    let resolved = format!("  \"{}\": \"https://mirror.example/echarts\",\n", "resolved");
    assert_eq!(with(file("tests/browser/package-lock.json", resolved)).len(), 1);
    assert_eq!(with(file("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n")).len(), 1);
    let usual = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    assert_eq!(with(file("Cargo.lock", usual)), []);
    assert_eq!(with(file("docs/guide/a.md", "crates/work/a, ./home/x and $HOME/.cache")), []);
}

#[test]
fn records_are_in_order() {
    let text = "# 3\n## Context\n## Decision\n## Consequences\n";
    let fault = one(file("docs/decisions/0003-third.md", text));
    assert!(fault.message.contains("the next decision record is 0002"), "{fault}");
    assert_eq!(with(file("docs/decisions/0002-second.md", "# 2\n## Context\n## Decision\n")).len(), 1);
    assert_eq!(with(file("docs/decisions/second.md", text)).len(), 1);
    assert_eq!(with(file("CHANGELOG.md", "# Changelog\n## [0.1.0]\n")).len(), 1);
}

#[test]
fn what_is_not_rust_is_said() {
    let fault = one(file("crates/cx-core/src/infer/broken.rs", "fn f( {\n"));
    assert!(fault.message.contains("not Rust"), "{fault}");
}
