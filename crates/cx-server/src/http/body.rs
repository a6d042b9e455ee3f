//! Bodies, typed and bounded.

use super::{Kind, Problem};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

/// A body of JSON.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        let essence = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(Problem::new(Kind::Usage, "the body is not said to be JSON")
                .help("send it with `content-type: application/json`"));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
            let kind = if large { Kind::Limit } else { Kind::Usage };
            Problem::new(kind, error.body_text().to_lowercase())
        })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            Problem::new(Kind::Usage, error.to_string()).help("/api/v1/openapi.json says what it holds")
        })
    }
}
