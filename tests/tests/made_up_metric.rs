//! A metric is one declaration: a made-up one is written into a copy of the
//! workspace, and the catalogue, the commands, the report and the generated
//! pages of the program that is built from the copy know it.
//!
//! The copy lies in one place and keeps what it has built, and the crates of
//! others come from this build: a minute or two the first time, seconds after.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The one file that is changed.
const CATEGORY: &str = "crates/cx-core/src/studies/metrics/catalog/measurement_quality.rs";

/// The one declaration, as a contributor would write it.
const DECLARATION: &str = r#"    Declaration {
        id: "made_up_delight",
        name: "Made-up delight",
        meaning: "Share of answers at the very best point of the scale, a metric that nobody needs.",
        forms: &[plain("share(from_best = 0) of responses where question = 'recommend' and answered")],
        edges: "It was made up by a test.",
        source: "nobody",
        ..BASE
    },
"#;

const SETTINGS: &str = "format = 1\n\
    [project]\nname = \"Acme\"\ntime_zone = \"Europe/Warsaw\"\nprofile = [\"nps\", \"made_up_delight\"]\n\
    [questions]\nrecommend = \"0-10\"\n\
    [[source]]\nname = \"survey\"\nfiles = [\"answers.csv\"]\n\
    [source.responses]\nresponse_id = \"id\"\nanswered_at = \"day\"\nquestion = { value = \"recommend\" }\n\
    value = \"score\"\n";

/// Where this build lies.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_path_buf()
}

/// Cargo's files and every package, without what is made from them.
fn sources(folder: &Path, from: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if from.is_empty() { name.clone() } else { format!("{from}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            if !["target", "node_modules", "snapshots", ".git", "demo"].contains(&name.as_str()) {
                sources(&entry.path(), &path, found);
            }
        } else {
            found.push(path);
        }
    }
}

/// A copy of the workspace with the declaration in it. What is equal already is
/// not written again, so that cargo builds only what has changed.
///
/// The copy calls itself another version: cargo tells two checkouts of one
/// workspace apart by nothing else, and would take the one's crates for the other's.
fn copy_with_the_declaration(copy: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let mut files: Vec<String> = Vec::new();
    for folder in ["crates", "xtask", "tests", ".cargo"] {
        if root.join(folder).is_dir() {
            sources(&root.join(folder), folder, &mut files);
        }
    }
    files.extend(["Cargo.toml", "Cargo.lock"].map(str::to_owned));
    if copy.is_dir() {
        let mut old = Vec::new();
        sources(copy, "", &mut old);
        for gone in old.iter().filter(|path| !files.contains(path)) {
            fs::remove_file(copy.join(gone)).unwrap();
        }
    }
    for path in &files {
        let mut bytes = fs::read(root.join(path)).unwrap();
        if path == CATEGORY {
            let text = String::from_utf8(bytes).unwrap();
            let end = text.rfind("\n];").unwrap() + 1;
            bytes = format!("{}{DECLARATION}{}", &text[..end], &text[end..]).into_bytes();
        }
        if path == "Cargo.toml" {
            let text = String::from_utf8(bytes).unwrap();
            let own = concat!("\nversion = \"", env!("CARGO_PKG_VERSION"), "\"\n");
            assert_eq!(text.matches(own).count(), 1, "the workspace's version");
            bytes = text.replace(own, "\nversion = \"0.0.0-made-up\"\n").into_bytes();
        }
        let place = copy.join(path);
        if fs::read(&place).is_ok_and(|there| there == bytes) {
            continue;
        }
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, bytes).unwrap();
    }
}

/// Builds `cx` from the copy and says where it is.
///
/// Only the finished program goes to a folder of its own. What is made on the
/// way shares the folder of this build, where the dependencies lie ready.
fn build(copy: &Path) -> PathBuf {
    let own = copy.parent().unwrap().join("built");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet", "--offline", "--workspace", "--bin", "cx"])
        .current_dir(copy)
        // Our own crates need not be fast here; those of others keep the settings they are built with.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_BUILD_BUILD_DIR", target())
        .env("CARGO_TARGET_DIR", &own);
    // What cargo told this test about its own package is not true of the copy.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    said(&cargo.output().unwrap());
    own.join("debug").join(format!("cx{}", std::env::consts::EXE_SUFFIX))
}

/// What a run printed; it must have ended well.
fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn one_declaration_reaches_catalogue_commands_report_and_pages() {
    let copy = target().join("made-up-metric").join("workspace");
    copy_with_the_declaration(&copy);
    let program = build(&copy);

    let folder = tempfile::tempdir().unwrap();
    // Of 40 answers 10 are at the best point.
    let mut rows = "id,score,day\n".to_owned();
    for i in 0..40 {
        writeln!(rows, "{i},{},2026-01-{:02}", if i % 4 == 0 { 10 } else { 7 }, 1 + i % 28).unwrap();
    }
    fs::write(folder.path().join("answers.csv"), rows).unwrap();
    fs::write(folder.path().join("cx.toml"), SETTINGS).unwrap();
    let cx = |words: &[&str]| {
        said(&Command::new(&program).args(words).current_dir(folder.path()).output().unwrap())
    };
    let json = |words: &[&str]| -> serde_json::Value {
        serde_json::from_str(&cx(&[words, &["--format", "json"]].concat())).unwrap()
    };

    let listed = cx(&["catalog"]);
    assert!(listed.contains("made_up_delight"), "{listed}");
    let shown = cx(&["catalog", "made_up_delight"]);
    for words in ["Made-up delight", "a metric that nobody needs", "share(from_best = 0)", "nobody"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }

    // With its interval: Wilson's of 10 out of 40.
    let near = |x: &serde_json::Value, wanted: f64| (x.as_f64().unwrap() - wanted).abs() < 5e-5;
    for words in [&["metrics"][..], &["metrics", "made_up_delight"]] {
        let answer = json(words);
        let cards = answer["cards"].as_array().unwrap();
        let card = cards.iter().find(|card| card["metric"]["id"] == "made_up_delight").unwrap();
        let found = &card["overall"]["estimate"];
        assert!(near(&found["value"], 0.25), "{found}");
        assert!(
            near(&found["interval"]["low"], 0.1419) && near(&found["interval"]["high"], 0.4019),
            "{found}"
        );
    }
    let explained = cx(&["explain", "made_up_delight"]);
    assert!(explained.contains("from_best = 0") && explained.contains("answers.csv"), "{explained}");

    for file in ["r.html", "r.md", "r.json", "r.csv"] {
        cx(&["report", "-o", file]);
        let report = fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(report.contains("made_up_delight"), "{file}");
        assert!(file == "r.csv" || report.contains("Made-up delight"), "{file}");
    }

    cx(&["docs", "--dir", "pages"]);
    let page = fs::read_to_string(folder.path().join("pages/catalogue.md")).unwrap();
    assert!(page.contains("### `made_up_delight` Made-up delight"));
    assert!(!include_str!("../../docs/generated/catalogue.md").contains("made_up_delight"));
}
