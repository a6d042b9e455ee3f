//! The company's records, as canonical tables.

use super::column::{Column, ColumnInfo, NO_TIME, View};
use super::dictionary::Dictionary;
use super::schema::{Kind, TableSpec};
use crate::ground::money::Currency;
use crate::ground::period::{Calendar, Instant};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Rows of a table that are held together.
pub const CHUNK: usize = 1 << 16;

/// Reading a table failed half-way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// The caller asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// A file could not be read.
    #[error("{message}")]
    Read {
        /// What went wrong, with the file.
        message: String,
    },
}

/// A part of a table that is decoded anew at every scan, so that tables
/// larger than memory can be read.
pub trait Stream: Send + Sync + std::fmt::Debug {
    /// Number of pieces that can be read independently.
    fn pieces(&self) -> usize;

    /// Reads one piece: calls `f` with batches of the named columns, in that order.
    fn read(
        &self,
        piece: usize,
        columns: &[&str],
        f: &mut dyn FnMut(&Batch<'_>) -> Result<(), ScanError>,
    ) -> Result<(), ScanError>;
}

/// A part of a table.
#[derive(Debug, Clone)]
pub enum Part {
    /// Held in memory: as many columns as the table has, in its order.
    Chunk(Arc<Vec<Column>>),
    /// Decoded at every scan.
    Stream(Arc<dyn Stream>),
}

impl Part {
    /// Number of pieces that can be read independently.
    pub(super) fn pieces(&self) -> usize {
        match self {
            Self::Chunk(_) => 1,
            Self::Stream(stream) => stream.pieces(),
        }
    }
}

/// Some rows of some columns.
#[derive(Debug)]
pub struct Batch<'a> {
    /// Number of rows.
    pub rows: usize,
    /// The columns, in the order they were asked for.
    pub columns: Vec<View<'a>>,
}

/// A canonical table with data.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it is.
    pub spec: &'static TableSpec,
    /// Its columns: the mapped ones, the derived ones and the company's own.
    pub columns: Vec<ColumnInfo>,
    /// Its rows.
    pub parts: Vec<Part>,
    /// First and last moment of its main clock.
    pub span: Option<(Instant, Instant)>,
    /// Number of rows.
    pub rows: u64,
}

impl Table {
    /// A table of columns of one length, held in memory.
    ///
    /// # Examples
    /// ```
    /// use cx_core::ground::period::Instant;
    /// use cx_core::tables::column::{Column, ColumnInfo};
    /// use cx_core::tables::dataset::Table;
    /// use cx_core::tables::schema::{Kind, table};
    /// let when = ColumnInfo { name: "started_at".to_owned(), kind: Kind::Time, dictionary: None, own: false };
    /// let table = Table::held(table("initiatives").unwrap(), vec![(when, Column::Time(vec![7, 3]))]);
    /// assert_eq!((table.rows, table.span), (2, Some((Instant(3), Instant(7)))));
    /// ```
    pub fn held(spec: &'static TableSpec, columns: Vec<(ColumnInfo, Column)>) -> Self {
        let (columns, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let clock = columns.iter().position(|c| spec.clock == Some(&c.name));
        let times = match clock.map(|i| values[i].view()) {
            Some(View::Time(times)) => times,
            _ => &[],
        };
        let known = || times.iter().copied().filter(|t| *t != NO_TIME);
        let span = known().min().zip(known().max()).map(|(first, last)| (Instant(first), Instant(last)));
        let rows = values.first().map_or(0, Column::len) as u64;
        Self { spec, columns, parts: vec![Part::Chunk(Arc::new(values))], span, rows }
    }

    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&ColumnInfo> {
        self.columns.iter().find(|c| c.name == name)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// Reads some columns of every row on several threads. `f` is called with
    /// the number of the thread and a batch; which thread gets which batch
    /// is left to chance, so `f` must not depend on it.
    ///
    /// # Errors
    /// The first error of a part or of `f`, and [`ScanError::Interrupted`] once `cancel` is set.
    pub fn scan(
        &self,
        columns: &[&str],
        threads: usize,
        cancel: &AtomicBool,
        f: &(dyn Fn(usize, &Batch<'_>) -> Result<(), ScanError> + Sync),
    ) -> Result<(), ScanError> {
        let pieces: Vec<(&Part, usize)> =
            self.parts.iter().flat_map(|part| (0..part.pieces()).map(move |piece| (part, piece))).collect();
        let next = AtomicUsize::new(0);
        let work = |thread: usize| -> Result<(), ScanError> {
            while let Some((part, piece)) = pieces.get(next.fetch_add(1, Ordering::Relaxed)) {
                if cancel.load(Ordering::Relaxed) {
                    return Err(ScanError::Interrupted);
                }
                self.read(part, *piece, columns, &mut |batch| f(thread, batch))?;
            }
            Ok(())
        };
        in_parallel(threads.clamp(1, pieces.len().max(1)), &work, &next, pieces.len())
    }

    /// Reads one piece of a part of this table.
    ///
    /// # Errors
    /// Those of the part and of `f`.
    pub(super) fn read(
        &self,
        part: &Part,
        piece: usize,
        columns: &[&str],
        f: &mut dyn FnMut(&Batch<'_>) -> Result<(), ScanError>,
    ) -> Result<(), ScanError> {
        match part {
            Part::Chunk(chunk) => f(&self.batch(chunk, columns)),
            Part::Stream(stream) => stream.read(piece, columns, f),
        }
    }

    fn batch<'a>(&self, chunk: &'a [Column], columns: &[&str]) -> Batch<'a> {
        let views = columns.iter().filter_map(|name| self.place(name)).map(|i| chunk[i].view()).collect();
        Batch { rows: chunk.first().map_or(0, Column::len), columns: views }
    }
}

/// Runs the same work on several threads; the first error wins and ends the rest.
fn in_parallel(
    threads: usize,
    work: &(dyn Fn(usize) -> Result<(), ScanError> + Sync),
    next: &AtomicUsize,
    pieces: usize,
) -> Result<(), ScanError> {
    if threads == 1 {
        return work(0);
    }
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let result = work(thread);
                    if result.is_err() {
                        next.store(pieces, Ordering::Relaxed);
                    }
                    result
                })
            })
            .collect();
        let results: Vec<_> = handles
            .into_iter()
            .map(|h| h.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        results.into_iter().collect()
    })
}

/// The company's records.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Its calendar.
    pub calendar: Calendar,
    /// The currency of every amount.
    pub currency: Option<Currency>,
    /// Its tables, by name.
    pub tables: BTreeMap<&'static str, Table>,
    /// Dictionaries by domain.
    pub dictionaries: Dictionaries,
}

impl Dataset {
    /// A table that has rows.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }
}

/// One dictionary per domain: identifiers of one kind, and text columns of one name, share theirs.
#[derive(Debug, Clone, Default)]
pub struct Dictionaries(BTreeMap<String, Arc<Dictionary>>);

impl Dictionaries {
    /// The dictionary of a column, made on first sight; none for columns without codes.
    pub fn of(&mut self, name: &str, kind: Kind) -> Option<Arc<Dictionary>> {
        let domain = match kind {
            Kind::Key { domain } => format!("key {domain}"),
            Kind::Category | Kind::Closed { .. } => format!("text {name}"),
            _ => return None,
        };
        Some(Arc::clone(self.0.entry(domain).or_default()))
    }
}
