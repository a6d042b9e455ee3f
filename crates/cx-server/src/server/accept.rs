//! Connections, each with limits on its time.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections that may be open at the same time.
const CONNECTIONS: usize = 1024;

/// How long the head of a request may take to come.
const HEAD: Duration = Duration::from_secs(10);

/// How long nothing is accepted after the system refused a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections for as long as it is polled.
pub(super) async fn accept(listener: &TcpListener, router: &Router, graceful: &GracefulShutdown) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file handles, most likely: accepting at once again would spin.
                tracing::warn!(%error, "a connection was refused by the system");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Answers are whole: waiting for more to send only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection ended at once");
        }
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 << 10);
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
}
