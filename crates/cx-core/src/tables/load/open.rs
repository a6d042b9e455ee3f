//! Files and globs to a dataset.

use super::read::{Fed, read_source};
use super::{derive, notes, supersede};
use crate::ground::issue::{Fault, Issue, Sample, Severity};
use crate::ground::located::SettingFault;
use crate::ground::money::Currency;
use crate::ground::period::{Calendar, Instant};
use crate::sources::{FileHash, Problem, RawFile, SourceError, expand, hash_file};
use crate::tables::column::{Column, ColumnInfo, NO_TIME};
use crate::tables::dataset::{Dataset, Dictionaries, Part, ScanError, Table};
use crate::tables::map::{Context, FaultKey, Faults, Mapper, RejectedRow};
use crate::tables::mapping::{Scales, SourceMap, TableMap};
use crate::tables::rates::Rates;
use crate::tables::schema::{TABLES, TableSpec, table};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How to load.
#[derive(Debug)]
pub struct Options<'a> {
    /// Threads.
    pub threads: usize,
    /// Set to stop.
    pub cancel: &'a AtomicBool,
    /// Parquet sources of more rows than this are decoded at every scan
    /// instead of being held in memory.
    pub stream_above: u64,
    /// Count rows that repeat another cell by cell; reads every column of text files.
    pub count_repeats: bool,
    /// Hash the files, for lineage.
    pub hash: bool,
}

/// Why nothing could be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The settings are at fault.
    #[error(transparent)]
    Setting(#[from] SettingFault),
    /// A file is at fault.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// As shown in messages.
    pub shown: String,
    /// Which source it belongs to.
    pub source: String,
    /// Content hash, where it was asked for.
    pub hash: Option<FileHash>,
    /// Rows read, kept or not.
    pub rows: u64,
    /// Rows that could not be read as rows.
    pub broken: u64,
}

/// What came out of the files for one table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableReport {
    /// Rows of the files that feed it (each as often as it makes rows).
    pub read: u64,
    /// Rows of the table.
    pub kept: u64,
    /// Rows kept out, with reasons in `faults`.
    pub rejected: u64,
    /// Rows left out by the settings.
    pub excluded: u64,
    /// Rows replaced by a later one.
    pub superseded: u64,
    /// Faults met.
    pub faults: Faults,
    /// Rows and answers kept out, in order of place.
    pub quarantine: Vec<RejectedRow>,
}

/// A dataset and how it came about.
#[derive(Debug)]
pub struct Loaded {
    /// The canonical tables.
    pub data: Dataset,
    /// Files, by the numbers that rows carry.
    pub files: Vec<SourceFile>,
    /// Per table.
    pub reports: BTreeMap<&'static str, TableReport>,
}

/// One source with its files open and its mappers bound.
pub(super) struct Opened<'a> {
    pub source: &'a SourceMap,
    pub files: Vec<RawFile>,
    /// Number of the first of its files.
    pub first_file: u32,
    /// Per table it feeds.
    pub mappers: Vec<Arc<Mapper>>,
}

/// Loads every source into canonical tables.
///
/// # Errors
/// Settings that cannot be followed, with their place; files that cannot be read.
pub fn load(
    base: &Path,
    sources: &[SourceMap],
    scales: &Scales,
    zone: Option<&Calendar>,
    currency: Option<Currency>,
    options: &Options<'_>,
) -> Result<Loaded, LoadError> {
    let mut dictionaries = Dictionaries::default();
    let columns = table_columns(sources, &mut dictionaries)?;
    let mut opened = Vec::new();
    let mut files = Vec::new();
    for source in sources {
        let raw = open_files(base, source)?;
        let first_file = files.len() as u32;
        for file in &raw {
            let hash = if options.hash { Some(hash_file(file.path())?) } else { None };
            files.push(SourceFile {
                shown: file.shown().to_owned(),
                source: source.name.clone(),
                hash,
                rows: 0,
                broken: 0,
            });
        }
        opened.push((source, raw, first_file));
    }
    // Exchange rates come first: amounts are converted while they are read.
    opened.sort_by_key(|(source, ..)| !source.tables.iter().any(|t| t.table.value == "rates"));
    let mut rates = Rates::default();
    let mut fed: BTreeMap<&'static str, Fed> = BTreeMap::new();
    for (source, raw, first_file) in opened {
        let context = Context { zone, currency, scales, rates: &rates };
        let mappers = bind(source, &raw, &columns, &context)?;
        let one = Opened { source, files: raw, first_file, mappers };
        read_source(&one, options, &mut fed, &mut files)?;
        if let Some(found) =
            fed.get("rates").filter(|_| source.tables.iter().any(|t| t.table.value == "rates"))
        {
            rates = rates_of(found, &columns["rates"], zone);
        }
    }
    let calendar = zone.cloned().unwrap_or_else(Calendar::utc);
    let mut data = Dataset { calendar, currency, tables: BTreeMap::new(), dictionaries };
    let mut reports = BTreeMap::new();
    for (name, fed) in fed {
        let Some(spec) = table(name) else { continue };
        let (table, report) = finish(spec, &columns[name], fed, scales);
        reports.insert(name, report);
        data.tables.insert(name, table);
    }
    let failed = |error: ScanError| {
        let problem = match error {
            ScanError::Interrupted => Problem::Stopped,
            ScanError::Read { message } => Problem::Damaged { format: "Parquet", detail: message },
        };
        SourceError::new("subscriptions", problem)
    };
    derive::mrr_changes(&mut data, options.cancel).map_err(failed)?;
    derive::customers(&mut data, options.cancel).map_err(failed)?;
    Ok(Loaded { data, files, reports })
}

