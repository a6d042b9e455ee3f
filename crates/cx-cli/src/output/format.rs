//! Which form an answer takes.

use super::page::Page;
use super::{csv::Csv, markdown, terminal};
use crate::session::Session;
use clap::ValueEnum;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// The form of an answer on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading, on a terminal.
    Table,
    /// For programs, with a schema version.
    Json,
    /// For spreadsheets.
    Csv,
    /// For documents.
    Md,
}

/// What a command has to say, whole, and the exit code it ends with.
#[derive(Debug)]
pub(crate) struct Answer {
    text: String,
    code: u8,
}

impl Answer {
    /// Text as it is.
    pub(crate) const fn text(text: String) -> Self {
        Self { text, code: 0 }
    }

    /// An answer in the form that was asked for; what the form does not need is not made.
    pub(crate) fn new(
        session: &Session,
        json: impl FnOnce() -> String,
        page: impl FnOnce() -> Page,
        csv: impl FnOnce() -> Csv,
    ) -> Self {
        let text = match session.global.format {
            Format::Json => json(),
            Format::Csv => csv().text(),
            Format::Md => markdown::write(&page()),
            Format::Table => terminal::write(&page(), session.width, session.colour),
        };
        Self::text(text)
    }

    /// The same answer with another exit code.
    pub(crate) const fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// Prints it in one piece.
    pub(crate) fn print(self) -> ExitCode {
        let mut out = std::io::stdout().lock();
        match out.write_all(self.text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => ExitCode::from(self.code),
            // Whoever read it has read enough, as `head` does.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(self.code),
            Err(error) => {
                let _ = writeln!(std::io::stderr(), "cx: standard output cannot be written ({error})");
                ExitCode::from(cx_core::analysis::ErrorKind::Io.exit_code())
            }
        }
    }
}
