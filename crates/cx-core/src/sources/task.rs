//! Pieces of a file that are read apart from one another.

use super::batch::{BATCH_ROWS, BatchBuilder, RawBatch};
use super::error::{Problem, SourceError, nearest};
use super::file::{Inside, RawFile};
use super::json::read_json_lines;
use super::parquet::Slice;
use super::sample::texts;
use super::sheets::read_sheet;
use super::text::read_table;
use std::ops::ControlFlow;
use std::sync::Arc;

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

impl RawFile {
    /// The pieces that may be read apart from one another: a text, a JSON file
    /// and a sheet are one piece each, a Parquet file one per slice of at most
    /// 2²⁰ rows. `index` says which of the caller's files this is.
    ///
    /// # Errors
    /// A column that is not there, or whose type is not read. In JSON any name
    /// may yet turn up, so none is refused.
    pub fn tasks(&self, index: usize, projection: &Projection) -> Result<Vec<Task<'_>>, SourceError> {
        let (names, places) = self.project(projection)?;
        let (names, places): (Arc<[String]>, Arc<[usize]>) = (names.into(), places.into());
        let task = |part| Task {
            file: self,
            index,
            names: names.clone(),
            places: places.clone(),
            all: *projection == Projection::All,
            part,
        };
        match self.inside() {
            Inside::Parquet(parquet) => {
                parquet.check_types(&places)?;
                Ok(parquet.slices().iter().map(|slice| task(Some(*slice))).collect())
            }
            _ => Ok(vec![task(None)]),
        }
    }

    /// Names and places of the columns asked for, each once.
    fn project(&self, projection: &Projection) -> Result<(Vec<String>, Vec<usize>), SourceError> {
        let all = &self.layout().names;
        let Projection::Columns(wanted) = projection else {
            return Ok((all.clone(), (0..all.len()).collect()));
        };
        let mut names: Vec<String> = Vec::with_capacity(wanted.len());
        for name in wanted {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        if !self.layout().names_complete {
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
        if let Inside::Parquet(parquet) = self.inside() {
            let places = parquet.readable();
            let texts = texts(&parquet.head(&places, rows)?);
            let spread = |row: Vec<Option<String>>| {
                let mut cells = vec![None; self.layout().names.len()];
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

/// A piece of a file that is read by itself.
pub struct Task<'f> {
    file: &'f RawFile,
    index: usize,
    names: Arc<[String]>,
    places: Arc<[usize]>,
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
        let bytes = self.file.bytes();
        match (self.part, self.file.layout().rows) {
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
        self.run_batches(BATCH_ROWS, sink)
    }

    fn run_batches(
        &self,
        most_rows: usize,
        sink: &mut dyn FnMut(RawBatch) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SourceError> {
        let file = self.file;
        let batch = || BatchBuilder::new(self.index, &self.names).with_rows(most_rows);
        match file.inside() {
            Inside::Text { heading_rows, width } => {
                let mut records = file.records()?;
                for _ in 0..*heading_rows {
                    records.next()?;
                }
                read_table(&mut records, *width, &self.places, batch(), sink)
            }
            Inside::Json => read_json_lines(&mut file.records()?, &self.names, self.all, batch(), sink),
            Inside::Sheet(shape) => {
                let sheet = file.layout().sheet.as_deref().unwrap_or_default();
                read_sheet(&file.book(), sheet, shape, &self.places, batch(), sink)
            }
            Inside::Parquet(parquet) => match &self.part {
                Some(slice) => parquet.read(slice, &self.places, self.index, sink),
                None => Ok(ControlFlow::Continue(())),
            },
        }
    }
}
