//! Models of repeat purchases beside the Python package `lifetimes`.

use super::{Bench, Took};
use crate::machine;
use crate::run::{cargo, program, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Customers simulated for the large case.
const CUSTOMERS: &str = "1000000";

/// One fit as the program itself tells it, and the whole process as seen from outside.
struct Fit {
    name: &'static str,
    took: Took,
    log_likelihood: f64,
    cells: f64,
    count: f64,
    fitting: f64,
}

/// BG/NBD and Pareto/NBD on CDNOW's customers and on a million simulated ones.
///
/// # Errors
/// Where the package is missing or a program fails.
pub(super) fn part(bench: &Bench<'_>) -> Result<()> {
    let has = ["-c", "import lifetimes, numpy, pandas"];
    if !std::process::Command::new(bench.python).args(has).output().is_ok_and(|o| o.status.success()) {
        eprintln!(
            "SKIPPED repeat purchases: `{}` lacks the package; `pip install lifetimes` adds it",
            bench.python
        );
        return Ok(());
    }
    run(&mut cargo(bench.root, &["build", "--release", "--package", "cx-tests", "--bin", "buying"]))?;
    let folder = machine::target(bench.root)?.join("bench");
    fs::create_dir_all(&folder)?;
    let shared = std::env::var_os("CX_SHARED").map_or_else(|| bench.root.join("../shared"), PathBuf::from);
    let summary = shared.join("oracle/btyd_bgnbd/input.csv");
    let mut cases = Vec::new();
    if summary.is_file() {
        cases.push(("CDNOW, 2357 customers", "cdnow.csv", summary.display().to_string()));
    } else {
        eprintln!("SKIPPED CDNOW: {} is not there; set CX_SHARED", summary.display());
    }
    let simulated = std::env::var("CX_BENCH_CUSTOMERS").unwrap_or_else(|_| CUSTOMERS.to_owned());
    let simulated_name = format!("customers-{simulated}.csv");
    cases.push(("simulated customers, each on its own", &simulated_name, simulated));
    for (title, file, source) in cases {
        let path = folder.join(file).display().to_string();
        run(&mut program(bench.python, bench.root, &["xtask/bench/customers.py", &path, &source]))?;
        for model in ["bg-nbd", "pareto-nbd"] {
            println!("{model}, {title}");
            let fits = [
                theirs(bench, &folder, &path, model, "rows")?,
                theirs(bench, &folder, &path, model, "cells")?,
                ours(bench, &folder, &path, model)?,
            ];
            table(&fits);
        }
    }
    Ok(())
}

fn theirs(bench: &Bench<'_>, folder: &Path, path: &str, model: &str, how: &'static str) -> Result<Fit> {
    let out = folder.join("buying.json").display().to_string();
    let name = if how == "rows" { "lifetimes, rows" } else { "lifetimes, cells" };
    measured(bench, name, &[bench.python, "xtask/bench/buying.py", path, model, how, &out], &out)
}

fn ours(bench: &Bench<'_>, folder: &Path, path: &str, model: &str) -> Result<Fit> {
    let out = folder.join("buying.json").display().to_string();
    let program = machine::target(bench.root)?.join("release/buying").display().to_string();
    measured(bench, "cx, cells", &[&program, path, model, &out], &out)
}

/// The fastest run of a program that writes what it found to `out`.
fn measured(bench: &Bench<'_>, name: &'static str, command: &[&str], out: &str) -> Result<Fit> {
    let mut best: Option<Fit> = None;
    for _ in 0..super::RUNS {
        let took = bench.once(command)?;
        let told: serde_json::Value = serde_json::from_str(&fs::read_to_string(out)?)?;
        let number = |key: &str| told[key].as_f64().with_context(|| format!("no {key} from {name}"));
        let fit = Fit {
            name,
            took,
            log_likelihood: number("log_likelihood")?,
            cells: number("cells")?,
            count: number("count_seconds")?,
            fitting: number("fit_seconds")?,
        };
        if best.as_ref().is_none_or(|b| fit.fitting < b.fitting) {
            best = Some(fit);
        }
        // Of a run of minutes, another would say little more.
        if took.seconds > super::LONG {
            break;
        }
    }
    best.context("no run")
}

/// One table, with the ratio of the fits to the first line.
fn table(fits: &[Fit]) {
    println!(
        "  {:<17} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}  {:>16}",
        "", "cells", "count s", "fit s", "whole s", "MB", "x fit", "log-likelihood"
    );
    let first = fits.first().map_or(1.0, |fit| fit.fitting);
    for f in fits {
        println!(
            "  {:<17} {:>9} {:>9.3} {:>9.3} {:>9.2} {:>8.0} {:>8.4}  {:>16.4}",
            f.name,
            f.cells,
            f.count,
            f.fitting,
            f.took.seconds,
            f.took.megabytes,
            f.fitting / first,
            f.log_likelihood
        );
    }
    println!();
}
