//! Request ids, log lines, counts, and the limit on time.

use super::{Kind, Problem};
use crate::app::Shared;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::{Duration, Instant};

/// No request takes longer: the longest wait for a study, and room for its answer.
const LONGEST: Duration = Duration::from_secs(75);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The name of one request in logs and answers.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

impl RequestId {
    /// The one that came along where it may be printed, else a new one.
    fn of(headers: &HeaderMap) -> Self {
        let plain = |id: &&str| {
            (1..=64).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        let given = headers.get(REQUEST_ID).and_then(|v| v.to_str().ok()).filter(plain);
        Self(given.map_or_else(|| crate::access::random_name(8), str::to_owned))
    }
}

/// Names the request, answers within the limit, and writes one line about it.
/// Parameters are not written: they may hold what somebody asked about a person.
pub(crate) async fn journal(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = RequestId::of(request.headers());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "(none)".to_owned());
    request.extensions_mut().insert(id.clone());
    let answered = tokio::time::timeout(LONGEST, next.run(request)).await;
    let mut response = answered
        .unwrap_or_else(|_| Problem::new(Kind::TimeLimit, "the request took too long").into_response());
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    app.metering.request(&route, method.as_str(), status, took);
    let milliseconds = took.as_secs_f64() * 1e3;
    if status >= 500 {
        tracing::error!(request = id.0, method = method.as_str(), route, status, milliseconds, "request");
    } else {
        tracing::info!(request = id.0, method = method.as_str(), route, status, milliseconds, "request");
    }
    response
}
