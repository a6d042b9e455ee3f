//! Why a run cannot go on: one shape for every stage.

use crate::calc::{CalcError, Kind};
use crate::ground::located::SettingFault;
use crate::project::SettingsError;
use crate::sources::{self, SourceError};
use crate::tables::dataset::ScanError;
use crate::tables::load::LoadError;
use serde::Serialize;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// What an error means for whoever called. Each kind has one exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The call or the settings cannot be followed.
    Usage,
    /// The records are wrong in a way that cannot be counted and passed over.
    Data,
    /// A project, file, column, metric or finding is not there.
    NotFound,
    /// A format or type that is not read or written.
    Unsupported,
    /// Larger than a limit that protects memory, time or privacy.
    Limit,
    /// A fault of the program.
    Internal,
    /// The system refused to read or write.
    Io,
    /// The caller asked to stop.
    Interrupted,
}

impl ErrorKind {
    /// Every kind, by exit code.
    pub const ALL: [Self; 8] = [
        Self::Usage,
        Self::Data,
        Self::NotFound,
        Self::Unsupported,
        Self::Limit,
        Self::Internal,
        Self::Io,
        Self::Interrupted,
    ];

    /// The exit code of a command that ends with it.
    ///
    /// ```
    /// use cx_core::analysis::ErrorKind;
    /// assert_eq!(ErrorKind::NotFound.exit_code(), 4);
    /// ```
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::Data => 3,
            Self::NotFound => 4,
            Self::Unsupported => 5,
            Self::Limit => 6,
            Self::Internal => 70,
            Self::Io => 74,
            Self::Interrupted => 130,
        }
    }

    /// What it means, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Usage => "the call or the settings cannot be followed",
            Self::Data => "the records are wrong in a way that cannot be counted and passed over",
            Self::NotFound => "a project, file, column, metric or finding is not there",
            Self::Unsupported => "a format or type that is not read or written",
            Self::Limit => "larger than a limit that protects memory, time or privacy",
            Self::Internal => "a fault of the program",
            Self::Io => "the system refused to read or write",
            Self::Interrupted => "stopped from outside",
        }
    }
}

/// Where in a file an error lies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, as the reader of the message knows it.
    pub file: String,
    /// Line (text), row (sheet) or row number (Parquet), from 1.
    pub line: Option<u64>,
    /// Place in the line, in characters from 1.
    pub column: Option<u64>,
    /// The offending text, shortened.
    pub text: Option<String>,
    /// The whole text and the bytes at fault, where the file is the settings.
    #[serde(skip)]
    pub source: Option<(Arc<str>, Range<usize>)>,
}

/// Why a run cannot go on: what, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{}{message}", self.prefix())]
pub struct Error {
    /// What it means for the caller.
    pub kind: ErrorKind,
    /// What is wrong, without the place.
    pub message: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Box<Place>>,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Error {
    /// An error without a place.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: None, help: None }
    }

    /// The same error with a way to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same error at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// A fault of the settings, with the text it lies in.
    pub fn settings(error: SettingsError, text: &str) -> Self {
        Self {
            kind: ErrorKind::Usage,
            message: error.message,
            help: error.help,
            place: Some(Box::new(Place {
                file: error.file,
                line: Some(error.line as u64),
                column: Some(error.column as u64),
                text: Some(error.text).filter(|t| !t.is_empty()),
                source: Some((text.into(), error.span)),
            })),
        }
    }

    /// A fault at a place of the settings' text.
    pub fn setting(file: &str, text: &str, fault: SettingFault) -> Self {
        Self::settings(SettingsError::new(file, text, fault), text)
    }

    /// A failed load: settings at fault get their place in the text.
    pub fn load(error: LoadError, file: &str, text: &str) -> Self {
        match error {
            LoadError::Setting(fault) => Self::setting(file, text, fault),
            LoadError::Source(error) => error.into(),
        }
    }

    fn prefix(&self) -> String {
        let Some(place) = &self.place else { return String::new() };
        let mut prefix = place.file.clone();
        for number in [place.line, place.column].into_iter().flatten() {
            // Writing to a string cannot fail.
            let _ = write!(prefix, ":{number}");
        }
        prefix + ": "
    }
}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        let kind = match error.kind() {
            sources::ErrorKind::Data => ErrorKind::Data,
            sources::ErrorKind::NotFound => ErrorKind::NotFound,
            sources::ErrorKind::Unsupported => ErrorKind::Unsupported,
            sources::ErrorKind::Limit => ErrorKind::Limit,
            sources::ErrorKind::Io => ErrorKind::Io,
            sources::ErrorKind::Setting => ErrorKind::Usage,
            sources::ErrorKind::Interrupted => ErrorKind::Interrupted,
        };
        Self {
            kind,
            message: error.problem().to_string(),
            help: error.help(),
            place: Some(Box::new(Place {
                file: error.file().to_owned(),
                line: error.line(),
                column: error.column(),
                text: error.text().map(str::to_owned),
                source: None,
            })),
        }
    }
}

impl From<ScanError> for Error {
    fn from(error: ScanError) -> Self {
        let kind = match error {
            ScanError::Interrupted => ErrorKind::Interrupted,
            ScanError::Read { .. } => ErrorKind::Data,
        };
        Self::new(kind, error.to_string())
    }
}

impl From<CalcError> for Error {
    fn from(error: CalcError) -> Self {
        let kind = match error.kind() {
            Kind::Usage => ErrorKind::Usage,
            Kind::Data => ErrorKind::Data,
            Kind::NotFound => ErrorKind::NotFound,
        };
        Self::new(kind, error.to_string()).help(error.help())
    }
}
