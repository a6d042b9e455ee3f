//! From settings to a server that has stopped.

use super::{accept, logs, signals};
use crate::app::{App, Shared};
use crate::routes::router;
use crate::settings::Settings;
use cx_core::analysis::{Error, ErrorKind};
use futures_util::future::select;
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// Threads for short looks at files, beside those of the studies.
const LOOKS: usize = 16;

/// How long a study that was told to stop may take to notice.
const NOTICE: Duration = Duration::from_secs(5);

/// A server that listens. It is not printed for debugging: it holds secrets.
#[derive(Clone)]
pub struct Started {
    /// Where.
    pub addr: SocketAddr,
    /// The link that signs a browser in. Whoever has it may see everything.
    pub link: String,
    /// The token that programs send.
    pub token: String,
    /// Ids of the workspaces.
    pub workspaces: Vec<String>,
}

/// Serves until the process is told to stop; `started` is called once it listens.
///
/// # Errors
/// An address that may not be used or is taken; folders that cannot be served; what `started` says.
pub fn serve(settings: Settings, started: impl FnOnce(&Started) -> Result<(), Error>) -> Result<(), Error> {
    settings.permitted()?;
    logs::begin(&settings);
    let app = App::new(settings)?;
    let io = |error: io::Error| Error::new(ErrorKind::Io, format!("the server cannot run ({error})"));
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(app.settings.studies + LOOKS)
        .build()
        .map_err(io)?;
    let told = signals::stop()?;
    let served = runtime.block_on(serve_until(&app, told, started));
    runtime.shutdown_timeout(NOTICE);
    served
}

async fn serve_until(
    app: &Shared,
    told: oneshot::Receiver<i32>,
    started: impl FnOnce(&Started) -> Result<(), Error>,
) -> Result<(), Error> {
    let listener =
        TcpListener::bind(app.settings.addr).await.map_err(|error| taken(app.settings.addr, &error))?;
    let addr = listener.local_addr().map_err(|error| taken(app.settings.addr, &error))?;
    let token = app.keys.token.reveal().to_owned();
    started(&Started {
        addr,
        link: format!("http://{addr}/enter?token={token}"),
        token,
        workspaces: app.workspaces.iter().map(|w| w.id.clone()).collect(),
    })?;
    tracing::info!(%addr, workspaces = app.workspaces.len(), "listening");
    let graceful = GracefulShutdown::new();
    let router = router(app);
    // Whatever ends the wait, it is time to stop.
    drop(select(pin!(accept::accept(&listener, &router, &graceful)), told).await);
    drop(listener);
    app.drain();
    tracing::info!("stopping: open requests may end");
    if tokio::time::timeout(app.settings.grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still open and are given up");
    }
    app.stop();
    tracing::info!("stopped");
    Ok(())
}

fn taken(addr: SocketAddr, error: &io::Error) -> Error {
    let message = format!("{addr} cannot be listened on ({error})");
    let help = match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there: choose another port with --addr, or stop it"
        }
        io::ErrorKind::PermissionDenied => "ports below 1024 are the system's: choose another with --addr",
        _ => "choose another address with --addr",
    };
    Error::new(ErrorKind::Io, message).help(help)
}
