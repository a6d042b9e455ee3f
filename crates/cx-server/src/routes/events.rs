//! What happens to a company's data and studies, as it happens (server-sent events).

use super::jobs::JobView;
use crate::app::Shared;
use crate::http::{Kind, Problem};
use crate::pool::Job;
use crate::workspace::{Mark, Workspace};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// How often the files are looked at while somebody listens.
const LOOK: Duration = Duration::from_secs(2);

/// Looks without news after which a sign of life is sent.
const QUIET: u32 = 7;

/// One listener.
struct Listener {
    app: Shared,
    workspace: Arc<Workspace>,
    jobs: Receiver<Arc<Job>>,
    mark: Option<Mark>,
    version: Option<String>,
    quiet: u32,
}

/// `data_version` when the version of the data is known, `stale` when files
/// changed since, `job` when a study begins, goes on or ends.
pub(super) async fn listen(State(app): State<Shared>, Path(ws): Path<String>) -> Result<Response, Problem> {
    let workspace = app.workspace(&ws)?;
    let jobs = app.desk.listen();
    let listener = Listener { app, workspace, jobs, mark: None, version: None, quiet: 0 };
    let events = stream::unfold(listener, |mut listener| async move {
        let text = listener.next().await?;
        Some((Ok::<_, Infallible>(text), listener))
    });
    let mut response = Body::from_stream(events).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    Ok(response)
}

impl Listener {
    /// What is sent next; the end where the server stops.
    async fn next(&mut self) -> Option<String> {
        while self.app.ready() {
            // At first, and whenever no job has anything to tell for a while.
            let looked = if self.mark.is_none() {
                self.look().await
            } else {
                match tokio::time::timeout(LOOK, self.jobs.recv()).await {
                    Ok(Ok(job)) if job.workspace.as_ref() == Some(&self.workspace.id) => {
                        Some(event("job", &json!(JobView::wrapped(&job))))
                    }
                    Ok(Ok(_) | Err(RecvError::Lagged(_))) => None,
                    Ok(Err(RecvError::Closed)) => return None,
                    Err(_) => self.look().await,
                }
            };
            if looked.is_some() {
                self.quiet = 0;
                return looked;
            }
            self.quiet += 1;
            if self.quiet >= QUIET {
                self.quiet = 0;
                return Some(": still here\n\n".to_owned());
            }
        }
        None
    }

    /// Looks at the files.
    async fn look(&mut self) -> Option<String> {
        let of = Arc::clone(&self.workspace);
        let looked = tokio::task::spawn_blocking(move || {
            let mark = Mark::of(&of.dir);
            let version = of.version(&mark);
            (mark, version)
        });
        let (mark, version) = match looked.await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "the files cannot be looked at");
                return Some(event(
                    "problem",
                    &json!(Problem::new(Kind::Internal, "the files cannot be looked at")),
                ));
            }
        };
        let changed = self.mark.replace(mark.clone()).is_some_and(|before| before != mark);
        let news = version.is_some() && version != self.version;
        if news {
            self.version.clone_from(&version);
            return Some(event("data_version", &json!({ "data_version": version })));
        }
        // A file that was only touched is stale until somebody asks, and then the same again.
        (changed && version.is_none()).then(|| event("stale", &json!({ "data_version": self.version })))
    }
}

fn event(name: &str, data: &serde_json::Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}
