//! What handlers share.

use crate::access::Keys;
use crate::http::{Kind, Problem};
use crate::metering::{Load, Metering};
use crate::pool::Desk;
use crate::settings::Settings;
use crate::workspace::{Workspace, open_all};
use cx_core::analysis::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One server.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) workspaces: Vec<Arc<Workspace>>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) keys: Keys,
    pub(crate) metering: Metering,
    stopping: AtomicBool,
}

/// One server, as its handlers hold it.
pub(crate) type Shared = Arc<App>;

impl App {
    /// A server over the folders of the settings.
    ///
    /// # Errors
    /// A folder without a `cx.toml`; two folders of one name.
    pub(crate) fn new(settings: Settings) -> Result<Shared, Error> {
        let workspaces = open_all(&settings.projects)?;
        let desk = Arc::new(Desk::new(settings.studies, settings.queue, settings.time_limit, settings.cache));
        let (keys, metering) = (Keys::random(), Metering::default());
        Ok(Arc::new(Self { settings, workspaces, desk, keys, metering, stopping: AtomicBool::new(false) }))
    }

    /// A workspace by its id.
    ///
    /// # Errors
    /// [`Kind::NotFound`].
    pub(crate) fn workspace(&self, id: &str) -> Result<Arc<Workspace>, Problem> {
        let found = self.workspaces.iter().find(|w| w.id == id).cloned();
        found.ok_or_else(|| {
            Problem::new(Kind::NotFound, "there is no such workspace")
                .help("GET /api/v1/workspaces lists them")
        })
    }

    /// The pool and the cache as they are now.
    pub(crate) fn load(&self) -> Load {
        self.desk.load()
    }

    /// No new work from now on, and what runs is told to stop.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.desk.stop();
    }

    /// Says that the server is about to stop; what runs may end.
    pub(crate) fn drain(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether it takes new work.
    pub(crate) fn ready(&self) -> bool {
        !self.stopping.load(Ordering::Relaxed)
    }
}
