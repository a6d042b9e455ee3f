//! `cargo xtask bench`: time and memory beside peers that do the bare aggregation.
//!
//! A company of a chosen size is generated once; then `cx` and its peers run in
//! turn on the same machine, several times each, and the best run of each
//! counts. A timing is printed as a ratio and never a test.

mod buying;
mod returns;
mod survival;

use crate::machine;
use crate::run::{cargo, program, run};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Rows of responses, and of transactions, unless told otherwise.
const ROWS: u64 = 20_000_000;
/// Runs of each; the best counts.
const RUNS: usize = 3;
/// Seconds from which a run is not repeated.
const LONG: f64 = 60.0;

/// Metrics that only add up rows of answers.
const OF_ROWS: &str =
    "nps,promoter_share,detractor_share,ltr_mean,csat_t2b,csat_mean,dsat_rate,ces2_mean,ease_100";
/// Metrics that bring the purchases of a customer together.
const OF_CUSTOMERS: &str = "repeat_purchase_rate,active_rate:buyers,dormancy_rate,arpu,purchase_frequency";

/// What one run took.
#[derive(Debug, Clone, Copy)]
struct Took {
    seconds: f64,
    cpu: f64,
    megabytes: f64,
}

/// Measures everything and prints one table.
///
/// # Errors
/// Where the company cannot be generated or a program fails.
pub(crate) fn task(root: &Path, words: &[String]) -> Result<()> {
    match words {
        [word] if word == "buying" => return buying::part(&Bench { root, python: &named_python() }),
        [word] if word == "returns" => return returns::part(&Bench { root, python: &named_python() }),
        [word] if word == "survival" => return survival::part(&Bench { root, python: &named_python() }),
        _ => {}
    }
    let rows = match words {
        [] => ROWS,
        [rows] => rows.replace('_', "").parse().with_context(|| format!("`{rows}` is no number of rows"))?,
        _ => bail!("this task takes a number of rows, `buying`, `returns`, `survival`, or nothing"),
    };
    let python = python()?;
    let folder = machine::target(root)?.join("bench").join(rows.to_string());
    if !folder.join("cx.toml").is_file() {
        let (folder, rows) = (folder.display().to_string(), rows.to_string());
        run(&mut program(&python, root, &["xtask/bench/generate.py", &folder, &rows]))?;
    }
    run(&mut cargo(root, &["build", "--release", "--package", "cx-cli"]))?;
    let cx = machine::target(root)?.join("release/cx").display().to_string();
    let place = folder.display().to_string();
    let bench = Bench { root, python: &python };
    let peer = |tool: &str, task: &str| bench.best(&[&python, "xtask/bench/peer.py", &place, tool, task]);
    let ours = |metrics: &str, more: &[&str]| {
        let list: Vec<&str> = metrics.split(',').filter(|m| !m.is_empty()).collect();
        let head = [cx.as_str(), "metrics"];
        let tail = ["--project", &place, "--format", "json", "--quiet"];
        bench.best(&[&head[..], &list, more, &tail].concat())
    };
    println!("{rows} responses and {rows} transactions, best of {RUNS} runs\n");
    let cut = ["--by", "channel", "--every", "month"];
    table(
        "answers: a bare histogram by question, channel, month and point; cx: nine metrics with intervals by channel and month",
        &[
            ("duckdb", peer("duckdb", "histogram")?),
            ("polars", peer("polars", "histogram")?),
            ("pandas", peer("pandas", "histogram")?),
            ("cx", ours(OF_ROWS, &cut)?),
        ],
    );
    table(
        "customers: bare frequency, recency and spend per customer; cx: five metrics with intervals",
        &[
            ("duckdb", peer("duckdb", "customers")?),
            ("polars", peer("polars", "customers")?),
            ("pandas", peer("pandas", "customers")?),
            ("cx", ours(OF_CUSTOMERS, &[])?),
        ],
    );
    let whole = ["--by", "segment,channel", "--every", "month"];
    table("everything: the full-50 profile by segment, channel and month", &[("cx", ours("", &whole)?)]);
    buying::part(&bench)?;
    returns::part(&bench)?;
    survival::part(&bench)
}

/// The Python that is named, whatever it has.
fn named_python() -> String {
    std::env::var("CX_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// A Python that has the peers.
fn python() -> Result<String> {
    let named = named_python();
    let check = ["-c", "import duckdb, numpy, pandas, polars, pyarrow"];
    let found = std::process::Command::new(&named).args(check).output();
    if found.is_ok_and(|output| output.status.success()) {
        return Ok(named);
    }
    bail!(
        "`{named}` lacks the peers; make an environment with `pip install duckdb polars pandas pyarrow numpy` \
         and name its python in CX_BENCH_PYTHON"
    )
}

struct Bench<'a> {
    root: &'a Path,
    python: &'a str,
}

impl Bench<'_> {
    /// The fastest of several runs.
    fn best(&self, command: &[&str]) -> Result<Took> {
        let mut best: Option<Took> = None;
        for _ in 0..RUNS {
            let took = self.once(command)?;
            if best.is_none_or(|b| took.seconds < b.seconds) {
                best = Some(took);
            }
        }
        best.context("no run")
    }

    fn once(&self, command: &[&str]) -> Result<Took> {
        let script: PathBuf = ["xtask", "bench", "measure.py"].iter().collect();
        let script = script.display().to_string();
        let words = [&[script.as_str()], command].concat();
        let output = program(self.python, self.root, &words).output()?;
        if !output.status.success() {
            bail!("`{}` failed:\n{}", command.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        let took: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let number = |key: &str| took[key].as_f64().with_context(|| format!("no {key}"));
        Ok(Took { seconds: number("seconds")?, cpu: number("cpu")?, megabytes: number("mb")? })
    }
}

/// One table, with ratios to the first line.
fn table(title: &str, lines: &[(&str, Took)]) {
    println!("{title}");
    println!("  {:<8} {:>9} {:>9} {:>9} {:>8} {:>8}", "", "seconds", "cpu s", "MB", "× time", "× MB");
    let first = lines.first().map(|(_, took)| *took);
    for (name, took) in lines {
        let ratio = |f: fn(&Took) -> f64| first.map_or(1.0, |first| f(took) / f(&first));
        println!(
            "  {name:<8} {:>9.2} {:>9.2} {:>9.0} {:>8.2} {:>8.2}",
            took.seconds,
            took.cpu,
            took.megabytes,
            ratio(|t| t.seconds),
            ratio(|t| t.megabytes)
        );
    }
    println!();
}
