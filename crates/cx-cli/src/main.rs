//! The `cx` command: arguments → commands → output.
//!
//! ```text
//! args       what can be asked, as clap sees it
//! session    how this run may use the machine and the terminal
//! commands   one file per command: an answer or an error
//! output     answers as a terminal page, Markdown, CSV or JSON; files written whole or not at all
//! errors     errors with place, help and exit code
//! ```
//!
//! A command answers with its whole output or with an error: half a result is
//! never printed.

mod args;
mod commands;
mod errors;
mod output;
mod session;

use std::process::ExitCode;

/// Decoding and grouping allocate in many threads at once, which the system's
/// allocator is slow at (docs/decisions/0003-profiles.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    errors::report_panics();
    let cli = args::parse();
    let session = session::Session::new(cli.global);
    match errors::guarded(|| commands::run(cli.command, &session)) {
        Ok(answer) => answer.print(),
        Err(error) => errors::print(&error, &session),
    }
}
