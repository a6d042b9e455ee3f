//! `cargo xtask test`: every suite, and how many tests passed.

use crate::counts::{Counts, of_browser, of_cargo, of_vitest};
use crate::run::{cargo, listen, program, run};
use crate::{demo, machine, web};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

/// What the suites came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Tests that ran.
    pub(crate) counts: Counts,
    /// Suites that did not end well, and why.
    pub(crate) faults: Vec<String>,
}

impl Outcome {
    fn add(&mut self, suite: &str, counts: Counts, success: bool) {
        self.counts += counts;
        if !success {
            self.faults.push(format!("{suite} failed"));
        } else if counts.passed == 0 {
            self.faults.push(format!("{suite} ended well and ran no test"));
        }
    }
}

/// How the suites are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rigour {
    /// For a person at work.
    Work,
    /// For a change that is to be taken: snapshots that no test refers to are refused.
    Gate,
}

/// Runs every suite, also after one has failed.
pub(crate) fn all(root: &Path, rigour: Rigour) -> Outcome {
    let mut outcome = Outcome::default();
    // The application first, because the crate that embeds its page is compiled after it.
    let suites: [(&str, Suite); 3] =
        [("web application", web_application), ("Rust", rust), ("browser", browser)];
    for (name, suite) in suites {
        println!("\n== {name} ==");
        if let Err(error) = suite(root, rigour, &mut outcome) {
            outcome.faults.push(format!("{name}: {error:#}"));
        }
    }
    outcome
}

type Suite = fn(&Path, Rigour, &mut Outcome) -> Result<()>;

/// `cargo xtask test`: all suites, the counts as the last line.
///
/// A failure is in the exit code and not an error, so that the counts stay the last line.
pub(crate) fn task(root: &Path) -> ExitCode {
    let outcome = all(root, Rigour::Work);
    for fault in &outcome.faults {
        println!("FAILED {fault}");
    }
    println!("{}", outcome.counts);
    if outcome.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Types, unit tests and the build of the page.
fn web_application(root: &Path, _: Rigour, outcome: &mut Outcome) -> Result<()> {
    if let Some(why) = machine::without_node() {
        return machine::skip("the web application's tests", why);
    }
    web::build(root)?;
    let app = web::folder(root);
    run(&mut program("npm", &app, &["run", "--silent", "check"]))?;
    let heard = listen(program("npm", &app, &["test", "--silent"]).env("NO_COLOR", "1").env("CI", "1"))?;
    outcome.add("web application", of_vitest(&heard.lines), heard.success);
    Ok(())
}

/// Every crate, every suite in `tests/`, every example in the documentation.
fn rust(root: &Path, rigour: Rigour, outcome: &mut Outcome) -> Result<()> {
    let seen = machine::target(root)?.join("snapshots-seen.txt");
    if seen.exists() {
        fs::remove_file(&seen).with_context(|| format!("cannot remove {}", seen.display()))?;
    }
    let heard = listen(
        cargo(root, &["test", "--workspace", "--no-fail-fast"])
            .env("INSTA_UPDATE", "no")
            .env("INSTA_SNAPSHOT_REFERENCES_FILE", &seen),
    )?;
    outcome.add("cargo test", of_cargo(&heard.lines), heard.success);
    if rigour == Rigour::Gate {
        for path in unreferenced(root, &seen)? {
            outcome.faults.push(format!("no test refers to the snapshot {}", path.display()));
        }
    }
    Ok(())
}

/// Snapshots in the tree that no test asked for.
fn unreferenced(root: &Path, seen: &Path) -> Result<Vec<PathBuf>> {
    let text = if seen.exists() { fs::read_to_string(seen)? } else { String::new() };
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let asked: BTreeSet<PathBuf> = text.lines().map(|line| real(Path::new(line))).collect();
    let files = crate::tidy::tracked(root)?;
    let snapshots = files.iter().filter(|file| file.ending() == "snap");
    Ok(snapshots.map(|file| real(&root.join(&file.path))).filter(|path| !asked.contains(path)).collect())
}

/// The report opened in a real browser, as a reader would.
fn browser(root: &Path, _: Rigour, outcome: &mut Outcome) -> Result<()> {
    let suite = "the browser's tests";
    if let Some(why) = machine::without_node() {
        return machine::skip(suite, why);
    }
    let Some(chromium) = machine::chromium() else {
        return machine::skip(suite, "there is no Chromium (apt-get install chromium, or set CHROMIUM)");
    };
    let folder = root.join("tests/browser");
    web::packages(&folder)?;
    let out = machine::target(root)?.join("browser");
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    let mut pages = Vec::new();
    for form in ["html", "plain"] {
        let page = out.join(format!("sample-{form}.html"));
        sample(root, form, &page)?;
        pages.push((form, page));
    }
    // What a stranger sees first is held to the same promises as the sample that has every kind of block.
    pages.push(("demo", demo::report_in(root, &out.join("demo-company"))?));
    for (form, page) in pages {
        let (page, shots) = (page.display().to_string(), out.join(form).display().to_string());
        let heard =
            listen(program("node", &folder, &["report.mjs", &page, &shots]).env("CHROMIUM", &chromium))?;
        outcome.add(&format!("browser ({form})"), of_browser(&heard.lines), heard.success);
    }
    println!("screenshots: {}", out.display());
    Ok(())
}

/// Writes the sample report, with the application or without it.
fn sample(root: &Path, form: &str, page: &Path) -> Result<()> {
    let sample = machine::built(root, "--example", "sample")?.display().to_string();
    let output = program(&sample, root, &[form]).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("the sample report ({form}) was not written");
    }
    fs::write(page, output.stdout).with_context(|| format!("cannot write {}", page.display()))
}
