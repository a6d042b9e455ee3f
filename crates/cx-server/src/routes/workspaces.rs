//! The companies.

use crate::app::Shared;
use crate::asked::{Asked, ask};
use crate::http::{Kind, Problem};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A workspace as lists show it.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) name: String,
    role: &'static str,
}

#[derive(Debug, Serialize)]
struct Workspaces {
    workspaces: Vec<Listed>,
}

/// What the caller may see.
pub(super) async fn listed(app: &Shared) -> Result<Vec<Listed>, Problem> {
    let app = app.clone();
    let of = move || {
        let one = |w: &std::sync::Arc<crate::workspace::Workspace>| Listed {
            id: w.id.clone(),
            name: w.name(),
            role: "admin",
        };
        app.workspaces.iter().map(one).collect()
    };
    let lost = |_| Problem::new(Kind::Internal, "the settings cannot be looked at");
    tokio::task::spawn_blocking(of).await.map_err(lost)
}

/// The companies.
pub(super) async fn list(State(app): State<Shared>) -> Result<impl IntoResponse, Problem> {
    let all = Workspaces { workspaces: listed(&app).await? };
    Ok(([(header::CONTENT_TYPE, "application/json")], cx_core::analysis::indented(&all)))
}

/// One of them.
pub(super) async fn one(
    State(app): State<Shared>,
    Path(ws): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = listed(&app).await?.into_iter().find(|one| one.id == ws).map(|one| one.name);
    let asked = Asked::Summary { id: ws.clone(), name: name.unwrap_or_default() };
    ask(&app, &ws, asked, &uri, &headers).await
}
