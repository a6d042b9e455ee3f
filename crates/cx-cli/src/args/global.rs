//! What every command takes.

use crate::output::Format;
use clap::{ArgAction, Args};
use std::num::NonZero;
use std::path::PathBuf;

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Form of the answer on standard output
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t = Format::Table,
        value_name = "table|json|csv|md",
        hide_possible_values = true
    )]
    pub(crate) format: Format,

    /// Folder of the project, where its cx.toml lies [default: this folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,

    /// Last day of records that counts, as 2026-01-31 [default: the newest record's]
    #[arg(long, global = true, value_name = "DATE")]
    pub(crate) as_of: Option<String>,

    /// Seed of resampled worlds [default: that of cx.toml, or 1]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// Threads [default: as many as the machine has]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,

    /// No progress on standard error
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,

    /// Say on standard error what goes on and how long it takes
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}
