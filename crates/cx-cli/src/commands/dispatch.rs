//! From the parsed call to the command.

use super::{
    audit, calc, catalog, check, completions, demo, docs, evaluate, explain, init, linkage, metrics, migrate,
    plan, report, retention, roi, serve, simulate, value, verify,
};
use crate::args::Command;
use crate::output::Answer;
use crate::session::Session;
use cx_core::analysis::Error;

/// Runs a command.
pub(crate) fn run(command: Command, session: &Session) -> Result<Answer, Error> {
    match command {
        Command::Audit(args) => audit::run(&args, session),
        Command::Calc { call } => calc::run(call, session),
        Command::Catalog(args) => catalog::run(&args, session),
        Command::Check(args) => check::run(&args, session),
        Command::Completions { shell } => Ok(completions::run(shell)),
        Command::Demo(args) => demo::run(&args, session),
        Command::Docs(args) => docs::run(&args),
        Command::Evaluate(args) => evaluate::run(&args, session),
        Command::Explain(args) => explain::run(&args, session),
        Command::Init(args) => init::run(&args, session),
        Command::Linkage(args) => linkage::run(args, session),
        Command::Metrics(args) => metrics::run(args, session),
        Command::Migrate(args) => migrate::run(&args, session),
        Command::Plan(args) => plan::run(args, session),
        Command::Report(args) => report::run(&args, session),
        Command::Retention(args) => retention::run(args, session),
        Command::Roi(args) => roi::run(args, session),
        Command::Serve(args) => serve::run(args, session),
        Command::Simulate(args) => simulate::run(args, session),
        Command::Value(args) => value::run(&args, session),
        Command::Verify(args) => verify::run(&args, session),
    }
}
