//! Batches of a source to chunks of the tables it feeds.

use super::last::LastStates;
use super::open::{LoadError, Opened, Options, SourceFile, TableReport};
use super::repeats::Repeats;
use super::stream::ParquetRows;
use crate::ground::issue::Severity;
use crate::ground::period::Instant;
use crate::sources::{Format, Projection, RawBatch, SourceError, for_each_batch};
use crate::tables::column::Column;
use crate::tables::dataset::Stream;
use crate::tables::map::{FaultKey, Mapped, Mapper, RejectedRow};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Rows looked at to infer how numbers and moments are written.
pub(super) const SAMPLE_ROWS: usize = 2000;

/// What feeds one table.
#[derive(Debug, Default)]
pub(super) struct Fed {
    /// Chunks with their place: number of the file, then first row.
    pub chunks: Vec<((u32, u64), Vec<Column>)>,
    pub streams: Vec<Arc<dyn Stream>>,
    /// Rows of the streams.
    pub streamed: u64,
    /// First and last moment of the streams.
    pub spans: Vec<(Instant, Instant)>,
    pub report: TableReport,
}

impl Fed {
    /// Adds a mapped batch.
    fn take(&mut self, at: (u32, u64), mapped: Mapped) {
        let columns = self.report.add(mapped);
        self.chunks.push((at, columns));
    }
}

impl TableReport {
    /// Adds what became of the rows of a mapped batch; gives its columns back.
    fn add(&mut self, mapped: Mapped) -> Vec<Column> {
        let read = mapped.read;
        let excluded = mapped.faults.count(crate::ground::issue::Fault::Excluded);
        self.read += read;
        self.excluded += excluded;
        self.rejected += read.saturating_sub(mapped.rows as u64).saturating_sub(excluded);
        self.faults.merge(mapped.faults);
        self.quarantine.extend(mapped.rejected);
        mapped.columns
    }

    /// Adds a batch that is not kept, with what its rows say about themselves.
    fn count(&mut self, mapper: &Mapper, mapped: Mapped) {
        let chunk = [self.add(mapped)];
        super::notes::of_rows(mapper.spec, &mapper.columns, &chunk, self);
    }
}

/// Reads a source into the tables it feeds.
pub(super) fn read_source(
    opened: &Opened<'_>,
    options: &Options<'_>,
    fed: &mut BTreeMap<&'static str, Fed>,
    files: &mut [SourceFile],
) -> Result<(), LoadError> {
    for mapper in &opened.mappers {
        fed.entry(mapper.spec.name).or_default();
    }
    let parquet = opened.files.iter().all(|f| f.layout().format == Format::Parquet);
    let rows: u64 = opened.files.iter().filter_map(|f| f.layout().rows).sum();
    if parquet && rows > options.stream_above && opened.source.last_state.is_none() {
        return stream_source(opened, options, fed, files);
    }
    let projection = projection(opened, options);
    if let Some(last) = &opened.source.last_state {
        return read_last(opened, last, options, fed, files);
    }
    let state = Mutex::new((fed, files, Repeats::default()));
    for_each_batch(&opened.files, &projection, options.threads, options.cancel, |_, batch| {
        let file = opened.first_file + batch.file as u32;
        let mapped: Vec<Option<Mapped>> = opened.mappers.iter().map(|m| map_batch(m, &batch, file)).collect();
        let hashes = options.count_repeats.then(|| Repeats::hashes(&batch));
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let (fed, files, repeats) = &mut *state;
        if let Some(hashes) = hashes {
            repeats.add(file, &batch.lines, hashes);
        }
        note_broken(opened, &batch, file, fed, files);
        for (mapper, mapped) in opened.mappers.iter().zip(mapped) {
            if let (Some(mapped), Some(fed)) = (mapped, fed.get_mut(mapper.spec.name)) {
                fed.take((file, batch.first_row), mapped);
            }
        }
        Ok::<(), SourceError>(())
    })?;
    let (fed, _, repeats) = state.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(fed) = opened.mappers.first().and_then(|m| fed.get_mut(m.spec.name)) {
        repeats.report(&mut fed.report.faults);
    }
    Ok(())
}

/// Maps the part of a batch that a mapper reads.
fn map_batch(mapper: &Mapper, batch: &RawBatch, file: u32) -> Option<Mapped> {
    let frame = if mapper.reads.is_empty() {
        batch.frame.clone()
    } else {
        batch.frame.select(mapper.reads.iter().map(String::as_str)).ok()?
    };
    let part = RawBatch {
        frame,
        file: batch.file,
        first_row: batch.first_row,
        lines: batch.lines.clone(),
        rejected: Vec::new(),
        repaired: Vec::new(),
    };
    Some(mapper.apply(&part, file))
}

