//! Who is signed in.

use super::workspaces::{Listed, listed};
use crate::access::{COOKIE, Caller};
use crate::app::Shared;
use crate::http::{Kind, Problem};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Session<'a> {
    user: User,
    workspaces: Vec<Listed>,
    /// A browser's page repeats it in `x-csrf-token` with every change.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct User {
    id: &'static str,
    email: Option<String>,
    name: &'static str,
}

/// Who am I; nobody is no fault.
pub(super) async fn show(
    State(app): State<Shared>,
    method: Method,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let session = match Caller::of(&app.keys, &method, &headers) {
        Err(problem) if problem.kind == Kind::Unauthorized => None,
        Err(problem) => return Err(problem),
        Ok(caller) => Some(Session {
            user: User { id: "token", email: None, name: "Holder of the start token" },
            workspaces: listed(&app).await?,
            csrf: (caller == Caller::Browser).then(|| app.keys.csrf.reveal()),
        }),
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], cx_core::analysis::indented(&session)))
}

/// Takes the cookie back.
pub(super) async fn end() -> (StatusCode, [(HeaderName, String); 1]) {
    let cookie = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)])
}
