//! An open source: how it is read, and the tasks that read it.

use super::batch::{BatchBuilder, RawBatch};
use super::contained::contained;
use super::error::{Problem, SourceError, nearest};
use super::header::{distinct_names, has_header, joined_names, numbered_names};
use super::json::read_json_lines;
use super::options::{Format, Header, Limits, ReadOptions};
use super::parquet::{ParquetFile, Slice};
use super::sheets::{Book, SheetShape, choose_sheet, read_sheet, shape_of_sheet};
use super::sniff::{Layout, Look, look};
use super::text::{Bytes, Records, Rule, Shape, read_table, shape_of};
use crate::ground::period::Instant;
use polars::prelude::{AnyValue, DataFrame, TimeUnit};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Lines of JSON looked at for names.
const JSON_NAMES_ROWS: usize = 1000;

/// Which columns are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Projection {
    /// All of them.
    All,
    /// These, in this order.
    Columns(Vec<String>),
}

impl Projection {
    /// Columns by name.
    pub fn columns<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self::Columns(names.into_iter().map(Into::into).collect())
    }
}

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
enum Inside {
    /// Rows before the data, and cells in a row.
    Text {
        heading_rows: usize,
        width: usize,
    },
    Json,
    Sheet(SheetShape),
    Parquet(Box<ParquetFile>),
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

    fn error(&self, problem: Problem) -> SourceError {
        SourceError::new(&self.shown, problem)
    }

    fn open_text(&mut self, look: &Look, options: &ReadOptions) -> Result<(), SourceError> {
        let shape = shape_of(&look.text, look.whole, options);
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

    fn book(&self) -> Book<'_> {
        Book { path: &self.path, shown: &self.shown, format: self.layout.format, limits: &self.limits }
    }

    /// The records of a text behind the lines to be skipped.
    fn records(&self) -> Result<Records, SourceError> {
        let layout = &self.layout;
        let bytes = Bytes::open(&self.path, &self.shown, layout.compression, &self.limits)?;
        let rule = layout.dialect.clone().map_or(Rule::Lines, Rule::Cells);
        let most = self.limits.record_bytes;
        let mut records = Records::new(bytes, layout.encoding, layout.bom, rule, most, self.lossy)?;
        records.skip_lines(layout.skip_lines)?;
        Ok(records)
    }

