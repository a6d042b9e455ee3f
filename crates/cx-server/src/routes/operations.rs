//! `/metrics`.

use crate::app::Shared;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Counts, as Prometheus reads them.
pub(super) async fn metrics(State(app): State<Shared>) -> Response {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metering.text(app.load())).into_response()
}
