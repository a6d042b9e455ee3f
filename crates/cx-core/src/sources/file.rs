//! An open source: how it is read, and the tasks that read it.

use super::batch::BatchBuilder;
use super::dialect::{Delimiter, Dialect, Mark};
use super::error::{Problem, SourceError};
use super::header::{distinct_names, has_header, joined_names, numbered_names};
use super::json::read_json_lines;
use super::options::{Format, Header, Limits, ReadOptions};
use super::parquet::ParquetFile;
use super::sheets::{Book, SheetShape, choose_sheet, shape_of_sheet};
use super::sniff::{Layout, Look, look};
use super::text::{Bytes, Records, Rule, Shape, shape_of};
use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Lines of JSON looked at for names.
const JSON_NAMES_ROWS: usize = 1000;

/// A source that has been looked at and can be read.
///
/// # Examples
/// ```
/// use cx_core::sources::{Projection, RawFile, ReadOptions};
/// use std::ops::ControlFlow;
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("answers.csv");
/// std::fs::write(&path, "id,score,text\n1,9,\"good,\nreally\"\n2,,\n3\n").unwrap();
/// let file = RawFile::open(&path, "answers.csv", &ReadOptions::default()).unwrap();
/// assert_eq!(file.layout().names, ["id", "score", "text"]);
/// for task in file.tasks(0, &Projection::columns(["score"])).unwrap() {
///     task.run(&mut |batch| {
///         assert_eq!(batch.frame.shape(), (2, 1));
///         assert_eq!(batch.lines.of(1), 4, "the quoted cell of the first row spans two lines");
///         assert_eq!(batch.rejected[0].reason.to_string(), "1 cells where the header has 3");
///         ControlFlow::Continue(())
///     }).unwrap();
/// }
/// ```
pub struct RawFile {
    path: PathBuf,
    shown: String,
    limits: Limits,
    lossy: bool,
    bytes: u64,
    layout: Layout,
    inside: Inside,
}

/// What a format needs to know besides the layout.
pub(super) enum Inside {
    /// Rows before the data, and cells in a row.
    Text {
        heading_rows: usize,
        width: usize,
    },
    Json,
    Sheet(SheetShape),
    Parquet(Box<ParquetFile>),
}

impl fmt::Debug for RawFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawFile")
            .field("shown", &self.shown)
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}

