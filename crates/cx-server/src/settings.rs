//! Address, folders and limits.

use cx_core::analysis::{Error, ErrorKind};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How the journal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogForm {
    /// Lines to be read.
    Text,
    /// One JSON object a line.
    Json,
}

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it listens; port 0 lets the system choose.
    pub addr: SocketAddr,
    /// Folders of projects, each with its `cx.toml`.
    pub projects: Vec<PathBuf>,
    /// True where something in front of it speaks TLS and lets nobody else through.
    pub behind_proxy: bool,
    /// Studies that run at the same time.
    pub studies: usize,
    /// Studies that may wait for their turn.
    pub queue: usize,
    /// Threads of one study.
    pub threads: usize,
    /// Bytes that the records of one workspace may take in memory.
    pub memory: usize,
    /// Bytes of answers that are kept.
    pub cache: usize,
    /// How long a request waits for a study unless it says so itself.
    pub patience: Duration,
    /// How long a study may run.
    pub time_limit: Duration,
    /// Bytes that the body of a request may have.
    pub body_limit: usize,
    /// How long open requests may take to end when the server stops.
    pub grace: Duration,
    /// How the journal is written.
    pub log: LogForm,
    /// Warnings alone go to the journal.
    pub quiet: bool,
}

impl Settings {
    /// The usual limits for project folders on an address.
    ///
    /// # Examples
    /// ```
    /// use cx_server::Settings;
    /// let settings = Settings::new("127.0.0.1:7777".parse().unwrap(), vec!["shop".into()]);
    /// assert!(settings.permitted().is_ok());
    /// ```
    pub fn new(addr: SocketAddr, projects: Vec<PathBuf>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let studies = cores.div_ceil(2).clamp(1, 8);
        Self {
            addr,
            projects,
            behind_proxy: false,
            studies,
            queue: 64,
            threads: cores.div_ceil(studies),
            memory: 768 << 20,
            cache: 128 << 20,
            patience: Duration::from_secs(10),
            time_limit: Duration::from_mins(15),
            body_limit: 32 << 20,
            grace: Duration::from_secs(20),
            log: LogForm::Text,
            quiet: false,
        }
    }

    /// Refuses to be reached from elsewhere without encryption.
    ///
    /// # Errors
    /// An address other than loopback that nothing in front of it protects.
    ///
    /// # Examples
    /// ```
    /// use cx_server::Settings;
    /// let mut settings = Settings::new("0.0.0.0:7777".parse().unwrap(), vec!["shop".into()]);
    /// assert!(settings.permitted().is_err());
    /// settings.behind_proxy = true;
    /// assert!(settings.permitted().is_ok());
    /// ```
    pub fn permitted(&self) -> Result<(), Error> {
        if self.addr.ip().is_loopback() || self.behind_proxy {
            return Ok(());
        }
        let message = format!("{} can be reached from other machines, and nothing encrypts it", self.addr);
        Err(Error::new(ErrorKind::Usage, message).help(
            "listen on 127.0.0.1; or say --behind-proxy where a proxy that speaks TLS is the only way to it",
        ))
    }
}
