//! Pages: the dashboard where it was built, else the companies and their reports as plain links.

use super::workspaces::listed;
use crate::access::Caller;
use crate::app::Shared;
use crate::asked::respond;
use crate::http::{Kind, Problem};
use crate::pool::{Answer, digest};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{Html, IntoResponse, Response};
use std::fmt::Write as _;

/// The page at the root. The dashboard's page tells nothing about a company
/// and asks for what it shows; the plain one names companies.
pub(super) async fn page(
    State(app): State<Shared>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Some(response) = file("/", &headers) {
        return Ok(response);
    }
    Caller::of(&app.keys, &method, &headers)?;
    plain(&app).await
}

/// A place of the dashboard: its page finds the way by script.
pub(super) async fn place(headers: HeaderMap) -> Result<Response, Problem> {
    file("/", &headers).ok_or_else(none)
}

/// A script or style of the dashboard.
pub(super) async fn asset(uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    file(uri.path(), &headers).ok_or_else(none)
}

fn none() -> Problem {
    let problem = Problem::new(Kind::NotFound, "there is no such page");
    if cx_web::dashboard_built() {
        problem
    } else {
        problem.help("the dashboard was not built into this program: cargo xtask web")
    }
}

/// A file of the dashboard. Names do not change with their content, so it has a tag.
fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let asset = cx_web::dashboard(path)?;
    let (media, body) = (asset.media_type, Bytes::from_static(asset.body));
    let tag = digest(&[asset.body]);
    Some(respond(Answer { media, body, version: None, tag, policy: None }, headers))
}

async fn plain(app: &Shared) -> Result<Response, Problem> {
    let mut rows = String::new();
    for one in listed(app).await? {
        let base = format!("/api/v1/workspaces/{}", one.id);
        // Writing to a string cannot fail.
        let _ = write!(
            rows,
            "<li><a href=\"{base}/report.html\">{}</a> (<a href=\"{base}/metrics\">figures</a>, \
             <a href=\"{base}/check\">check</a>)</li>",
            escaped(&one.name)
        );
    }
    let text = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>cx</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n\
         <body><main><h1>Companies</h1><ul>{rows}</ul>\
         <p><a href=\"/api/v1/openapi.json\">The interface for programs</a></p></main></body></html>\n"
    );
    Ok(Html(text).into_response())
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
