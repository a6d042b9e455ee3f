//! Why a source cannot be read.

use std::fmt::Write as _;
use std::io;

/// What a fault of a source means for the run: each maps to one exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The contents are wrong.
    Data,
    /// A file, sheet or column that was asked for is not there.
    NotFound,
    /// A format, type or encoding that is not read.
    Unsupported,
    /// Larger than a limit that protects memory and time.
    Limit,
    /// The system refused to read.
    Io,
    /// A setting has no meaning.
    Setting,
    /// The caller asked to stop.
    Interrupted,
}

/// What is wrong with a source.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The system refused to read.
    #[error("cannot be read ({0})")]
    Io(#[source] io::Error),
    /// No such file.
    #[error("there is no such file")]
    NoFile {
        /// Files of a similar name.
        near: Vec<String>,
    },
    /// A folder where a file is needed.
    #[error("is a folder, and a file is needed")]
    Folder,
    /// A pattern that no file matches.
    #[error("no file matches")]
    NoMatch {
        /// Files of a similar name.
        near: Vec<String>,
    },
    /// Nothing in it: no bytes, or blank lines and remarks alone.
    #[error("is empty: no header and no rows")]
    Empty,
    /// Something that is no table, or a packing that is not undone here.
    #[error("is {what}, which is not read")]
    Foreign {
        /// What it is.
        what: &'static str,
        /// How to get a file that is read.
        mend: &'static str,
    },
    /// The contents break the rules of their format.
    #[error("is damaged or cut short as {format} ({detail})")]
    Damaged {
        /// The format.
        format: &'static str,
        /// What its reader says.
        detail: String,
    },
    /// One record beyond the limit.
    #[error("one record is longer than {limit} bytes")]
    LongRecord {
        /// The limit in bytes.
        limit: usize,
    },
    /// One row of more cells than any table has.
    #[error("one row has more than {limit} cells")]
    WideRecord {
        /// The limit in cells.
        limit: usize,
    },
    /// More names of fields than any table has columns.
    #[error("its objects have more than {limit} different names")]
    ManyNames {
        /// The limit in names.
        limit: usize,
    },
    /// Packed data that unpacks to more than can be meant.
    #[error("unpacks to more than {limit} bytes")]
    Inflates {
        /// The limit in bytes.
        limit: u64,
    },
    /// A quoted cell that runs to the end of the file.
    #[error("the quoted cell that starts in this row is never closed")]
    OpenQuote,
    /// As many names as there are columns are needed.
    #[error("`header` lists {given} names, and the first row has {found} cells")]
    NameCount {
        /// Names in the settings.
        given: usize,
        /// Cells in the file.
        found: usize,
    },
    /// The header's bytes are not text in the encoding.
    #[error("the header is not text in {encoding} (byte {byte})")]
    HeaderBytes {
        /// The encoding tried.
        encoding: &'static str,
        /// Offset of the first bad byte, from 0.
        byte: u64,
        /// An encoding that reads the beginning without a fault.
        hint: Option<&'static str>,
    },
    /// A column that is not there.
    #[error("there is no column `{name}`")]
    NoColumn {
        /// The name asked for.
        name: String,
        /// Columns of a similar name, or the first few.
        near: Vec<String>,
    },
    /// A sheet that is not there.
    #[error("there is no sheet `{name}`")]
    NoSheet {
        /// The name asked for.
        name: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// A column of a type that no table uses.
    #[error("column `{column}` holds {what}, which is not read")]
    ColumnType {
        /// The column.
        column: String,
        /// Its type in words.
        what: String,
    },
    /// A setting without meaning.
    #[error("the setting `{setting}` {why}")]
    Setting {
        /// The setting's name.
        setting: &'static str,
        /// Why it has no meaning.
        why: String,
    },
    /// The caller asked to stop.
    #[error("reading was stopped")]
    Stopped,
}

/// A source that cannot be read: which file, where in it, what and how to mend it.
///
/// # Examples
/// ```
/// use cx_core::sources::{ErrorKind, Problem, SourceError};
/// let error = SourceError::new("answers.csv", Problem::OpenQuote).at_line(7).with_text("1,\"late again");
/// assert_eq!(
///     error.to_string(),
///     "answers.csv, line 7: the quoted cell that starts in this row is never closed: `1,\"late again`"
/// );
/// assert_eq!(error.kind(), ErrorKind::Data);
/// assert!(error.help().unwrap().contains("quote"));
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct SourceError(Box<Details>);

#[derive(Debug)]
struct Details {
    file: String,
    line: Option<u64>,
    column: Option<u64>,
    text: Option<String>,
    problem: Problem,
}

impl SourceError {
    /// A problem with a file, named as the reader of the message knows it.
    pub fn new(file: impl Into<String>, problem: Problem) -> Self {
        Self(Box::new(Details { file: file.into(), line: None, column: None, text: None, problem }))
    }

    /// A failure of the system; a missing file is told apart.
    pub fn io(file: impl Into<String>, error: io::Error) -> Self {
        let problem = match error.kind() {
            io::ErrorKind::NotFound => Problem::NoFile { near: Vec::new() },
            io::ErrorKind::IsADirectory => Problem::Folder,
            _ => Problem::Io(error),
        };
        Self::new(file, problem)
    }

    /// The same problem with its line (text), row (sheet) or row number (Parquet), from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    /// The same problem with its place in the line, from 1.
    #[must_use]
    pub fn at_column(mut self, column: u64) -> Self {
        self.0.column = Some(column);
        self
    }

    /// The same problem with the offending text, shortened.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.0.text = Some(shorten(text));
        self
    }

    /// The file, as named in the settings or found by a pattern.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The line, where known.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// The place in the line, where known.
    pub fn column(&self) -> Option<u64> {
        self.0.column
    }

    /// The offending text, shortened, where known.
    pub fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// What it means for the run.
    pub fn kind(&self) -> ErrorKind {
        match &self.0.problem {
            Problem::Io(_) => ErrorKind::Io,
            Problem::NoFile { .. }
            | Problem::Folder
            | Problem::NoMatch { .. }
            | Problem::NoColumn { .. }
            | Problem::NoSheet { .. } => ErrorKind::NotFound,
            Problem::Foreign { .. } | Problem::ColumnType { .. } => ErrorKind::Unsupported,
            Problem::LongRecord { .. }
            | Problem::WideRecord { .. }
            | Problem::ManyNames { .. }
            | Problem::Inflates { .. } => ErrorKind::Limit,
            Problem::Empty
            | Problem::Damaged { .. }
            | Problem::OpenQuote
            | Problem::HeaderBytes { .. }
            | Problem::NameCount { .. } => ErrorKind::Data,
            Problem::Setting { .. } => ErrorKind::Setting,
            Problem::Stopped => ErrorKind::Interrupted,
        }
    }

    /// How to mend it, where there is something to say.
    pub fn help(&self) -> Option<String> {
        let near = |lead: &str, names: &[String]| {
            (!names.is_empty()).then(|| {
                let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
                format!("{lead} {}", quoted.join(", "))
            })
        };
        match &self.0.problem {
            Problem::NoFile { near: names } | Problem::NoMatch { near: names } => near("nearby:", names)
                .or_else(|| Some("paths are relative to the folder of the settings".to_owned())),
            Problem::Folder => {
                Some(format!("name its files, for example `{}/*.csv`", self.0.file.trim_end_matches('/')))
            }
            Problem::Empty => Some("remove it from the list of files, or export it again".to_owned()),
            Problem::Foreign { mend, .. } => Some((*mend).to_owned()),
            Problem::Damaged { .. } => {
                Some("copy or export the file again; a copy that was broken off looks like this".to_owned())
            }
            Problem::LongRecord { .. } => Some(
                "a quote may be open, or this is not a text table; check `quote` and `delimiter`, \
                 or raise `limits.record_bytes`"
                    .to_owned(),
            ),
            Problem::WideRecord { .. } => Some("check `delimiter`".to_owned()),
            Problem::ManyNames { .. } => {
                Some("identifiers may stand where names should; write them as values".to_owned())
            }
            Problem::Inflates { .. } => Some(
                "files like this are made to exhaust the reader; if it is genuine, raise `limits`".to_owned(),
            ),
            Problem::OpenQuote => Some(
                "the file may be cut short; if quotes are plain text in it, set `quote = \"none\"`, \
                 and if they are written as \\\", set `escape = \"\\\\\"`"
                    .to_owned(),
            ),
            Problem::NameCount { .. } => Some("list one name per column, in the file's order".to_owned()),
            Problem::HeaderBytes { hint, .. } => Some(hint.map_or_else(
                || "set `encoding`, for example to windows-1252, windows-1250 or gb18030".to_owned(),
                |name| format!("set `encoding = \"{name}\"`, which reads it without a fault"),
            )),
            Problem::NoColumn { near: names, .. } => near("columns:", names),
            Problem::NoSheet { sheets, .. } => near("sheets:", sheets),
            Problem::ColumnType { .. } => {
                Some("write it as text, a number, a date or a moment, or leave it unmapped".to_owned())
            }
            Problem::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Some("let this user read it, or leave it out of `files`".to_owned())
            }
            Problem::Io(_) | Problem::Setting { .. } | Problem::Stopped => None,
        }
    }

    fn sentence(&self) -> String {
        let details = &self.0;
        let mut s = details.file.clone();
        // Writing to a string cannot fail.
        if let Some(line) = details.line {
            let _ = write!(s, ", line {line}");
        }
        if let Some(column) = details.column {
            let _ = write!(s, ", column {column}");
        }
        let _ = write!(s, ": {}", details.problem);
        if let Some(text) = &details.text {
            let _ = write!(s, ": `{text}`");
        }
        s
    }
}

