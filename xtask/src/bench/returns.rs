//! Twenty initiatives and a plan on a million customers: what each part takes.

use super::Bench;
use crate::machine;
use crate::run::{cargo, program, run};
use anyhow::{Context, Result, bail};

/// Customers of the company, unless `CX_BENCH_CUSTOMERS` says otherwise.
const CUSTOMERS: &str = "1000000";
/// Parts that read rows; the others work on what is left of them.
const OF_ROWS: [&str; 4] = ["reading", "effects", "all together", "who candidates are for"];

/// `cx plan`, which asks every initiative first: effects, 10,000 draws each, Sobol's indices, the best set.
///
/// # Errors
/// Where the company cannot be generated or a program fails.
pub(super) fn part(bench: &Bench<'_>) -> Result<()> {
    let has = ["-c", "import numpy, pyarrow"];
    if !std::process::Command::new(bench.python).args(has).output().is_ok_and(|o| o.status.success()) {
        eprintln!("SKIPPED returns: `{}` lacks numpy or pyarrow", bench.python);
        return Ok(());
    }
    let customers = std::env::var("CX_BENCH_CUSTOMERS").unwrap_or_else(|_| CUSTOMERS.to_owned());
    let folder = machine::target(bench.root)?.join("bench").join(format!("returns-{customers}"));
    let place = folder.display().to_string();
    if !folder.join("cx.toml").is_file() {
        run(&mut program(bench.python, bench.root, &["xtask/bench/returns.py", &place, &customers]))?;
    }
    // A program that stands somewhere already can be named: what a debug build does in time, a release does.
    let cx = match std::env::var("CX_BENCH_PROGRAM") {
        Ok(named) => named,
        Err(_) => {
            run(&mut cargo(bench.root, &["build", "--release", "--package", "cx-cli"]))?;
            machine::target(bench.root)?.join("release/cx").display().to_string()
        }
    };
    let words = ["plan", "--project", &place, "--format", "json", "--verbose", "--threads", "2"];
    let output = program(&cx, bench.root, &words).output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("`cx plan` failed:\n{told}");
    }
    println!("20 initiatives, 10,000 draws each, and a plan of 14 candidates on {customers} customers");
    println!("  {:<28} {:>9}  on", "part", "seconds");
    let (mut rows, mut rest) = (0.0, 0.0);
    for line in told.lines() {
        let Some((name, seconds)) = line.strip_prefix("cx: ").and_then(|l| l.rsplit_once(": ")) else {
            continue;
        };
        let Some(seconds) = seconds.strip_suffix(" s") else { continue };
        let seconds: f64 = seconds.parse().with_context(|| format!("`{line}` tells no time"))?;
        let of_rows = OF_ROWS.contains(&name);
        *if of_rows { &mut rows } else { &mut rest } += seconds;
        println!("  {name:<28} {seconds:>9.2}  {}", if of_rows { "rows" } else { "what is left of them" });
    }
    println!("  {:<28} {rows:>9.2}\n  {:<28} {rest:>9.2}\n", "rows", "after that");
    Ok(())
}
