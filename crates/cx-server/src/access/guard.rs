//! Lets a request through or not.

use super::{Caller, Right};
use crate::app::Shared;
use crate::http::{Kind, Problem};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Asks of every request what its route asks for.
pub(crate) async fn guard(
    State((app, right)): State<(Shared, Right)>,
    request: Request,
    next: Next,
) -> Response {
    if right == Right::Open {
        return next.run(request).await;
    }
    match Caller::of(&app.keys, request.method(), request.headers()) {
        Ok(caller) if caller.may(right) => next.run(request).await,
        Ok(_) => Problem::new(Kind::Forbidden, format!("only who {}", right.meaning())).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// True unless the browser says that a page of another site made it ask.
pub(crate) fn same_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    site.is_none_or(|site| ["same-origin", "none"].contains(&site))
}
