//! The metrics.

use crate::app::Shared;
use crate::asked::{Asked, ask};
use crate::http::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use cx_core::analysis::{Catalog, catalog_entry, catalog_listed, to_json};

/// Every metric.
pub(super) async fn list() -> Result<impl IntoResponse, Problem> {
    let text = to_json(&Catalog { metrics: &catalog_listed(None)? });
    Ok(([(header::CONTENT_TYPE, "application/json")], text))
}

/// One metric.
pub(super) async fn one(Path(metric): Path<String>) -> Result<impl IntoResponse, Problem> {
    let text = to_json(&catalog_entry(None, &metric)?);
    Ok(([(header::CONTENT_TYPE, "application/json")], text))
}

/// Every metric, a company's own among them, with what the records allow.
pub(super) async fn available(
    State(app): State<Shared>,
    Path(ws): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    ask(&app, &ws, Asked::Catalog, &uri, &headers).await
}
