//! Project tasks: `cargo xtask help`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "tasks speak to a person on a terminal")]

mod bench;
mod ci;
mod counts;
mod demo;
mod dist;
mod docs;
mod golden;
mod machine;
mod run;
mod snap;
mod suites;
mod task;
mod tidy;
mod web;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    task::dispatch(&words)
}
