//! From the question to the response: tag, cache, pool, patience.

use super::Asked;
use crate::app::{App, Shared};
use crate::http::{Kind, Problem, patience};
use crate::metering::Origin;
use crate::pool::{Answer, Job, Progress, Ticket};
use crate::routes::JobView;
use crate::workspace::{Mark, Workspace};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use cx_core::analysis::Options;
use std::sync::Arc;

/// Answers a question to a workspace.
///
/// # Errors
/// No such workspace; what the study says; a full queue.
pub(crate) async fn ask(
    app: &Shared,
    workspace: &str,
    asked: Asked,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let workspace = app.workspace(workspace)?;
    let of = Arc::clone(&workspace);
    let marked = tokio::task::spawn_blocking(move || {
        let mark = Mark::of(&of.dir);
        let version = of.version(&mark);
        (mark, version)
    });
    let lost = |_| Problem::new(Kind::Internal, "the files cannot be looked at");
    let (mark, version) = marked.await.map_err(lost)?;
    if let Some(response) = version.and_then(|version| known(app, &asked.tag(&version), headers)) {
        return Ok(response);
    }
    let ticket = Ticket {
        key: [workspace.id.as_str(), &mark.text(), &asked.key()].join("\n"),
        workspace: Some(workspace.id.clone()),
        question: uri.to_string(),
    };
    let of = Arc::clone(app);
    deliver(app, ticket, headers, move |job| work(&of, &workspace, &asked, job)).await
}

/// The answer of a tag, where the client has it or it is kept.
pub(crate) fn known(app: &App, tag: &str, headers: &HeaderMap) -> Option<Response> {
    if has(headers, tag) {
        app.metering.answer(Origin::Client);
        return Some(unchanged(tag));
    }
    let answer = app.desk.kept(tag)?;
    app.metering.answer(Origin::Cache);
    Some(respond(answer, headers))
}

/// Puts work into the pool and waits for as long as the client does.
///
/// # Errors
/// What the work says; a full queue.
pub(crate) async fn deliver(
    app: &Shared,
    ticket: Ticket,
    headers: &HeaderMap,
    work: impl FnOnce(&Job) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let (job, joined) = app.desk.submit(ticket, work)?;
    app.metering.answer(if joined { Origin::Joined } else { Origin::Run });
    let wait = patience(headers, app.settings.patience);
    match tokio::time::timeout(wait, job.outcome()).await {
        Ok(ended) => ended.map(|answer| respond(answer, headers)),
        Err(_) => Ok(accepted(&job)),
    }
}

/// Runs a question over the records as they are now.
fn work(app: &App, workspace: &Workspace, asked: &Asked, job: &Job) -> Result<Answer, Problem> {
    let stage = |name: &str| job.stage(name);
    let options = Options {
        threads: app.settings.threads,
        memory: app.settings.memory,
        cancel: &job.cancel,
        as_of: None,
        seed: None,
        // The same records serve every question, the check among them.
        thorough: true,
        progress: &stage,
    };
    let answered =
        workspace.steadily(&options, |records| match app.desk.kept(&asked.tag(&records.version)) {
            Some(answer) => Ok((answer, None)),
            None => asked.answer(records, &options),
        });
    let (answer, other) = answered.map_err(|error| Problem::within(error, &workspace.dir))?;
    if let Some(other) = other {
        app.desk.keep(other);
    }
    Ok(answer)
}

/// The run goes on; where to look.
fn accepted(job: &Job) -> Response {
    let body = cx_core::analysis::indented(&JobView::wrapped(job));
    let place = format!("/api/v1/jobs/{}", job.id);
    let progress = job.progress();
    let again = if progress == Progress::Queued { "5" } else { "2" };
    // A browser that shows the page itself asks again; programs do not know this header.
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::RETRY_AFTER, again), (header::REFRESH, again)];
    (StatusCode::ACCEPTED, headers, [(header::LOCATION, place)], body).into_response()
}

/// The answer with its tag, or word that the client has it.
pub(crate) fn respond(answer: Answer, headers: &HeaderMap) -> Response {
    if has(headers, &answer.tag) {
        return unchanged(&answer.tag);
    }
    let mut response = ([(header::CONTENT_TYPE, answer.media)], answer.body).into_response();
    tagged(&mut response, &answer.tag);
    let mut set = |name: HeaderName, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            response.headers_mut().insert(name, value);
        }
    };
    if let Some(version) = &answer.version {
        set(HeaderName::from_static("x-data-version"), version);
    }
    if let Some(policy) = &answer.policy {
        set(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn unchanged(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    tagged(&mut response, tag);
    response
}

/// Weak, since the bytes on the wire may be packed; kept by the client alone, and asked for every time.
fn tagged(response: &mut Response, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(&format!("W/\"{tag}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
}

/// Whether the client has the answer of this tag.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    given.flat_map(|line| line.split(',')).any(|one| {
        let one = one.trim();
        one.strip_prefix("W/").unwrap_or(one).trim_matches('"') == tag
    })
}
