//! Survival curves and Cox's model beside the Python package `lifelines`.

use super::{Bench, Took};
use crate::machine;
use crate::run::{cargo, program, run};
use anyhow::{Context, Result, bail};
use std::fs;

/// Subjects of the two cases.
const SUBJECTS: [&str; 2] = ["100000", "1000000"];

/// One fit as the program itself tells it, and the whole process as seen from outside.
struct Fit {
    took: Took,
    seconds: f64,
    figures: Vec<f64>,
}

/// Kaplan-Meier and Cox on simulated subjects; both sides must find the same numbers.
///
/// # Errors
/// Where a program fails or the numbers differ.
pub(super) fn part(bench: &Bench<'_>) -> Result<()> {
    let has = ["-c", "import lifelines, numpy, pandas"];
    if !std::process::Command::new(bench.python).args(has).output().is_ok_and(|o| o.status.success()) {
        eprintln!("SKIPPED survival: `{}` lacks the package; `pip install lifelines` adds it", bench.python);
        return Ok(());
    }
    run(&mut cargo(bench.root, &["build", "--release", "--package", "cx-tests", "--bin", "survival"]))?;
    let folder = machine::target(bench.root)?.join("bench");
    fs::create_dir_all(&folder)?;
    let out = folder.join("survival.json").display().to_string();
    let ours = machine::target(bench.root)?.join("release/survival").display().to_string();
    for subjects in SUBJECTS {
        let path = folder.join(format!("subjects-{subjects}.csv")).display().to_string();
        run(&mut program(
            bench.python,
            bench.root,
            &["xtask/bench/lifetimes_of_subjects.py", &path, subjects],
        ))?;
        for task in ["kaplan-meier", "cox"] {
            let theirs =
                measured(bench, &[bench.python, "xtask/bench/survival.py", &path, task, &out], &out)?;
            let own = measured(bench, &[&ours, &path, task, &out], &out)?;
            println!("{task}, {subjects} simulated subjects");
            println!("  {:<10} {:>9} {:>9} {:>8} {:>8}", "", "fit s", "whole s", "MB", "x fit");
            for (name, fit) in [("lifelines", &theirs), ("cx", &own)] {
                println!(
                    "  {name:<10} {:>9.3} {:>9.2} {:>8.0} {:>8.4}",
                    fit.seconds,
                    fit.took.seconds,
                    fit.took.megabytes,
                    fit.seconds / theirs.seconds
                );
            }
            let apart = largest_gap(&theirs.figures, &own.figures);
            println!("  figures differ by {apart:.1e} of themselves at most\n");
            if apart.is_nan() || apart > 1e-5 {
                bail!("{task}: {:?} against {:?}", theirs.figures, own.figures);
            }
        }
    }
    Ok(())
}

/// The largest relative difference of two lists of figures; NaN where they are not of one length.
fn largest_gap(theirs: &[f64], ours: &[f64]) -> f64 {
    if theirs.len() != ours.len() || theirs.is_empty() {
        return f64::NAN;
    }
    theirs.iter().zip(ours).map(|(a, b)| (a / b - 1.0).abs()).fold(0.0, f64::max)
}

/// The fastest run of a program that writes what it found to `out`.
fn measured(bench: &Bench<'_>, command: &[&str], out: &str) -> Result<Fit> {
    let mut best: Option<Fit> = None;
    for _ in 0..super::RUNS {
        let took = bench.once(command)?;
        let told: serde_json::Value = serde_json::from_str(&fs::read_to_string(out)?)?;
        let seconds = told["seconds"].as_f64().context("no seconds")?;
        let figures = told["figures"].as_array().context("no figures")?;
        let figures = figures.iter().filter_map(serde_json::Value::as_f64).collect();
        if best.as_ref().is_none_or(|b| seconds < b.seconds) {
            best = Some(Fit { took, seconds, figures });
        }
        if took.seconds > super::LONG {
            break;
        }
    }
    best.context("no run")
}