/// Every column that some mapper reads; all of them where repeats are counted.
fn projection(opened: &Opened<'_>, options: &Options<'_>) -> Projection {
    if options.count_repeats {
        return Projection::All;
    }
    let mut names: Vec<String> = Vec::new();
    for name in opened.mappers.iter().flat_map(|m| &m.reads) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    Projection::Columns(names)
}

/// Rows that could not be read as rows at all: counted once, with the first table they would have fed.
fn note_broken(
    opened: &Opened<'_>,
    batch: &RawBatch,
    file: u32,
    fed: &mut BTreeMap<&'static str, Fed>,
    files: &mut [SourceFile],
) {
    let broken = batch.rejected.len() as u64;
    if let Some(entry) = files.get_mut(file as usize) {
        entry.rows += batch.frame.height() as u64 + broken;
        entry.broken += broken;
    }
    let Some(fed) = opened.mappers.first().and_then(|m| fed.get_mut(m.spec.name)) else { return };
    for row in &batch.rejected {
        let fault = row.reason.fault();
        let key = FaultKey { fault, severity: Severity::Row, column: None, source_column: None };
        fed.report.faults.note(key, file, row.line, &row.sample());
        fed.report.read += 1;
        fed.report.rejected += 1;
        fed.report.quarantine.push(RejectedRow {
            file,
            line: row.line,
            fault,
            column: None,
            cells: vec![("line".to_owned(), row.text().into_owned())],
        });
    }
    for row in &batch.repaired {
        let key = FaultKey {
            fault: crate::ground::issue::Fault::BadEncoding,
            severity: Severity::Note,
            column: None,
            source_column: None,
        };
        fed.report.faults.note(key, file, row.line, "");
    }
}

/// Reads an event log and keeps the last state of each case.
fn read_last(
    opened: &Opened<'_>,
    last: &crate::tables::mapping::LastState,
    options: &Options<'_>,
    fed: &mut BTreeMap<&'static str, Fed>,
    files: &mut [SourceFile],
) -> Result<(), LoadError> {
    let mut states = LastStates::bind(opened, last)?;
    {
        let state = Mutex::new((&mut states, &mut *fed, files));
        for_each_batch(&opened.files, &Projection::All, 1, options.cancel, |_, batch| {
            let file = opened.first_file + batch.file as u32;
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let (states, fed, files) = &mut *state;
            note_broken(opened, &batch, file, fed, files);
            states.add(file, &batch);
            Ok::<(), SourceError>(())
        })?;
    }
    let earlier = states.earlier();
    for (file, batch) in states.into_batches(opened)? {
        for mapper in &opened.mappers {
            if let (Some(mapped), Some(fed)) =
                (map_batch(mapper, &batch, file), fed.get_mut(mapper.spec.name))
            {
                fed.take((file, batch.first_row), mapped);
            }
        }
    }
    for mapper in &opened.mappers {
        if let Some(fed) = fed.get_mut(mapper.spec.name) {
            fed.report.read += earlier;
            fed.report.superseded += earlier;
        }
    }
    Ok(())
}

/// Leaves a large Parquet source on disk, to be decoded at every scan.
fn stream_source(
    opened: &Opened<'_>,
    options: &Options<'_>,
    fed: &mut BTreeMap<&'static str, Fed>,
    files: &mut [SourceFile],
) -> Result<(), LoadError> {
    for (i, file) in opened.files.iter().enumerate() {
        if let Some(entry) = files.get_mut(opened.first_file as usize + i) {
            entry.rows = file.layout().rows.unwrap_or(0);
        }
    }
    for mapper in &opened.mappers {
        let rows = ParquetRows::open(opened, mapper)?;
        let span = rows.span(options)?;
        let mut count = rows.rows();
        if let Some(fed) = fed.get_mut(mapper.spec.name) {
            if options.count_repeats {
                let report = Mutex::new((0, &mut fed.report));
                rows.look(options, &|mapped| {
                    let mut state = report.lock().unwrap_or_else(PoisonError::into_inner);
                    state.0 += mapped.rows as u64;
                    state.1.count(mapper, mapped);
                })?;
                count = report.into_inner().unwrap_or_else(PoisonError::into_inner).0;
            } else {
                fed.report.read += count;
            }
            fed.spans.extend(span);
            fed.streamed += count;
            fed.streams.push(Arc::new(rows));
        }
    }
    Ok(())
}
