//! `cx completions`: what a shell may complete.

use crate::args::definition;
use crate::output::Answer;
use clap_complete::{Shell, generate};

/// The completions of a shell, to be sourced by it.
pub(crate) fn run(shell: Shell) -> Answer {
    let mut text = Vec::new();
    generate(shell, &mut definition(), "cx", &mut text);
    Answer::text(String::from_utf8_lossy(&text).into_owned())
}
