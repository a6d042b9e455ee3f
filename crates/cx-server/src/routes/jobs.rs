//! What takes longer than a request waits.

use crate::app::Shared;
use crate::http::{Kind, Problem};
use crate::pool::{Job, Progress};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use schemars::JsonSchema;
use serde::Serialize;

/// A job as it is told.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct JobView {
    job: JobState,
}

/// How far a study is.
#[derive(Debug, Serialize, JsonSchema)]
struct JobState {
    id: String,
    state: Progress,
    /// The stage it is in, in a word; blank before the first.
    progress: String,
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace: Option<String>,
    /// The address that was asked; once the state is `done` it answers at once.
    question: String,
    /// Why there will be no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

impl JobView {
    /// The view of a job.
    pub(crate) fn wrapped(job: &Job) -> Self {
        Self {
            job: JobState {
                id: job.id.clone(),
                state: job.progress(),
                progress: job.stage_now(),
                workspace: job.workspace.clone(),
                question: job.question.clone(),
                problem: job.problem(),
            },
        }
    }
}

fn none() -> Problem {
    Problem::new(Kind::NotFound, "there is no such job")
        .help("the last few hundred are remembered; ask the question again")
}

/// How far it is.
pub(super) async fn show(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let job = app.desk.job(&id).ok_or_else(none)?;
    let text = cx_core::analysis::indented(&JobView::wrapped(&job));
    Ok(([(header::CONTENT_TYPE, "application/json")], text))
}

/// Stops it.
pub(super) async fn cancel(State(app): State<Shared>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let job = app.desk.job(&id).ok_or_else(none)?;
    app.desk.cancel(&job);
    Ok(StatusCode::NO_CONTENT)
}
