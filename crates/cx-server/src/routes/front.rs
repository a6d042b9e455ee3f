//! The page at the root: which companies there are, and their reports.

use super::workspaces::listed;
use crate::app::Shared;
use crate::http::Problem;
use axum::extract::State;
use axum::response::Html;
use std::fmt::Write as _;

/// The page.
pub(super) async fn page(State(app): State<Shared>) -> Result<Html<String>, Problem> {
    let mut rows = String::new();
    for one in listed(&app).await? {
        let base = format!("/api/v1/workspaces/{}", one.id);
        // Writing to a string cannot fail.
        let _ = write!(
            rows,
            "<li><a href=\"{base}/report.html\">{}</a> (<a href=\"{base}/metrics\">figures</a>, \
             <a href=\"{base}/check\">check</a>)</li>",
            escaped(&one.name)
        );
    }
    Ok(Html(format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>cx</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n\
         <body><main><h1>Companies</h1><ul>{rows}</ul>\
         <p><a href=\"/api/v1/openapi.json\">The interface for programs</a></p></main></body></html>\n"
    )))
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
