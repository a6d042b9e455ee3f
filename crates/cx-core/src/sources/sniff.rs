//! Looking at the beginning of a file to see how it is to be read.

use super::dialect::{Dialect, LineEnding};
use super::error::{Problem, SourceError};
use super::file::RawFile;
use super::header::Renamed;
use super::json::is_object;
use super::magic::{Magic, byte_order_mark, is_binary, magic};
use super::options::{Compression, Encoding, Format, Header, ReadOptions};
use super::sheets::book_format;
use super::text::{Bytes, guess_encoding};
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;

/// Bytes looked at.
const LOOK: usize = 256 << 10;
/// Bytes looked at where fewer hold no whole line.
const LONG_LOOK: usize = 4 << 20;
/// Rows shown of a file that was looked at.
const SAMPLE_ROWS: usize = 200;

/// How a file is read: what the settings fix, and what looking at it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// The kind of file.
    pub format: Format,
    /// Whether the whole file is packed.
    pub compression: Compression,
    /// The text encoding (text and JSON).
    pub encoding: Encoding,
    /// Bytes of the byte order mark at the beginning.
    pub bom: usize,
    /// An encoding that would read the beginning, where the one used does not.
    pub encoding_hint: Option<&'static str>,
    /// How lines end (text).
    pub line_ending: Option<LineEnding>,
    /// Delimiter, quote and escape (text).
    pub dialect: Option<Dialect>,
    /// Lines or sheet rows before the header.
    pub skip_lines: u64,
    /// True where rows of the file name the columns.
    pub header: bool,
    /// The columns' names: those of the header made distinct, those of the settings, or numbers.
    pub names: Vec<String>,
    /// True where no further columns can turn up; a JSON file may hold rare names.
    pub names_complete: bool,
    /// Names that could not stand as they were.
    pub renamed: Vec<Renamed>,
    /// The rows that are header or skipped after it, as text.
    pub head: Vec<Vec<String>>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// All sheets of the workbook.
    pub sheets: Vec<String>,
    /// Rows, where the file says so itself (Parquet).
    pub rows: Option<u64>,
}

impl Layout {
    /// The settings that fix what was found, for a settings file.
    pub fn options(&self) -> ReadOptions {
        let is_text = self.format == Format::Delimited;
        let is_sheet = self.sheet.is_some();
        let dialect = self.dialect.as_ref();
        ReadOptions {
            format: Some(self.format),
            encoding: Some(self.encoding).filter(|e| *e != Encoding::UTF_8),
            delimiter: dialect.map(|d| d.delimiter),
            quote: dialect.map(|d| d.quote).filter(|q| *q != Dialect::COMMA.quote),
            escape: dialect.map(|d| d.escape).filter(|e| *e != Dialect::COMMA.escape),
            comment: dialect.and_then(|d| d.comment.clone()),
            skip_lines: Some(self.skip_lines).filter(|n| *n > 0),
            header: (is_text || is_sheet).then_some(Header::Row(self.header)),
            sheet: self.sheet.clone(),
            ..ReadOptions::default()
        }
    }
}

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sniffed {
    /// How it is read.
    pub layout: Layout,
    /// The first rows as text, absent cells as `None`.
    pub sample: Vec<Vec<Option<String>>>,
}

/// Looks at a file without any settings.
///
/// # Errors
/// The file cannot be read, is empty, or is nothing that is read.
///
/// # Examples
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("export.csv");
/// std::fs::write(&path, "Report of March\n\ncustomer;score\nC-1;9,5\nC-2;7,0\n").unwrap();
/// let seen = cx_core::sources::sniff(&path).unwrap();
/// assert_eq!(seen.layout.names, ["customer", "score"]);
/// assert_eq!(seen.layout.skip_lines, 2);
/// assert_eq!(seen.sample[1], [Some("C-2".to_owned()), Some("7,0".to_owned())]);
/// ```
pub fn sniff(path: &Path) -> Result<Sniffed, SourceError> {
    let file = RawFile::open(path, path.display().to_string(), &ReadOptions::default())?;
    let sample = file.sample(SAMPLE_ROWS)?;
    Ok(Sniffed { layout: file.layout().clone(), sample })
}

/// The beginning of a file and what its bytes say.
pub(super) struct Look {
    pub(super) format: Format,
    pub(super) compression: Compression,
    pub(super) encoding: Encoding,
    pub(super) mark: usize,
    pub(super) hint: Option<&'static str>,
    /// The beginning as text; for UTF-8 the bytes as they are.
    pub(super) text: Vec<u8>,
    /// True where the text is the whole file.
    pub(super) whole: bool,
}

