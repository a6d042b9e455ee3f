//! How a figure came about.

use crate::app::Shared;
use crate::asked::{Asked, ask};
use crate::http::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use cx_core::analysis::Question;

/// One finding; its id may hold slashes.
pub(super) async fn one(
    State(app): State<Shared>,
    Path((ws, id)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    ask(&app, &ws, Asked::Study(Question::Finding(id)), &uri, &headers).await
}
