//! The report.

use crate::app::Shared;
use crate::asked::{Asked, Language, ask};
use crate::http::{Asking, Problem};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;

/// Parameters of a report.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Params {
    /// Language of the sentences; `en` unless it is given.
    lang: Option<String>,
}

/// The document.
pub(super) async fn document(
    State(app): State<Shared>,
    Path(ws): Path<String>,
    Asking(params): Asking<Params>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = Language::named(params.lang.as_deref())?;
    ask(&app, &ws, Asked::Report(language), &uri, &headers).await
}

/// The page.
pub(super) async fn page(
    State(app): State<Shared>,
    Path(ws): Path<String>,
    Asking(params): Asking<Params>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = Language::named(params.lang.as_deref())?;
    ask(&app, &ws, Asked::Page(language), &uri, &headers).await
}
