//! The commands and their own options.

use super::{CalcCall, Global};
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

/// Customer-experience measurement: from a company's own records to figures with intervals, and back
/// to the rows.
#[derive(Debug, Parser)]
#[command(name = "cx", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "\
Exit codes: 0 ok, 1 the check said no, 2 usage, 3 data, 4 not found, 5 unsupported, 6 limit,
70 internal, 74 cannot read or write, 130 interrupted.")]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub(crate) global: Global,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check settings and records: every fault with its place and its mend
    Check(CheckArgs),
    /// Run a formula over a plain file or flags, without a project
    #[command(
        subcommand_value_name = "FORMULA",
        subcommand_help_heading = "Formulas",
        arg_required_else_help = true
    )]
    Calc {
        /// The formula and its arguments.
        #[command(subcommand)]
        call: CalcCall,
    },
    /// Bring an older cx.toml to the current form
    Migrate(MigrateArgs),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Options of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Say no (exit code 1) as soon as a cell or row could not be used
    #[arg(long)]
    pub(crate) strict: bool,

    /// Show values of customer ids, comments and whole lines among the samples
    #[arg(long)]
    pub(crate) show_values: bool,

    /// Write no quarantine files
    #[arg(long)]
    pub(crate) no_quarantine: bool,
}

/// Options of `migrate`.
#[derive(Debug, Args)]
pub(crate) struct MigrateArgs {
    /// Write the new text to cx.toml; the old one stays beside it as cx.toml.old
    #[arg(long)]
    pub(crate) write: bool,
}

/// The whole command line as clap holds it.
pub(crate) fn definition() -> clap::Command {
    Cli::command()
}

/// The arguments of this run; a call that cannot be understood ends it with 2.
pub(crate) fn parse() -> Cli {
    Cli::parse()
}