impl RawFile {
    /// Looks at a file and settles how it is read; `shown` is its name in messages.
    ///
    /// # Errors
    /// The file cannot be read, is empty, is nothing that is read, or contradicts the settings.
    pub fn open(
        path: impl Into<PathBuf>,
        shown: impl Into<String>,
        options: &ReadOptions,
    ) -> Result<Self, SourceError> {
        let (path, shown) = (path.into(), shown.into());
        let look = look(&path, &shown, options)?;
        let bytes = path.metadata().map_err(|e| SourceError::io(&shown, e))?.len();
        let layout = Layout {
            format: look.format,
            compression: look.compression,
            encoding: look.encoding,
            bom: look.mark,
            encoding_hint: look.hint,
            line_ending: None,
            dialect: None,
            skip_lines: options.skip_lines.unwrap_or(0),
            header: false,
            names: Vec::new(),
            names_complete: true,
            renamed: Vec::new(),
            head: Vec::new(),
            sheet: None,
            sheets: Vec::new(),
            rows: None,
        };
        let format = look.format;
        let mut file = Self {
            path,
            shown,
            limits: options.limits,
            lossy: options.lossy,
            bytes,
            layout,
            inside: Inside::Json,
        };
        match format {
            Format::Delimited => file.open_text(&look, options)?,
            Format::JsonLines => file.open_json()?,
            Format::Xlsx | Format::Ods => file.open_sheet(options)?,
            Format::Parquet => file.open_parquet()?,
        }
        Ok(file)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its name in messages.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Its size on disk in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How it is read.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What the format needs to know besides.
    pub(super) fn inside(&self) -> &Inside {
        &self.inside
    }

    pub(super) fn error(&self, problem: Problem) -> SourceError {
        SourceError::new(&self.shown, problem)
    }

    fn open_text(&mut self, look: &Look, options: &ReadOptions) -> Result<(), SourceError> {
        let shape = shape_of(&look.text, look.whole, options);
        self.check_marks(&shape)?;
        if shape.rows.is_empty() && look.whole {
            return Err(self.error(Problem::Empty));
        }
        let header = match &options.header {
            Some(Header::Row(yes)) => *yes,
            Some(Header::Names(_)) => false,
            None => options.header_rows.is_some() || has_header(&shape.rows),
        };
        let header_rows = if header { options.header_rows.unwrap_or(1) } else { 0 };
        let heading_rows = header_rows + options.skip_rows_after_header.unwrap_or(0);
        self.layout.dialect = Some(shape.dialect.clone());
        self.layout.line_ending = shape.line_ending;
        self.layout.skip_lines = shape.skip_lines;
        self.layout.header = header;
        self.layout.head = self.read_head(heading_rows)?;
        let names = match &options.header {
            Some(Header::Names(names)) if names.len() == shape.width => names.clone(),
            Some(Header::Names(names)) => {
                let problem = Problem::NameCount { given: names.len(), found: shape.width };
                return Err(self.error(problem).at_line(shape.skip_lines + 1));
            }
            _ if !header => numbered_names(shape.width),
            _ => header_names(&self.layout.head[..header_rows.min(self.layout.head.len())], &shape),
        };
        self.set_names(&names);
        self.inside = Inside::Text { heading_rows, width: names.len() };
        Ok(())
    }

    /// Marks of one dialect must differ, or nothing can be told apart by them.
    fn check_marks(&self, shape: &Shape) -> Result<(), SourceError> {
        let Dialect { delimiter, quote, escape, .. } = &shape.dialect;
        let clash = |mark: Mark| mark.byte().is_some_and(|b| *delimiter == Delimiter::Char(char::from(b)));
        let setting = match (clash(*quote), clash(*escape), *quote != Mark::None && quote == escape) {
            (true, _, _) => "quote",
            (_, true, _) | (_, _, true) => "escape",
            _ => return Ok(()),
        };
        let why = "is the same as another mark of the file".to_owned();
        Err(self.error(Problem::Setting { setting, why }))
    }

    /// The rows that are no data.
    fn read_head(&self, rows: usize) -> Result<Vec<Vec<String>>, SourceError> {
        let mut records = self.records()?;
        let mut head = Vec::new();
        while head.len() < rows {
            let Some(record) = records.next()? else { break };
            if let Some(byte) = record.bad.filter(|_| !self.lossy) {
                let (encoding, hint) = (self.layout.encoding.name(), self.layout.encoding_hint);
                let error = self.error(Problem::HeaderBytes { encoding, byte, hint });
                return Err(error.at_line(record.line).with_text(&String::from_utf8_lossy(record.raw)));
            }
            head.push(record.cells().map(str::to_owned).collect());
        }
        Ok(head)
    }

    fn set_names(&mut self, cells: &[String]) {
        (self.layout.names, self.layout.renamed) = distinct_names(cells);
    }

    fn open_json(&mut self) -> Result<(), SourceError> {
        self.layout.names_complete = false;
        let mut names = Vec::new();
        let batch = BatchBuilder::new(0, &[]).with_rows(JSON_NAMES_ROWS);
        let _ = read_json_lines(&mut self.records()?, &[], true, batch, &mut |batch| {
            names = batch.frame.get_column_names_owned().iter().map(ToString::to_string).collect();
            ControlFlow::Break(())
        })?;
        self.layout.names = names;
        self.inside = Inside::Json;
        Ok(())
    }

    fn open_sheet(&mut self, options: &ReadOptions) -> Result<(), SourceError> {
        let book = self.book();
        book.check()?;
        let sheets = book.sheets()?;
        let sheet = choose_sheet(&book, &sheets, options.sheet.as_deref())?;
        let shape = shape_of_sheet(&book, &sheet, options)?;
        if shape.width == 0 {
            return Err(self.error(Problem::Empty));
        }
        let names = match &options.header {
            Some(Header::Names(names)) => names.clone(),
            _ if !shape.header => numbered_names(shape.width),
            _ => {
                let rows = options.header_rows.unwrap_or(1).min(shape.head.len());
                let mut names = joined_names(&shape.head[..rows]);
                names.resize(shape.width, String::new());
                names
            }
        };
        self.set_names(&names);
        self.layout.skip_lines = shape.skip_lines;
        self.layout.header = shape.header;
        self.layout.head.clone_from(&shape.head);
        self.layout.sheet = Some(sheet);
        self.layout.sheets = sheets.into_iter().map(|s| s.name).collect();
        self.inside = Inside::Sheet(shape);
        Ok(())
    }

    fn open_parquet(&mut self) -> Result<(), SourceError> {
        let parquet = ParquetFile::open(&self.path, &self.shown)?;
        self.layout.names = parquet.names();
        self.layout.rows = Some(parquet.rows());
        self.inside = Inside::Parquet(Box::new(parquet));
        Ok(())
    }

    pub(super) fn book(&self) -> Book<'_> {
        Book { path: &self.path, shown: &self.shown, format: self.layout.format, limits: &self.limits }
    }

    /// The records of a text behind the lines to be skipped.
    pub(super) fn records(&self) -> Result<Records, SourceError> {
        let layout = &self.layout;
        let bytes = Bytes::open(&self.path, &self.shown, layout.compression, &self.limits)?;
        let rule = layout.dialect.clone().map_or(Rule::Lines, Rule::Cells);
        let most = self.limits.record_bytes;
        let mut records = Records::new(bytes, layout.encoding, layout.bom, rule, most, self.lossy)?;
        records.skip_lines(layout.skip_lines)?;
        Ok(records)
    }
}

/// The header's names. Where every row ends in a delimiter that the header
/// lacks, the blank cell behind it gets a name as well.
fn header_names(rows: &[Vec<String>], shape: &Shape) -> Vec<String> {
    let mut names = joined_names(rows);
    let body = || shape.rows.iter().skip(rows.len()).filter(|row| row.len() == shape.width);
    let blank = |row: &Vec<String>| row.last().is_some_and(|cell| cell.trim().is_empty());
    if names.len() + 1 == shape.width && body().count() > 0 && body().all(blank) {
        names.push(String::new());
    }
    names
}
