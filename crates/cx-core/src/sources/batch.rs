//! Raw batches: columns as the file has them, and where each row came from.

use super::error::{SourceError, shorten};
use crate::ground::issue::Fault;
use polars::prelude::{Column, DataFrame, IntoColumn, IntoSeries, PlSmallStr, StringChunkedBuilder};
use std::borrow::Cow;
use std::fmt;

/// Most rows in a batch of text, JSON or a sheet.
pub(super) const BATCH_ROWS: usize = 1 << 16;
/// A batch ends early once it holds this many bytes of text,
const BATCH_BYTES: usize = 32 << 20;
/// or this many cells.
const BATCH_CELLS: usize = 1 << 22;

/// Where the rows of a batch stand in their file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lines {
    /// The line (text) or sheet row of each.
    Each(Vec<u64>),
    /// Row numbers from this one on, without gaps.
    From(u64),
}

impl Lines {
    /// The line, sheet row or row number of a row of the batch; all count from 1.
    pub fn of(&self, row: usize) -> u64 {
        match self {
            Self::Each(lines) => lines.get(row).copied().unwrap_or(0),
            Self::From(first) => first + row as u64,
        }
    }
}

/// Why a row was kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// More or fewer cells than there are columns.
    Width {
        /// Cells in the row.
        found: usize,
        /// Columns of the file.
        expected: usize,
    },
    /// Bytes that are not text in the encoding.
    Bytes {
        /// Offset of the first of them in the unpacked file, from 0.
        byte: u64,
    },
    /// Not a JSON object.
    Json {
        /// Place in the line, in bytes from 1.
        column: usize,
        /// What was found wrong.
        why: &'static str,
    },
}

impl Reason {
    /// The kind of fault, as reports name it.
    pub const fn fault(&self) -> Fault {
        match self {
            Self::Width { .. } => Fault::WrongWidth,
            Self::Bytes { .. } => Fault::BadEncoding,
            Self::Json { .. } => Fault::BadJson,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Width { found, expected } => {
                write!(f, "{found} cells where the header has {expected}")
            }
            Self::Bytes { byte } => write!(f, "byte {byte} is not text in the file's encoding"),
            Self::Json { column, why } => write!(f, "not a JSON object: {why} at place {column}"),
        }
    }
}

/// A row that was kept out, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its first line (text) or sheet row.
    pub line: u64,
    /// Why.
    pub reason: Reason,
    /// Its bytes without the line end; cells of a sheet are joined by tabs.
    /// Text of another encoding is in UTF-8 here.
    pub raw: Vec<u8>,
}

impl Rejected {
    /// The row as text, for a quarantine file.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.raw)
    }

    /// The beginning of the row on one line, for messages.
    pub fn sample(&self) -> String {
        shorten(&self.text())
    }
}

/// A row kept although some of its bytes were replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repaired {
    /// Its first line.
    pub line: u64,
    /// Offset of the first replaced byte in the unpacked file, from 0.
    pub byte: u64,
}

/// Some rows of one file.
///
/// Cells of text, JSON and sheets are strings: a blank cell is an empty
/// string, an absent one is null. Columns of Parquet keep their own types.
#[derive(Debug)]
pub struct RawBatch {
    /// The columns asked for, in that order.
    pub frame: DataFrame,
    /// Which of the files it is from, counted from 0.
    pub file: usize,
    /// Rows of the file that came before the first of these and were kept.
    pub first_row: u64,
    /// Where each row stands.
    pub lines: Lines,
    /// Rows between these that were kept out.
    pub rejected: Vec<Rejected>,
    /// Rows among these with replaced bytes.
    pub repaired: Vec<Repaired>,
}

impl RawBatch {
    /// The cells as text, row by row; absent ones are `None`.
    pub fn texts(&self) -> Vec<Vec<Option<String>>> {
        super::sample::texts(&self.frame)
    }
}

/// One column as it grows. Absent cells are filled in when the next one comes,
/// so that a row costs only the cells it has.
struct Cells {
    builder: StringChunkedBuilder,
    rows: usize,
}

impl Cells {
    fn new(name: &PlSmallStr, capacity: usize) -> Self {
        Self { builder: StringChunkedBuilder::new(name.clone(), capacity), rows: 0 }
    }