    /// The pieces that may be read apart from one another: a text, a JSON file
    /// and a sheet are one piece each, a Parquet file one per slice of at most
    /// 2²⁰ rows. `index` says which of the caller's files this is.
    ///
    /// # Errors
    /// A column that is not there, or whose type is not read. In JSON any name
    /// may yet turn up, so none is refused.
    pub fn tasks(&self, index: usize, projection: &Projection) -> Result<Vec<Task<'_>>, SourceError> {
        let (names, places) = self.project(projection)?;
        let task = |part| Task {
            file: self,
            index,
            names: names.clone(),
            places: places.clone(),
            all: *projection == Projection::All,
            part,
        };
        match &self.inside {
            Inside::Parquet(parquet) => {
                parquet.check_types(&places)?;
                Ok(parquet.slices().iter().map(|slice| task(Some(*slice))).collect())
            }
            _ => Ok(vec![task(None)]),
        }
    }

    /// Names and places of the columns asked for, each once.
    fn project(&self, projection: &Projection) -> Result<(Vec<String>, Vec<usize>), SourceError> {
        let all = &self.layout.names;
        let Projection::Columns(wanted) = projection else {
            return Ok((all.clone(), (0..all.len()).collect()));
        };
        let mut names: Vec<String> = Vec::with_capacity(wanted.len());
        for name in wanted {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        if !self.layout.names_complete {
            let places = (0..names.len()).collect();
            return Ok((names, places));
        }
        let place = |name: &String| {
            all.iter().position(|n| n == name).ok_or_else(|| {
                let near = nearest(name, all.iter().map(String::as_str));
                self.error(Problem::NoColumn { name: name.clone(), near })
            })
        };
        let places = names.iter().map(place).collect::<Result<_, _>>()?;
        Ok((names, places))
    }

    /// The first rows as text, absent cells as `None`. Columns of Parquet whose
    /// types are not read are `None` throughout.
    ///
    /// # Errors
    /// The rows cannot be read.
    pub fn sample(&self, rows: usize) -> Result<Vec<Vec<Option<String>>>, SourceError> {
        if let Inside::Parquet(parquet) = &self.inside {
            let places = parquet.readable();
            let texts = texts(&parquet.head(&places, rows)?);
            let spread = |row: Vec<Option<String>>| {
                let mut cells = vec![None; self.layout.names.len()];
                for (place, cell) in places.iter().zip(row) {
                    cells[*place] = cell;
                }
                cells
            };
            return Ok(texts.into_iter().map(spread).collect());
        }
        let mut sample = Vec::new();
        for mut task in self.tasks(0, &Projection::All)? {
            // Names that a JSON file brings later are not part of the sample.
            task.all = false;
            let _ = task.run_batches(rows, &mut |batch| {
                sample = texts(&batch.frame);
                ControlFlow::Break(())
            })?;
        }
        sample.truncate(rows);
        Ok(sample)
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

/// A cell as text.
fn text_of(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Binary(_) | AnyValue::BinaryOwned(_) => "(bytes)".to_owned(),
        // Polars shortens fractions to six digits.
        AnyValue::Float64(x) => x.to_string(),
        AnyValue::Float32(x) => x.to_string(),
        // Polars cannot write moments of a zone without its own zone tables; they are UTC inside.
        AnyValue::Datetime(t, unit, Some(_)) => in_utc(*t, *unit),
        AnyValue::DatetimeOwned(t, unit, Some(_)) => in_utc(*t, *unit),
        // Damaged dates lie beyond what it can write.
        value => contained(|| value.str_value().into_owned()).unwrap_or_else(|_| "(out of range)".to_owned()),
    }
}

fn in_utc(t: i64, unit: TimeUnit) -> String {
    let micros = match unit {
        TimeUnit::Milliseconds => t.saturating_mul(1000),
        TimeUnit::Microseconds => t,
        TimeUnit::Nanoseconds => t.div_euclid(1000),
    };
    Instant(micros).to_rfc3339()
}

/// The cells of a frame as text.
fn texts(frame: &DataFrame) -> Vec<Vec<Option<String>>> {
    let mut rows = vec![Vec::with_capacity(frame.width()); frame.height()];
    for column in frame.columns() {
        for (i, row) in rows.iter_mut().enumerate() {
            let value = column.get(i).ok().filter(|value| !value.is_null());
            row.push(value.map(|value| text_of(&value)));
        }
    }
    rows
}

/// A piece of a file that is read by itself.
pub struct Task<'f> {
    file: &'f RawFile,
    index: usize,
    names: Vec<String>,
    places: Vec<usize>,
    all: bool,
    part: Option<Slice>,
}

impl<'f> Task<'f> {
    /// The file it is a piece of.
    pub fn file(&self) -> &'f RawFile {
        self.file
    }

    /// About how many bytes on disk it reads, for sharing out work.
    pub fn weight(&self) -> u64 {
        let bytes = self.file.bytes;
        match (self.part, self.file.layout.rows) {
            (Some(slice), Some(rows)) => {
                (u128::from(bytes) * slice.rows as u128 / u128::from(rows.max(1))) as u64
            }
            _ => bytes,
        }
    }

    /// Reads it, handing on batches until the sink breaks off.
    ///
    /// # Errors
    /// The file cannot be read on.
    pub fn run(
        &self,
        sink: &mut dyn FnMut(RawBatch) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SourceError> {
        self.run_batches(super::batch::BATCH_ROWS, sink)
    }

    fn run_batches(
        &self,
        most_rows: usize,
        sink: &mut dyn FnMut(RawBatch) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SourceError> {
        let file = self.file;
        let batch = || BatchBuilder::new(self.index, &self.names).with_rows(most_rows);
        match &file.inside {
            Inside::Text { heading_rows, width } => {
                let mut records = file.records()?;
                for _ in 0..*heading_rows {
                    records.next()?;
                }
                read_table(&mut records, *width, &self.places, batch(), sink)
            }
            Inside::Json => read_json_lines(&mut file.records()?, &self.names, self.all, batch(), sink),
            Inside::Sheet(shape) => {
                let sheet = file.layout.sheet.as_deref().unwrap_or_default();
                read_sheet(&file.book(), sheet, shape, &self.places, batch(), sink)
            }
            Inside::Parquet(parquet) => match &self.part {
                Some(slice) => parquet.read(slice, &self.places, self.index, sink),
                None => Ok(ControlFlow::Continue(())),
            },
        }
    }
}
