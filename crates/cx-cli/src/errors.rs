//! Errors as people and scripts see them: place, text, help, exit code.

use crate::output::{Format, to_json};
use crate::session::{Session, takes_colour};
use cx_core::analysis::{Error, ErrorKind, Place};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use serde::Serialize;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Ends the run with an error.
pub(crate) fn print(error: &Error, session: &Session) -> ExitCode {
    let text = if session.global.format == Format::Json {
        #[derive(Serialize)]
        struct Wire<'a> {
            error: &'a Error,
            exit_code: u8,
        }
        to_json(&Wire { error, exit_code: error.kind.exit_code() })
    } else {
        let colour = std::io::stderr().is_terminal() && takes_colour();
        rendered(error, colour, usize::from(session.width))
    };
    // Where standard error is gone there is nobody left to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(error.kind.exit_code())
}

/// Runs `f`; a panic in it becomes an internal error instead of a trace.
pub(crate) fn guarded<T>(f: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    // Everything `f` was building is dropped with it, so no half-built state is seen afterwards.
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        let message = format!("an internal fault: {}", text.unwrap_or("no message"));
        Err(Error::new(ErrorKind::Internal, message)
            .help("this is a fault of cx, not of your data; please report it with the command you ran"))
    })
}

/// Panics say where they happened; the message itself comes with the error.
pub(crate) fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        if let Some(place) = info.location() {
            let _ = writeln!(std::io::stderr(), "cx: stopped at {}:{}", place.file(), place.line());
        }
    }));
}

/// The error on a terminal.
fn rendered(error: &Error, colour: bool, width: usize) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_context_lines(1);
    let mut out = String::new();
    match handler.render_report(&mut out, &Shown::of(error)) {
        Ok(()) => out,
        Err(_) => format!("{error}\n"),
    }
}

/// An error as miette draws it.
struct Shown<'a> {
    error: &'a Error,
    snippet: Option<(NamedSource<String>, LabeledSpan)>,
}

impl<'a> Shown<'a> {
    fn of(error: &'a Error) -> Self {
        Self { error, snippet: error.place.as_deref().and_then(snippet) }
    }
}

/// The lines of the settings at fault; other files may hold personal data and are not quoted.
fn snippet(place: &Place) -> Option<(NamedSource<String>, LabeledSpan)> {
    let (text, span) = place.source.as_ref().filter(|(_, span)| !span.is_empty())?;
    let label = LabeledSpan::new_with_span(None, span.clone());
    Some((NamedSource::new(&place.file, text.to_string()), label))
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.snippet.is_some() {
            return f.write_str(&self.error.message);
        }
        write!(f, "{}", self.error)?;
        match self.error.place.as_ref().and_then(|p| p.text.as_ref()) {
            Some(text) => write!(f, ": `{text}`"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.error.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|(source, _)| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.snippet.as_ref().map(|(_, label)| Box::new(std::iter::once(label.clone())) as Box<_>)
    }
}