/// Longest offending text shown, in characters.
const SHOWN_CHARACTERS: usize = 60;

/// The beginning of a text on one line, control characters written out.
pub(super) fn shorten(text: &str) -> String {
    let text = text.trim_end_matches(['\r', '\n']);
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == SHOWN_CHARACTERS {
            out.push('…');
            break;
        }
        if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

/// Up to three names closest to the one that was asked for; the first three
/// when nothing comes close.
pub(super) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let lower = wanted.to_lowercase();
    let mut scored: Vec<(f64, &str)> =
        names.map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    if scored.iter().any(|(score, _)| *score > 0.7) {
        scored.retain(|(score, _)| *score > 0.7);
    }
    scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_wild_text_is_shortened_to_one_line() {
        let text = format!("a\tb\u{0}{}", "x".repeat(100));
        let short = shorten(&text);
        assert!(short.starts_with("a\\tb\\u{0}x") && short.ends_with('…'));
        assert_eq!(short.matches('x').count(), SHOWN_CHARACTERS - 4);
        assert_eq!(shorten("plain\r\n"), "plain");
    }

    #[test]
    fn nearest_names_come_first() {
        let names = ["CustomerID", "InvoiceNo", "Country", "customer_name"];
        assert_eq!(nearest("customer_id", names.into_iter())[0], "CustomerID");
        assert_eq!(nearest("zzz", names.into_iter()).len(), 3);
    }

    #[test]
    fn missing_files_and_folders_are_told_apart_from_other_failures() {
        let kind = |k| SourceError::io("f", io::Error::from(k)).kind();
        assert_eq!(kind(io::ErrorKind::NotFound), ErrorKind::NotFound);
        assert_eq!(kind(io::ErrorKind::IsADirectory), ErrorKind::NotFound);
        assert_eq!(kind(io::ErrorKind::PermissionDenied), ErrorKind::Io);
        let folder = SourceError::new("data/", Problem::Folder);
        assert_eq!(folder.help().unwrap(), "name its files, for example `data/*.csv`");
    }
}