/// The columns of every table that some source feeds.
fn table_columns(
    sources: &[SourceMap],
    dictionaries: &mut Dictionaries,
) -> Result<BTreeMap<&'static str, Vec<ColumnInfo>>, SettingFault> {
    let mut maps: BTreeMap<&'static str, Vec<&TableMap>> = BTreeMap::new();
    for map in sources.iter().flat_map(|s| &s.tables) {
        let Some(spec) = table(&map.table.value) else {
            let fault = format!("there is no table `{}`", map.table.value);
            return Err(SettingFault::new(fault, map.table.span.clone())
                .nearest(&map.table.value, TABLES.iter().map(|t| t.name)));
        };
        maps.entry(spec.name).or_default().push(map);
    }
    let column = |name: &str| table(name).map(|spec| (spec, &maps[spec.name]));
    Ok(maps
        .keys()
        .filter_map(|name| {
            column(name).map(|(spec, maps)| (*name, Mapper::columns(spec, maps, dictionaries)))
        })
        .collect())
}

/// Opens the files of a source.
fn open_files(base: &Path, source: &SourceMap) -> Result<Vec<RawFile>, LoadError> {
    let patterns: Vec<String> = source.files.iter().map(|f| f.value.clone()).collect();
    let paths: Vec<PathBuf> = expand(base, &patterns)?;
    let mut files = Vec::new();
    for path in paths {
        let shown = path.strip_prefix(base).unwrap_or(&path).display().to_string();
        files.push(RawFile::open(&path, shown, &source.read)?);
    }
    Ok(files)
}

/// Binds the mappings of a source to its files.
fn bind(
    source: &SourceMap,
    files: &[RawFile],
    columns: &BTreeMap<&'static str, Vec<ColumnInfo>>,
    context: &Context<'_>,
) -> Result<Vec<Arc<Mapper>>, LoadError> {
    let mut mappers = Vec::new();
    let Some(first) = files.first() else { return Ok(mappers) };
    let sample = first.sample(crate::tables::load::read::SAMPLE_ROWS)?;
    for map in &source.tables {
        let Some(spec) = table(&map.table.value) else { continue };
        let columns = &columns[spec.name];
        let mapper = Mapper::compile(spec, columns, source, map, &first.layout().names, &sample, context)?;
        // The other files must have the same columns, wherever they stand.
        for file in files.iter().skip(1).filter(|f| f.layout().names_complete) {
            Mapper::compile(spec, columns, source, map, &file.layout().names, &sample, context).map_err(
                |fault| SettingFault { message: format!("{}: {}", file.shown(), fault.message), ..fault },
            )?;
        }
        mappers.push(Arc::new(mapper));
    }
    Ok(mappers)
}

