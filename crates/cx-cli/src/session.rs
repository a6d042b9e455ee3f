//! How this run may use the machine and the terminal.

use crate::args::Global;
use crate::output::{Format, Progress};
use cx_core::analysis::{Company, Error, ErrorKind, Options, Project};
use cx_core::ground::period::Day;
use signal_hook::consts::SIGINT;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Bytes that records may take in memory; larger Parquet sources are decoded at every scan.
const MEMORY: usize = 768 << 20;

/// Width of pages where the terminal does not tell.
const USUAL_WIDTH: u16 = 100;

/// One run of the command.
#[derive(Debug)]
pub(crate) struct Session {
    /// What every command takes.
    pub(crate) global: Global,
    /// True where standard output takes colour.
    pub(crate) colour: bool,
    /// Width of pages in characters.
    pub(crate) width: u16,
    /// Shown on standard error while work goes on.
    pub(crate) progress: Progress,
    cancel: Arc<AtomicBool>,
}

impl Session {
    /// Looks at the terminal, and from now on takes an interruption as a wish to stop.
    pub(crate) fn new(global: Global) -> Self {
        let cancel = Arc::new(AtomicBool::new(false));
        // A second interruption ends the run at once. Where the system lets no
        // handler be set, an interruption ends the run as it would any program.
        let _ = signal_hook::flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&cancel));
        let _ = signal_hook::flag::register(SIGINT, Arc::clone(&cancel));
        let page = global.format == Format::Table;
        let colour = page && std::io::stdout().is_terminal() && takes_colour();
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let terminal = || terminal_size::terminal_size().map(|(w, _)| w.0);
        let width = columns.or_else(terminal).unwrap_or(USUAL_WIDTH).clamp(40, 200);
        let progress = Progress::new(!global.quiet && std::io::stderr().is_terminal(), global.verbose > 0);
        Self { global, colour, width, progress, cancel }
    }

    /// The project's folder.
    pub(crate) fn dir(&self) -> &Path {
        self.global.project.as_deref().unwrap_or(Path::new("."))
    }

    /// The same run on the project of another folder.
    pub(crate) fn on(&self, dir: &Path) -> Self {
        let global = Global { project: Some(dir.to_path_buf()), ..self.global.clone() };
        let progress = Progress::new(!global.quiet && std::io::stderr().is_terminal(), global.verbose > 0);
        let cancel = Arc::clone(&self.cancel);
        Self { global, colour: self.colour, width: self.width, progress, cancel }
    }

    /// The flag that an interruption sets.
    pub(crate) fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }

    /// Hands the options of a run to `f`; progress ends with it.
    pub(crate) fn with_options<T>(
        &self,
        thorough: bool,
        f: impl FnOnce(&Options<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let all = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let stage = |name: &str| self.progress.stage(name);
        let options = Options {
            threads: self.global.threads.map_or_else(all, std::num::NonZero::get),
            memory: MEMORY,
            cancel: &self.cancel,
            as_of: self.as_of()?,
            seed: self.global.seed,
            thorough,
            progress: &stage,
        };
        let result = f(&options);
        self.progress.finish();
        result
    }

    /// The records of the project.
    pub(crate) fn load(&self, options: &Options<'_>) -> Result<Company, Error> {
        Company::load(Project::open(self.dir())?, options)
    }

    /// The day given with `--as-of`.
    pub(crate) fn as_of(&self) -> Result<Option<Day>, Error> {
        let day = self.global.as_of.as_deref().map(str::parse).transpose();
        day.map_err(|e: String| Error::new(ErrorKind::Usage, format!("--as-of: {e}")))
    }

    /// A path of the project, as it is shown.
    pub(crate) fn shown(&self, path: &str) -> PathBuf {
        if self.dir() == Path::new(".") { PathBuf::from(path) } else { self.dir().join(path) }
    }
}

/// False where the environment asks for plain text.
pub(crate) fn takes_colour() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}
