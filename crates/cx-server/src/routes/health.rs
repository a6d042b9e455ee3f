//! `/healthz` and `/readyz`.

use crate::app::Shared;
use crate::http::{Kind, Problem};
use axum::extract::State;

/// The server runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The server takes work.
pub(super) async fn ready(State(app): State<Shared>) -> Result<&'static str, Problem> {
    if app.ready() { Ok("ok\n") } else { Err(Problem::new(Kind::Busy, "the server stops").retry_after(10)) }
}
