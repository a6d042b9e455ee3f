//! What goes on, on standard error.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(400);

/// Stages of a run: a spinner on a terminal, and lines with their time where
/// the caller asked for more words.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    lines: bool,
    begun: Instant,
    stage: Mutex<Option<(String, Instant)>>,
}

impl Progress {
    /// Progress that is drawn, told in lines, both or neither.
    pub(crate) fn new(drawn: bool, lines: bool) -> Self {
        let bar = if drawn && !lines { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self { bar, lines, begun: Instant::now(), stage: Mutex::new(None) }
    }

    /// A stage begins.
    pub(crate) fn stage(&self, name: &str) {
        self.end_stage();
        self.bar.set_message(name.to_owned());
        if self.begun.elapsed() > PATIENCE || name == "reading" {
            self.bar.enable_steady_tick(PATIENCE / 4);
        }
        let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        *stage = Some((name.to_owned(), Instant::now()));
    }

    /// All is done: what was drawn goes away.
    pub(crate) fn finish(&self) {
        self.end_stage();
        self.bar.finish_and_clear();
    }

    fn end_stage(&self) {
        let stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let (true, Some((name, begun))) = (self.lines, stage) {
            let took = begun.elapsed().as_secs_f64();
            // Where standard error is gone there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "cx: {name}: {took:.2} s");
        }
    }
}
