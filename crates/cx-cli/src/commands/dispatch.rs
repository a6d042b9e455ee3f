//! From the parsed call to the command.

use super::{calc, check, completions, migrate};
use crate::args::Command;
use crate::output::Answer;
use crate::session::Session;
use cx_core::analysis::Error;

/// Runs a command.
pub(crate) fn run(command: Command, session: &Session) -> Result<Answer, Error> {
    match command {
        Command::Calc { call } => calc::run(call, session),
        Command::Check(args) => check::run(&args, session),
        Command::Completions { shell } => Ok(completions::run(shell)),
        Command::Migrate(args) => migrate::run(&args, session),
    }
}
