//! Where and within which limits the server serves.

use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The form of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Log {
    /// Lines to be read.
    Text,
    /// One JSON object a line.
    Json,
}

/// Options of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "\
The server prints a link that signs a browser in, and the token in it for programs (Authorization: Bearer).
Both are new at every start; without them nothing is answered. SIGTERM or Ctrl-C stops it.

  cx serve --project shop
  cx serve shop hotel --addr 127.0.0.1:8080 --log json")]
pub(crate) struct ServeArgs {
    /// Folders of projects, each with its cx.toml [default: that of --project, or this folder]
    #[arg(value_name = "DIR")]
    pub(crate) dirs: Vec<PathBuf>,

    /// Address and port; port 0 lets the system choose
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7777")]
    pub(crate) addr: SocketAddr,

    /// A proxy that speaks TLS is the only way to this address
    #[arg(long)]
    pub(crate) behind_proxy: bool,

    /// Studies that run at the same time [default: half the processor cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) studies: Option<u16>,

    /// Studies that may wait for their turn
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub(crate) queue: u16,

    /// Seconds that a study may run
    #[arg(long, value_name = "SECONDS", default_value_t = 900, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(crate) time_limit: u32,

    /// Megabytes of answers that are kept
    #[arg(long, value_name = "MB", default_value_t = 128, value_parser = clap::value_parser!(u32).range(0..=65_536))]
    pub(crate) cache: u32,

    /// Megabytes that the body of a request may have
    #[arg(long, value_name = "MB", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) body_limit: u32,

    /// Form of the journal on standard error
    #[arg(long, value_enum, default_value_t = Log::Text, value_name = "text|json", hide_possible_values = true)]
    pub(crate) log: Log,
}
