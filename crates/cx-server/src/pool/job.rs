//! One run, as whoever waits for it sees it.

use super::Answer;
use crate::http::{Kind, Problem};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use tokio::sync::{Notify, watch};

/// How far a run is.
#[derive(Debug, Clone)]
pub(super) enum State {
    Queued,
    Running,
    Done(Answer),
    Failed(Problem),
}

impl State {
    const fn ended(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Failed(_))
    }
}

/// How far a run is, as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Progress {
    /// It waits for its turn.
    Queued,
    /// It runs.
    Running,
    /// The answer is there: ask for it again.
    Done,
    /// There will be no answer.
    Failed,
}

/// One run.
#[derive(Debug)]
pub(crate) struct Job {
    /// Its name.
    pub(crate) id: String,
    /// The workspace it is about; none for formulas.
    pub(crate) workspace: Option<String>,
    /// What was asked, as an address.
    pub(crate) question: String,
    /// Set to stop.
    pub(crate) cancel: AtomicBool,
    /// Why it was told to stop.
    stopped: Mutex<Option<Kind>>,
    pub(super) wake: Notify,
    stage: Mutex<String>,
    state: watch::Sender<State>,
}

impl Job {
    pub(super) fn new(workspace: Option<String>, question: String) -> Self {
        Self {
            id: crate::access::random_name(16),
            workspace,
            question,
            cancel: AtomicBool::new(false),
            stopped: Mutex::new(None),
            wake: Notify::new(),
            stage: Mutex::new(String::new()),
            state: watch::Sender::new(State::Queued),
        }
    }

    /// A stage begins.
    pub(crate) fn stage(&self, name: &str) {
        name.clone_into(&mut self.stage.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// The stage it is in; blank before the first.
    pub(crate) fn stage_now(&self) -> String {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells it to stop; the first reason counts.
    pub(crate) fn stop(&self, why: Kind) {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
        self.cancel.store(true, Ordering::Relaxed);
        self.wake.notify_one();
    }

    /// Why it was told to stop.
    pub(super) fn why_stopped(&self) -> Option<Problem> {
        let why = *self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        why.map(|kind| match kind {
            Kind::TimeLimit => Problem::new(kind, "the study ran for as long as studies may").help(
                "ask for less at once (fewer metrics, a shorter window), or let studies run longer: \
                 cx serve --time-limit",
            ),
            Kind::Busy => Problem::new(kind, "the server stops").retry_after(10),
            kind => Problem::new(kind, "the study was cancelled"),
        })
    }

    pub(super) fn set(&self, state: State) {
        self.state.send_replace(state);
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> Progress {
        match *self.state.borrow() {
            State::Queued => Progress::Queued,
            State::Running => Progress::Running,
            State::Done(_) => Progress::Done,
            State::Failed(_) => Progress::Failed,
        }
    }

    /// Why there will be no answer.
    pub(crate) fn problem(&self) -> Option<Problem> {
        match &*self.state.borrow() {
            State::Failed(problem) => Some(problem.clone()),
            _ => None,
        }
    }

    /// Waits for the end.
    pub(crate) async fn outcome(&self) -> Result<Answer, Problem> {
        let mut state = self.state.subscribe();
        let ended = state.wait_for(State::ended).await;
        match ended.as_deref() {
            Ok(State::Done(answer)) => Ok(answer.clone()),
            Ok(State::Failed(problem)) => Err(problem.clone()),
            _ => Err(Problem::new(Kind::Internal, "the study was lost")),
        }
    }
}