    fn pad(&mut self, rows: usize) {
        while self.rows < rows {
            self.builder.append_null();
            self.rows += 1;
        }
    }
}

/// Builds batches of string columns without an allocation per cell.
pub(super) struct BatchBuilder {
    file: usize,
    names: Vec<PlSmallStr>,
    columns: Vec<Cells>,
    capacity: usize,
    most_rows: usize,
    lines: Vec<u64>,
    rejected: Vec<Rejected>,
    repaired: Vec<Repaired>,
    kept_before: u64,
    bytes: usize,
}

impl BatchBuilder {
    pub(super) fn new(file: usize, names: &[String]) -> Self {
        let names: Vec<PlSmallStr> = names.iter().map(|name| name.as_str().into()).collect();
        let mut builder = Self {
            file,
            names,
            columns: Vec::new(),
            capacity: 0,
            most_rows: BATCH_ROWS,
            lines: Vec::new(),
            rejected: Vec::new(),
            repaired: Vec::new(),
            kept_before: 0,
            bytes: 0,
        };
        builder.renew(1024);
        builder
    }

    /// The same with smaller batches, for a look at the beginning.
    pub(super) fn with_rows(mut self, most: usize) -> Self {
        self.most_rows = most;
        self
    }

    /// Columns so far.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Rows so far.
    fn height(&self) -> usize {
        self.lines.len()
    }

    /// Adds a cell to the row about to end, at most one per column; the others are absent.
    pub(super) fn cell(&mut self, column: usize, text: &str) {
        let height = self.height();
        self.bytes += text.len();
        let cells = &mut self.columns[column];
        cells.pad(height);
        cells.builder.append_value(text);
        cells.rows += 1;
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self, line: u64) {
        self.lines.push(line);
    }

    /// Adds a column; the rows so far have no cell in it.
    pub(super) fn add_column(&mut self, name: &str) {
        let name: PlSmallStr = name.into();
        self.columns.push(Cells::new(&name, self.capacity));
        self.names.push(name);
    }

    /// Keeps a row out.
    pub(super) fn reject(&mut self, line: u64, reason: Reason, raw: &[u8]) {
        self.bytes += raw.len();
        self.rejected.push(Rejected { line, reason, raw: raw.to_vec() });
    }

    /// Notes that the row about to end has replaced bytes.
    pub(super) fn note_repair(&mut self, line: u64, byte: u64) {
        self.repaired.push(Repaired { line, byte });
    }

    /// True once the batch should be handed on.
    pub(super) fn is_full(&self) -> bool {
        let rows = self.height() + self.rejected.len();
        rows >= self.most_rows
            || self.bytes >= BATCH_BYTES
            || self.height().saturating_mul(self.columns.len()) >= BATCH_CELLS
    }

    /// True where there is nothing to hand on.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.rejected.is_empty()
    }

    /// Hands on the rows so far and begins the next batch.
    pub(super) fn take(&mut self, shown: &str) -> Result<RawBatch, SourceError> {
        let height = self.height();
        let columns: Vec<Column> = std::mem::take(&mut self.columns)
            .into_iter()
            .map(|mut cells| {
                cells.pad(height);
                cells.builder.finish().into_series().into_column()
            })
            .collect();
        let frame = DataFrame::new(height, columns).map_err(|e| frame_error(shown, &e))?;
        let batch = RawBatch {
            frame,
            file: self.file,
            first_row: self.kept_before,
            lines: Lines::Each(std::mem::take(&mut self.lines)),
            rejected: std::mem::take(&mut self.rejected),
            repaired: std::mem::take(&mut self.repaired),
        };
        self.kept_before += height as u64;
        self.bytes = 0;
        self.renew(height);
        Ok(batch)
    }

    /// Fresh columns with room for about as many rows as the last batch had.
    fn renew(&mut self, rows: usize) {
        self.capacity = rows;
        self.columns = self.names.iter().map(|name| Cells::new(name, rows)).collect();
        self.lines.reserve(rows);
    }
}

/// A frame that cannot be built: unreachable while names are distinct and
/// columns even, and an error rather than a panic if they ever are not.
pub(super) fn frame_error(shown: &str, error: &polars::error::PolarsError) -> SourceError {
    let problem = super::error::Problem::Damaged { format: "table", detail: error.to_string() };
    SourceError::new(shown, problem)
}
