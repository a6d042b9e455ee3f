//! `cargo xtask ci`: everything a change must pass.

use crate::counts::Counts;
use crate::run::{cargo, run};
use crate::suites::{self, Rigour};
use crate::{demo, docs, tidy};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What became of a step.
struct Step {
    name: &'static str,
    took: Duration,
    fault: Option<String>,
}

/// The steps so far.
#[derive(Default)]
struct Steps(Vec<Step>);

impl Steps {
    /// Runs a step, also after another has failed: one run tells everything.
    fn run(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        println!("\n=== {name} ===");
        let start = Instant::now();
        let fault = work().err().map(|error| format!("{error:#}"));
        if let Some(fault) = &fault {
            println!("FAILED {fault}");
        }
        self.0.push(Step { name, took: start.elapsed(), fault });
    }

    /// The table of steps.
    fn table(&self) -> String {
        let wide = self.0.iter().map(|step| step.name.len()).max().unwrap_or_default();
        let row = |step: &Step| {
            let state = step.fault.as_deref().map_or("ok".to_owned(), |fault| format!("FAILED  {fault}"));
            format!("{:wide$}  {:>8.1} s  {state}\n", step.name, step.took.as_secs_f64())
        };
        self.0.iter().map(row).collect()
    }
}

/// The task: a table of steps, and the counts as the last line.
///
/// A failure is in the exit code and not an error, so that the counts stay the last line.
pub(crate) fn task(root: &Path) -> ExitCode {
    let mut steps = Steps::default();
    let mut counts = Counts::default();
    steps.run("format", || run(&mut cargo(root, &["fmt", "--all", "--check"])));
    steps.run("tidy", || tidy::run(root));
    steps.run("generated pages", || docs::run(root, docs::Mode::Check));
    steps.run("tests", || {
        let outcome = suites::all(root, Rigour::Gate);
        counts = outcome.counts;
        if outcome.faults.is_empty() { Ok(()) } else { bail!("{}", outcome.faults.join("; ")) }
    });
    steps.run("demo", || demo::run_demo(root));
    steps.run("clippy", || {
        run(&mut cargo(root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    });
    steps.run("documentation", || {
        run(cargo(root, &["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
    });
    let failed = steps.0.iter().any(|step| step.fault.is_some());
    println!("\n{}", steps.table());
    println!("{counts}");
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_stays_in_the_table_and_the_next_one_runs() {
        let mut steps = Steps::default();
        steps.run("first", || bail!("it broke"));
        let mut ran = false;
        steps.run("second", || {
            ran = true;
            Ok(())
        });
        assert!(ran);
        let table = steps.table();
        assert!(table.contains("FAILED  it broke") && table.lines().count() == 2, "{table}");
    }
}
