//! Large Parquet files, decoded anew at every scan.

use super::open::{Opened, Options};
use crate::ground::period::Instant;
use crate::sources::{Problem, Projection, RawFile, SourceError};
use crate::tables::column::{NO_TIME, View};
use crate::tables::dataset::{Batch, ScanError, Stream};
use crate::tables::map::{Mapped, Mapper};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The rows of one table in some Parquet files.
pub(super) struct ParquetRows {
    files: Vec<RawFile>,
    first_file: u32,
    mapper: Arc<Mapper>,
    /// (file, slice) of every piece.
    pieces: Vec<(usize, usize)>,
    rows: u64,
    /// Mappers restricted to the columns of scans so far.
    restricted: RwLock<HashMap<Vec<String>, Arc<Mapper>>>,
}

impl std::fmt::Debug for ParquetRows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetRows")
            .field("pieces", &self.pieces.len())
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl ParquetRows {
    pub(super) fn open(opened: &Opened<'_>, mapper: &Arc<Mapper>) -> Result<Self, SourceError> {
        let mut files = Vec::new();
        let mut pieces = Vec::new();
        let mut rows = 0;
        for (i, file) in opened.files.iter().enumerate() {
            let file = RawFile::open(file.path(), file.shown(), &opened.source.read)?;
            let slices = file.tasks(i, &Projection::columns(mapper.reads.clone()))?.len();
            pieces.extend((0..slices).map(|s| (i, s)));
            rows += file.layout().rows.unwrap_or(0) * mapper.rows_per_row();
            files.push(file);
        }
        let mapper = Arc::clone(mapper);
        Ok(Self { files, first_file: opened.first_file, mapper, pieces, rows, restricted: RwLock::default() })
    }

    /// Rows of the table.
    pub(super) const fn rows(&self) -> u64 {
        self.rows
    }

    /// First and last moment of the main clock.
    pub(super) fn span(&self, options: &Options<'_>) -> Result<Option<(Instant, Instant)>, SourceError> {
        let Some(clock) = self.mapper.spec.clock.filter(|c| self.mapper.columns.iter().any(|x| x.name == *c))
        else {
            return Ok(None);
        };
        let span: Mutex<Option<(i64, i64)>> = Mutex::new(None);
        self.each_piece(options, &|piece| {
            self.read(piece, &[clock], &mut |batch| {
                let View::Time(times) = batch.columns[0] else { return Ok(()) };
                let known = times.iter().copied().filter(|t| *t != NO_TIME);
                if let Some((a, b)) = known.clone().min().zip(known.max()) {
                    let mut span = span.lock().unwrap_or_else(PoisonError::into_inner);
                    *span = Some(span.map_or((a, b), |(x, y)| (x.min(a), y.max(b))));
                }
                Ok(())
            })
        })?;
        let span = span.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(span.map(|(a, b)| (Instant(a), Instant(b))))
    }

    /// Reads every column of every row once and hands the mapped batches over,
    /// in any order: what a check looks for is in the cells themselves.
    pub(super) fn look(
        &self,
        options: &Options<'_>,
        take: &(dyn Fn(Mapped) + Sync),
    ) -> Result<(), SourceError> {
        self.each_piece(options, &|piece| {
            self.mapped(piece, &self.mapper, &mut |mapped| {
                take(mapped);
                Ok(())
            })
        })
    }

    /// Does the pieces on several threads; the first error ends it.
    fn each_piece(
        &self,
        options: &Options<'_>,
        work: &(dyn Fn(usize) -> Result<(), ScanError> + Sync),
    ) -> Result<(), SourceError> {
        let next = AtomicUsize::new(0);
        let failed: Mutex<Option<ScanError>> = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..options.threads.max(1) {
                scope.spawn(|| {
                    loop {
                        let piece = next.fetch_add(1, Ordering::Relaxed);
                        if piece >= self.pieces.len() {
                            break;
                        }
                        let stopped = options.cancel.load(Ordering::Relaxed);
                        let done = if stopped { Err(ScanError::Interrupted) } else { work(piece) };
                        if let Err(e) = done {
                            next.store(self.pieces.len(), Ordering::Relaxed);
                            *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(e);
                            break;
                        }
                    }
                });
            }
        });
        let shown = self.files.first().map_or("", RawFile::shown);
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            None => Ok(()),
            Some(ScanError::Interrupted) => Err(SourceError::new(shown, Problem::Stopped)),
            Some(error) => {
                let problem = Problem::Damaged { format: "Parquet", detail: error.to_string() };
                Err(SourceError::new(shown, problem))
            }
        }
    }

    /// The mapped batches of a piece.
    fn mapped(
        &self,
        piece: usize,
        mapper: &Mapper,
        f: &mut dyn FnMut(Mapped) -> Result<(), ScanError>,
    ) -> Result<(), ScanError> {
        let (file, slice) = self.pieces[piece];
        let failed = |e: &SourceError| ScanError::Read { message: e.to_string() };
        let tasks = self.files[file]
            .tasks(file, &Projection::columns(mapper.reads.clone()))
            .map_err(|e| failed(&e))?;
        let Some(task) = tasks.get(slice) else { return Ok(()) };
        let mut result = Ok(());
        let run = task.run(&mut |batch| {
            result = f(mapper.apply(&batch, self.first_file + file as u32));
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        result?;
        run.map(|_| ()).map_err(|e| failed(&e))
    }

    fn restricted(&self, columns: &[&str]) -> Arc<Mapper> {
        let key: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        if let Some(found) = self.restricted.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(found);
        }
        let made = Arc::new(self.mapper.restricted(columns));
        let mut known = self.restricted.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key).or_insert(made))
    }
}

impl Stream for ParquetRows {
    fn pieces(&self) -> usize {
        self.pieces.len()
    }

    fn read(
        &self,
        piece: usize,
        columns: &[&str],
        f: &mut dyn FnMut(&Batch<'_>) -> Result<(), ScanError>,
    ) -> Result<(), ScanError> {
        let mapper = self.restricted(columns);
        let places: Vec<usize> =
            columns.iter().filter_map(|name| mapper.columns.iter().position(|c| c.name == *name)).collect();
        self.mapped(piece, &mapper, &mut |mapped| {
            let views: Vec<View<'_>> = places.iter().map(|i| mapped.columns[*i].view()).collect();
            f(&Batch { rows: mapped.rows, columns: views })
        })
    }
}