/// Looks at the first bytes of a file.
pub(super) fn look(path: &Path, shown: &str, options: &ReadOptions) -> Result<Look, SourceError> {
    let error = |problem| SourceError::new(shown, problem);
    let metadata = path.metadata().map_err(|e| SourceError::io(shown, e))?;
    if metadata.is_dir() {
        return Err(error(Problem::Folder));
    }
    let (head, _) = beginning(path, shown, Compression::None, 64, options)?;
    if head.is_empty() {
        return Err(error(Problem::Empty));
    }
    let outer = magic(&head);
    let compression = if outer == Magic::Gzip { Compression::Gzip } else { Compression::None };
    let packed = |format| Look {
        format,
        compression,
        encoding: Encoding::UTF_8,
        mark: 0,
        hint: None,
        text: Vec::new(),
        whole: false,
    };
    match (outer, options.format) {
        (Magic::Foreign(what, mend), _) => return Err(error(Problem::Foreign { what, mend })),
        (Magic::Parquet, None | Some(Format::Parquet)) => return Ok(packed(Format::Parquet)),
        (Magic::Zip, None | Some(Format::Xlsx | Format::Ods)) => return book_format(path, shown).map(packed),
        (Magic::Parquet | Magic::Zip, Some(format)) => return Err(error(contradiction(format))),
        (_, Some(format @ (Format::Parquet | Format::Xlsx | Format::Ods))) => {
            return Err(error(contradiction(format)));
        }
        _ => {}
    }
    let (mut bytes, mut whole) = beginning(path, shown, compression, LOOK, options)?;
    // A table of many thousand columns may need more to show a whole line.
    if !whole && bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).take(2).count() < 2 {
        (bytes, whole) = beginning(path, shown, compression, LONG_LOOK, options)?;
    }
    if bytes.is_empty() {
        return Err(error(Problem::Empty));
    }
    if compression == Compression::Gzip
        && let Some(problem) = magic(&bytes).inner_problem()
    {
        return Err(error(problem));
    }
    let marked =
        if options.has_bom == Some(false) { None } else { byte_order_mark(&bytes).map_err(error)? };
    let (encoding, mark) = marked.unwrap_or((options.encoding.unwrap_or(Encoding::UTF_8), 0));
    let body = &bytes[mark..];
    let hint = if encoding == Encoding::UTF_8 { guess_encoding(body) } else { None };
    if encoding == Encoding::UTF_8 && is_binary(body) {
        return Err(error(match hint {
            Some("UTF-16LE") => Problem::Foreign {
                what: "UTF-16 text without the mark that says so",
                mend: "set `encoding = \"utf-16le\"`",
            },
            Some("UTF-16BE") => Problem::Foreign {
                what: "UTF-16 text without the mark that says so",
                mend: "set `encoding = \"utf-16be\"`",
            },
            _ => Problem::Foreign {
                what: "a binary file",
                mend: "name a table: CSV, JSON lines, Parquet, .xlsx or .ods",
            },
        }));
    }
    let text = if encoding == Encoding::UTF_8 {
        body.to_vec()
    } else {
        encoding.0.decode_without_bom_handling(body).0.into_owned().into_bytes()
    };
    let format = match options.format {
        Some(format) => format,
        None => text_format(&text, whole).map_err(error)?,
    };
    Ok(Look { format, compression, encoding, mark, hint, text, whole })
}

/// Settings that name another format than the file has.
fn contradiction(format: Format) -> Problem {
    let why = format!("is `{}`, and the file is something else", format.word());
    Problem::Setting { setting: "format", why }
}

/// The first bytes of a file, unpacked, and whether that is all of them.
fn beginning(
    path: &Path,
    shown: &str,
    compression: Compression,
    most: usize,
    options: &ReadOptions,
) -> Result<(Vec<u8>, bool), SourceError> {
    let mut bytes = Bytes::open(path, shown, compression, &options.limits)?;
    let mut buffer = vec![0; most];
    let mut length = 0;
    while length < most {
        match bytes.read(&mut buffer[length..])? {
            0 => break,
            n => length += n,
        }
    }
    buffer.truncate(length);
    Ok((buffer, length < most))
}

/// Delimited text or JSON lines.
fn text_format(text: &[u8], whole: bool) -> Result<Format, Problem> {
    let text: Cow<'_, str> = String::from_utf8_lossy(text);
    let body = text.trim_start();
    let (first, more) = body.split_once('\n').map_or((body, false), |(first, _)| (first, true));
    if body.starts_with('{') {
        if is_object(first) || !(more || whole) {
            return Ok(Format::JsonLines);
        }
        if body.trim_start_matches('{').trim_start().starts_with('"') && first.trim() == "{" {
            return Err(Problem::Foreign {
                what: "JSON spread over several lines",
                mend: "write one object per line",
            });
        }
    }
    let inside = body.strip_prefix('[').map(str::trim_start);
    if inside.is_some_and(|rest| rest.starts_with("{\"") || rest.starts_with("{}") || rest.starts_with("{\n"))
    {
        return Err(Problem::Foreign {
            what: "a JSON list",
            mend: "write one object per line, without the brackets",
        });
    }
    Ok(Format::Delimited)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_from_delimited_text() {
        let format = |text: &str| text_format(text.as_bytes(), true);
        assert_eq!(format("\n {\"a\": 1}\n{\"a\": 2}\n").unwrap(), Format::JsonLines);
        assert_eq!(format("{a};{b}\n1;2\n").unwrap(), Format::Delimited);
        assert_eq!(format("[x],[y]\n1,2\n").unwrap(), Format::Delimited);
        for foreign in ["{\n  \"a\": 1\n}\n", "[{\"a\": 1},\n{\"a\": 2}]", "[\n  {\n \"a\": 1}]"] {
            assert!(matches!(format(foreign).unwrap_err(), Problem::Foreign { .. }), "{foreign}");
        }
        // A first line longer than the look.
        assert_eq!(text_format(b"{\"a\": \"xxxx", false).unwrap(), Format::JsonLines);
    }
}
