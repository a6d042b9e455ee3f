//! The document of the interface.

use axum::http::header;
use axum::response::IntoResponse;

/// OpenAPI 3.1.
pub(super) async fn openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], crate::openapi::openapi())
}
