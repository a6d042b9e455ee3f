//! The tasks by name.

use crate::{bench, ci, demo, dist, docs, golden, machine, snap, suites, tidy, web};
use anyhow::{Result, bail};
use std::process::ExitCode;

/// What follows the name of a task on the command line.
type Words<'a> = &'a [String];

/// A task.
struct Task {
    name: &'static str,
    words: &'static str,
    does: &'static str,
    run: fn(Words<'_>) -> Result<ExitCode>,
}

/// Every task, in the order a newcomer needs them.
const TASKS: &[Task] = &[
    Task {
        name: "demo",
        words: "[--serve]",
        does: "builds cx, writes a demo company, leaves its report and says where; --serve: its dashboard too",
        run: |words| {
            let root = machine::root();
            let served = flag(words, "--serve")?;
            done(demo::run_demo(&root).and_then(|()| if served { demo::serve(&root) } else { Ok(()) }))
        },
    },
    Task {
        name: "test",
        words: "",
        does: "every suite: Rust, web application, browser",
        run: |words| no_words(words).map(|()| suites::task(&machine::root())),
    },
    Task {
        name: "tidy",
        words: "",
        does: "rules of the house: imports, lengths, names, references",
        run: |words| no_words(words).and_then(|()| done(tidy::run(&machine::root()))),
    },
    Task {
        name: "ci",
        words: "",
        does: "everything a change must pass, with a table of durations",
        run: |words| no_words(words).map(|()| ci::task(&machine::root())),
    },
    Task {
        name: "web",
        words: "",
        does: "builds the web application that reports carry inside",
        run: |words| no_words(words).and_then(|()| done(web::build(&machine::root()))),
    },
    Task {
        name: "snap",
        words: "[accept]",
        does: "what people see and has changed; `accept` takes it",
        run: |words| snap::task(&machine::root(), flag(words, "accept")?),
    },
    Task {
        name: "golden",
        words: "",
        does: "reference values beside computed ones",
        run: |words| no_words(words).and_then(|()| golden::task(&machine::root())),
    },
    Task {
        name: "docs",
        words: "[--check]",
        does: "pages made from the code; --check fails where one is out of date",
        run: |words| {
            let mode = if flag(words, "--check")? { docs::Mode::Check } else { docs::Mode::Write };
            done(docs::run(&machine::root(), mode))
        },
    },
    Task {
        name: "bench",
        words: "[ROWS]",
        does: "time and memory beside DuckDB, polars and pandas, as ratios",
        run: |words| done(bench::task(&machine::root(), words)),
    },
    Task {
        name: "dist",
        words: "",
        does: "a release to hand out: binary, licences, completions, checksum",
        run: |words| no_words(words).and_then(|()| done(dist::pack(&machine::root()))),
    },
];

fn done(result: Result<()>) -> Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}

fn no_words(words: Words<'_>) -> Result<()> {
    match words.first() {
        Some(word) => bail!("this task takes no `{word}`"),
        None => Ok(()),
    }
}

/// True where the one word that a task knows was given.
fn flag(words: Words<'_>, known: &str) -> Result<bool> {
    match words {
        [] => Ok(false),
        [word] if word == known => Ok(true),
        other => bail!("this task takes `{known}` or nothing, not `{}`", other.join(" ")),
    }
}

/// Runs the task that the words name.
pub(crate) fn dispatch(words: &[String]) -> ExitCode {
    let Some(name) = words.first() else {
        print!("{}", help());
        return ExitCode::from(2);
    };
    if ["help", "--help", "-h"].contains(&name.as_str()) {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        eprintln!("there is no task `{name}`\n\n{}", help());
        return ExitCode::from(2);
    };
    match (task.run)(&words[1..]) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let wide = TASKS.iter().map(|task| task.name.len() + task.words.len()).max().unwrap_or_default() + 2;
    let line = |task: &Task| format!("  {:wide$} {}\n", format!("{} {}", task.name, task.words), task.does);
    format!("cargo xtask TASK\n\n{}", TASKS.iter().map(line).collect::<String>())
}
