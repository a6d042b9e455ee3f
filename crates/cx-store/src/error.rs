//! What can go wrong, sorted by what the caller can do about it.

use std::path::Path;

/// Why the store did not do what was asked. Nothing was written, unless the
/// variant says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something presented cannot be taken.
    #[error("{what}: {why}")]
    Invalid {
        /// The thing, such as `email`.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// There is no such thing, or not in this workspace.
    #[error("there is no {what} `{id}`")]
    NotFound {
        /// The kind of thing.
        what: &'static str,
        /// Its name.
        id: String,
    },
    /// It would contradict what is there already.
    #[error("{0}")]
    Conflict(String),
    /// The disk, or the space the store may take, is used up.
    #[error("the store is full: {0}")]
    Full(String),
    /// The store may be read and not written.
    #[error("the store cannot be written: {0}")]
    ReadOnly(String),
    /// The database cannot be reached now, or another writer holds it; trying again may help.
    /// Whether a commit that was under way has happened is not known: the
    /// same idempotency key finds out.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// The database's file is not what was written.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The database was written by a newer version, or its migrations were altered.
    #[error("the store's schema does not fit this version: {0}")]
    Schema(String),
    /// The key does not belong to this database.
    #[error("this key is not the one that the store was made with")]
    WrongKey,
    /// The operating system gave no randomness.
    #[error("no randomness: {0}")]
    Entropy(String),
    /// A file beside the database cannot be read or written.
    #[error("{path}: {why}")]
    File {
        /// The file.
        path: String,
        /// What the operating system said.
        why: String,
    },
    /// Anything else the database said.
    #[error("the database refused: {0}")]
    Database(String),
}

impl Error {
    /// What to do about it, in a sentence.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "Correct what was sent.",
            Self::NotFound { .. } => "Look at the list of what there is.",
            Self::Conflict(_) => "Read what is there and decide which of the two holds.",
            Self::Full(_) => "Free space where the database lies, then send the same request again.",
            Self::ReadOnly(_) => "Give the server the right to write where the database lies.",
            Self::Unavailable(_) => "Send the same request again in a moment.",
            Self::Damaged(_) => "Stop the server and restore the newest backup.",
            Self::Schema(_) => "Run the version that wrote the store, or a newer one.",
            Self::WrongKey => "Start with the key file that was made with this store.",
            Self::Entropy(_) => "Look at the operating system's source of randomness.",
            Self::File { .. } => "Look at the path, its rights and the space there.",
            Self::Database(_) => "Look at the database's own log.",
        }
    }

    pub(crate) fn invalid(what: &'static str, why: impl Into<String>) -> Self {
        Self::Invalid { what, why: why.into() }
    }

    pub(crate) fn not_found(what: &'static str, id: impl Into<String>) -> Self {
        Self::NotFound { what, id: id.into() }
    }

    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), why: error.to_string() }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let text = error.to_string();
        match &error {
            sqlx::Error::Database(said) => {
                let code = said.code().unwrap_or_default();
                if said.is_unique_violation() {
                    Self::Conflict(said.message().to_owned())
                } else if let Ok(number) = code.parse::<i64>()
                    && code.len() < 5
                {
                    of_sqlite(number, text)
                } else {
                    of_postgres(&code, text)
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(text),
            _ => Self::Database(text),
        }
    }
}

/// SQLite's result codes; the low byte is the kind, the rest a detail of it.
fn of_sqlite(code: i64, text: String) -> Error {
    match code & 0xff {
        5 | 6 => Error::Unavailable(text),
        8 | 14 => Error::ReadOnly(text),
        11 | 26 => Error::Damaged(text),
        13 => Error::Full(text),
        _ => Error::Database(text),
    }
}

/// PostgreSQL's SQLSTATE.
fn of_postgres(code: &str, text: String) -> Error {
    match code {
        "53100" => Error::Full(text),
        "25006" => Error::ReadOnly(text),
        "XX001" | "XX002" => Error::Damaged(text),
        "40001" | "40P01" | "55P03" | "53300" | "57P01" | "57P02" | "57P03" => Error::Unavailable(text),
        _ if code.starts_with("08") => Error::Unavailable(text),
        _ => Error::Database(text),
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::Execute(inner)
            | sqlx::migrate::MigrateError::ExecuteMigration(inner, _) => inner.into(),
            other => Self::Schema(other.to_string()),
        }
    }
}
