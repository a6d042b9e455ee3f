//! Where the journal goes: standard error.

use crate::settings::{LogForm, Settings};
use tracing::level_filters::LevelFilter;

/// Begins the journal. A journal that somebody began before stays.
pub(super) fn begin(settings: &Settings) {
    let level = if settings.quiet { LevelFilter::WARN } else { LevelFilter::INFO };
    let journal =
        tracing_subscriber::fmt().with_max_level(level).with_target(false).with_writer(std::io::stderr);
    // An error says that there is one already, which then is the caller's own.
    let _ = match settings.log {
        LogForm::Text => tracing::subscriber::set_global_default(journal.with_ansi(false).finish()),
        LogForm::Json => tracing::subscriber::set_global_default(journal.json().flatten_event(true).finish()),
    };
}
