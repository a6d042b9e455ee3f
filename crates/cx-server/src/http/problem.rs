//! Errors as problem details (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use cx_core::analysis::{Error, ErrorKind, Place};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::Path;

/// What a problem means for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The request or the settings cannot be followed.
    Usage,
    /// The records are wrong in a way that cannot be counted and passed over.
    Data,
    /// A workspace, file, column, metric, finding or page is not there.
    NotFound,
    /// The address is there, and not for this method.
    MethodNotAllowed,
    /// A format or type that is not read or written.
    Unsupported,
    /// Larger than a limit that protects memory, time or privacy.
    Limit,
    /// Nobody is signed in.
    Unauthorized,
    /// Whoever is signed in may not do this.
    Forbidden,
    /// Somebody cancelled the work.
    Cancelled,
    /// Too much is asked at once; ask again later.
    Busy,
    /// The work took longer than it may.
    TimeLimit,
    /// A fault of the program.
    Internal,
    /// The system refused to read or write.
    Io,
}

impl Kind {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::Usage => StatusCode::BAD_REQUEST,
            Self::Data | Self::Unsupported => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Limit => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Cancelled => StatusCode::CONFLICT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::TimeLimit => StatusCode::GATEWAY_TIMEOUT,
            Self::Internal | Self::Io => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Usage => "The request cannot be followed",
            Self::Data => "The records are at fault",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Not for this method",
            Self::Unsupported => "Not read or written in this form",
            Self::Limit => "Larger than a limit",
            Self::Unauthorized => "Nobody is signed in",
            Self::Forbidden => "Not allowed",
            Self::Cancelled => "Cancelled",
            Self::Busy => "Too much is asked at once",
            Self::TimeLimit => "It took longer than it may",
            Self::Internal => "A fault of the program",
            Self::Io => "The system refused to read or write",
        }
    }

    const fn of(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Usage => Self::Usage,
            ErrorKind::Data => Self::Data,
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::Unsupported => Self::Unsupported,
            ErrorKind::Limit => Self::Limit,
            ErrorKind::Internal => Self::Internal,
            ErrorKind::Io => Self::Io,
            ErrorKind::Interrupted => Self::Cancelled,
        }
    }
}

/// Why a request was not answered.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// The kind of problem, as an address.
    #[serde(rename = "type")]
    uri: String,
    /// The kind of problem, in words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong here.
    detail: String,
    /// The kind of problem, for programs.
    pub(crate) kind: Kind,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    /// The file at fault, from the workspace's folder on.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Its line.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// The place in the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    /// The text at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip)]
    retry_after: Option<u32>,
}

impl Problem {
    /// A problem without a place.
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let word = serde_json::to_value(kind).ok();
        let word = word.as_ref().and_then(|w| w.as_str()).unwrap_or_default().replace('_', "-");
        Self {
            uri: format!("/problems/{word}"),
            title: kind.title().to_owned(),
            status: kind.status().as_u16(),
            detail: detail.into(),
            kind,
            help: None,
            file: None,
            line: None,
            column: None,
            value: None,
            retry_after: None,
        }
    }

    /// The same with a way to mend it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with the seconds after which it may be asked again.
    pub(crate) const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// An error of the core, met in a workspace's folder. Where the folder
    /// lies on the server's disk is nobody's concern.
    pub(crate) fn within(error: Error, folder: &Path) -> Self {
        let inside = format!("{}/", folder.display());
        let clean = |text: String| text.replace(&inside, "");
        let place = error.place.map(|place| Box::new(Place { file: clean(place.file.clone()), ..*place }));
        Self::from(Error { message: clean(error.message), help: error.help.map(clean), place, ..error })
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let place = error.place.map(|place| *place).unwrap_or_default();
        Self {
            help: error.help,
            file: Some(place.file).filter(|file| !file.is_empty()),
            line: place.line,
            column: place.column,
            value: place.text,
            ..Self::new(Kind::of(error.kind), error.message)
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let text = cx_core::analysis::indented(&self);
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.kind.status(), [(header::CONTENT_TYPE, kind)], text).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.kind == Kind::Unauthorized {
            let scheme = HeaderValue::from_static("Bearer realm=\"cx\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}
