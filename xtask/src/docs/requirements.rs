//! Which requirements are proven, and where: `S031` in a test or a page of the
//! docs names one. Beside the words "in part" it is proven in part.
//!
//! The demands themselves come from `design/requirements.json` of the shared
//! folder where that is at hand; elsewhere they are read back from the
//! committed page, so that the page can be checked anywhere.

use super::write::FOLDER;
use crate::tidy::{Code, SourceFile, tracked};
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// One demand.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Demand {
    id: String,
    group: String,
    requirement: String,
    statement: String,
}

/// Where a demand is named.
#[derive(Debug, Default, PartialEq, Eq)]
struct Proof {
    /// Files that prove it.
    whole: BTreeSet<String>,
    /// Files that prove it in part.
    part: BTreeSet<String>,
}

/// The page.
///
/// # Errors
/// Where there is no list of demands, or a test names one that is not in it.
pub(super) fn page(root: &Path) -> Result<String> {
    let demands = demands(root)?;
    let proofs = proofs(&tracked(root)?);
    let known: BTreeSet<&str> = demands.iter().map(|demand| demand.id.as_str()).collect();
    let unknown: Vec<&str> = proofs.keys().map(String::as_str).filter(|id| !known.contains(id)).collect();
    ensure!(unknown.is_empty(), "a test or page names requirements that do not exist: {unknown:?}");
    Ok(render(&demands, &proofs))
}

fn demands(root: &Path) -> Result<Vec<Demand>> {
    let shared = std::env::var_os("CX_SHARED").map_or_else(|| root.join("../shared"), Into::into);
    let list = shared.join("design/requirements.json");
    let demands = if list.is_file() {
        from_list(&std::fs::read_to_string(&list)?).with_context(|| format!("in {}", list.display()))?
    } else {
        let page = root.join(FOLDER).join("requirements.md");
        let text = std::fs::read_to_string(&page)
            .context("neither the list of requirements nor the committed page can be read (CX_SHARED)")?;
        from_page(&text)
    };
    ensure!(!demands.is_empty(), "the list of requirements is empty");
    Ok(demands)
}

fn from_list(text: &str) -> Result<Vec<Demand>> {
    let list: serde_json::Value = serde_json::from_str(text)?;
    let entries = list["requirements"].as_array().context("no list `requirements`")?;
    entries
        .iter()
        .map(|entry| {
            let field = |name: &str| {
                let text = entry[name].as_str().with_context(|| format!("{entry} has no `{name}`"))?;
                Ok::<_, anyhow::Error>(text.replace('|', "/").trim().to_owned())
            };
            Ok(Demand {
                id: field("id")?,
                group: field("group")?,
                requirement: field("requirement")?,
                statement: field("test")?,
            })
        })
        .collect()
}

/// The demands as [`render`] wrote them.
fn from_page(text: &str) -> Vec<Demand> {
    let mut demands = Vec::new();
    let mut group = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut group);
        }
        let cells: Vec<&str> = line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect();
        if let [id, requirement, statement, _] = cells[..]
            && is_id(id)
        {
            demands.push(Demand {
                id: id.to_owned(),
                group: group.clone(),
                requirement: requirement.to_owned(),
                statement: statement.to_owned(),
            });
        }
    }
    demands
}

fn is_id(word: &str) -> bool {
    word.len() == 4 && word.starts_with('S') && word[1..].bytes().all(|b| b.is_ascii_digit())
}

/// Every demand named in tests and in pages that people write.
fn proofs(files: &[SourceFile]) -> BTreeMap<String, Proof> {
    let mut proofs: BTreeMap<String, Proof> = BTreeMap::new();
    for file in files {
        let written = file.path.starts_with("docs/") && !file.path.starts_with(FOLDER);
        let tests = test_lines(file);
        for (i, line) in file.text.lines().enumerate() {
            let line_number = i + 1;
            let counts =
                written || file.is_test() || tests.iter().any(|(a, b)| (*a..=*b).contains(&line_number));
            if !counts || file.path.starts_with("xtask/") {
                continue;
            }
            for id in line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| is_id(word)) {
                let proof = proofs.entry(id.to_owned()).or_default();
                let place = if line.contains("in part") { &mut proof.part } else { &mut proof.whole };
                place.insert(file.path.clone());
            }
        }
    }
    proofs
}

/// Lines of the tests at the end of a file of code.
fn test_lines(file: &SourceFile) -> Vec<(usize, usize)> {
    if file.ending() != "rs" {
        return Vec::new();
    }
    Code::read(&file.path, &file.text).map(|code| code.tests).unwrap_or_default()
}

fn render(demands: &[Demand], proofs: &BTreeMap<String, Proof>) -> String {
    let mut page = String::from(
        "# Requirements and their proofs\n\n\
         Made by `cargo xtask docs`; not edited. A test or a page of the docs that names a requirement\n\
         proves it, or proves it in part where it says so.\n\n",
    );
    let count = |whole: bool| {
        demands.iter().filter_map(|d| proofs.get(&d.id)).filter(|p| p.whole.is_empty() != whole).count()
    };
    let _ = writeln!(
        page,
        "{} requirements: {} proven, {} in part, {} not yet.",
        demands.len(),
        count(true),
        count(false),
        demands.len() - count(true) - count(false)
    );
    let mut group = "";
    for demand in demands {
        if demand.group != group {
            group = &demand.group;
            let _ = write!(
                page,
                "\n## {group}\n\n| id | requirement | statement to test | proven by |\n|---|---|---|---|\n"
            );
        }
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} |",
            demand.id,
            demand.requirement,
            demand.statement,
            proofs.get(&demand.id).map_or("–".to_owned(), Proof::text)
        );
    }
    page
}

impl Proof {
    fn text(&self) -> String {
        let name = |path: &String| format!("`{path}`");
        let part = self.part.difference(&self.whole).map(|path| format!("{} (in part)", name(path)));
        self.whole.iter().map(name).chain(part).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), text: text.to_owned() }
    }

    fn list() -> Vec<Demand> {
        let text = r#"{"requirements": [
            {"id": "S031", "group": "metrics", "requirement": "Answer", "test": "a | b"},
            {"id": "S032", "group": "metrics", "requirement": "Say so", "test": "c"}]}"#;
        from_list(text).unwrap()
    }

    #[test]
    fn a_page_gives_its_demands_back() {
        let page = render(&list(), &BTreeMap::new());
        assert!(page.contains("2 requirements: 0 proven, 0 in part, 2 not yet."), "{page}");
        assert_eq!(from_page(&page), list());
    }

    #[test]
    fn tests_and_pages_prove_and_code_does_not() {
        let files = [
            file("tests/tests/a.rs", "//! Proves S031.\n"),
            file("docs/guide/b.md", "S032, in part\n"),
            file("crates/x/src/c.rs", "// S032\n#[cfg(test)]\nmod tests {\n    // S032\n}\n"),
            file("crates/x/src/d.rs", "// S031\n"),
            file("docs/generated/requirements.md", "| S032 | a | b | c |\n"),
        ];
        let proofs = proofs(&files);
        assert_eq!(proofs["S031"].text(), "`tests/tests/a.rs`");
        assert_eq!(proofs["S032"].text(), "`crates/x/src/c.rs`, `docs/guide/b.md` (in part)");
        assert!(render(&list(), &proofs).contains("2 proven, 0 in part, 0 not yet"));
    }
}