/// Chunks in the order of their files, made into a table.
fn finish(
    spec: &'static TableSpec,
    columns: &[ColumnInfo],
    mut fed: Fed,
    scales: &Scales,
) -> (Table, TableReport) {
    fed.chunks.sort_by_key(|(at, _)| *at);
    let mut chunks: Vec<Vec<Column>> = fed.chunks.into_iter().map(|(_, c)| c).collect();
    supersede::apply(spec, columns, &mut chunks, &mut fed.report);
    notes::take(spec, columns, &chunks, &mut fed.report, scales);
    let span = fed
        .spans
        .into_iter()
        .chain(chunks.iter().filter_map(|c| span_of(spec, columns, c)))
        .reduce(|a, b| (Instant(a.0.0.min(b.0.0)), Instant(a.1.0.max(b.1.0))));
    let held: u64 = chunks.iter().map(|c| c.first().map_or(0, Column::len) as u64).sum();
    let rows = held + fed.streamed;
    let mut parts: Vec<Part> = chunks.into_iter().map(|c| Part::Chunk(Arc::new(c))).collect();
    parts.extend(fed.streams.into_iter().map(Part::Stream));
    fed.report.kept = rows;
    fed.report.quarantine.sort_by_key(|r| (r.file, r.line));
    (Table { spec, columns: columns.to_vec(), parts, span, rows }, fed.report)
}

/// First and last moment of a chunk's main clock.
fn span_of(spec: &TableSpec, columns: &[ColumnInfo], chunk: &[Column]) -> Option<(Instant, Instant)> {
    let place = columns.iter().position(|c| Some(c.name.as_str()) == spec.clock)?;
    let Column::Time(times) = &chunk[place] else { return None };
    let known = times.iter().copied().filter(|t| *t != NO_TIME);
    known.clone().min().zip(known.max()).map(|(a, b)| (Instant(a), Instant(b)))
}

/// Exchange rates out of their table.
fn rates_of(fed: &Fed, columns: &[ColumnInfo], zone: Option<&Calendar>) -> Rates {
    let place = |name: &str| columns.iter().position(|c| c.name == name);
    let (Some(time), Some(currency), Some(rate)) = (place("occurred_at"), place("currency"), place("rate"))
    else {
        return Rates::default();
    };
    let calendar = zone.cloned().unwrap_or_else(Calendar::utc);
    let mut rates = Rates::default();
    for (_, chunk) in &fed.chunks {
        let (Column::Time(times), Column::Codes(codes), Column::Num(numbers)) =
            (&chunk[time], &chunk[currency], &chunk[rate])
        else {
            continue;
        };
        for ((t, code), x) in times.iter().zip(codes).zip(numbers) {
            let text = columns[currency].dictionary.as_ref().map(|d| d.text(*code));
            if let (Some(text), Some(x)) = (text, Decimal::from_f64(*x)) {
                rates.add(&text, calendar.day_of(Instant(*t)), x);
            }
        }
    }
    rates
}

impl Loaded {
    /// Every fault as an issue, the gravest and most frequent first.
    pub fn issues(&self, show: &dyn Fn(&str) -> bool) -> Vec<Issue> {
        let mut issues: Vec<Issue> = self
            .reports
            .iter()
            .flat_map(|(table, report)| report.faults.0.iter().map(move |(key, seen)| (table, key, seen)))
            .map(|(table, key, seen)| Issue {
                fault: key.fault,
                severity: key.severity,
                table: (*table).to_owned(),
                column: key.column.clone(),
                source_column: key.source_column.clone(),
                count: seen.count,
                samples: seen
                    .samples
                    .iter()
                    .map(|(file, line, text)| Sample {
                        file: self.files.get(*file as usize).map_or_else(String::new, |f| f.shown.clone()),
                        line: *line,
                        value: Some(text.clone()).filter(|_| key.column.as_deref().is_none_or(show)),
                    })
                    .collect(),
                mend: mend(key),
            })
            .collect();
        issues.sort_by_key(|i| (std::cmp::Reverse(i.severity), std::cmp::Reverse(i.count)));
        issues
    }
}

/// What a fault means and what to do about it.
fn mend(key: &FaultKey) -> String {
    let column = key.column.as_deref().unwrap_or("row");
    let text = key.fault.mend();
    format!("{column}: {text}")
}

/// Notes rows of a fault that touch no particular cell.
pub(super) fn note_rows(
    faults: &mut Faults,
    fault: Fault,
    severity: Severity,
    column: Option<&str>,
    places: impl Iterator<Item = (u32, u64)>,
) {
    let key = FaultKey { fault, severity, column: column.map(str::to_owned), source_column: None };
    for (file, line) in places {
        faults.note(key.clone(), file, line, "");
    }
}
