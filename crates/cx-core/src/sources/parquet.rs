//! Parquet: row groups to frames with their own types.
//!
//! The caller brings the threads, so each slice is decoded on the thread that
//! asks for it, and the footer is read once and shared by all of them.

mod pages;

use super::batch::{Lines, RawBatch, frame_error};
use super::contained::contained;
use super::error::{Problem, SourceError};
use polars::prelude::{ArrowDataType, DataFrame, FileMetadata, ParallelStrategy, ParquetReader, SerReader};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most rows in one slice of a row group.
const SLICE_ROWS: usize = 1 << 20;
/// Rows of a batch.
const BATCH_ROWS: usize = 1 << 15;
/// Most rows in one row group: row numbers inside it are 32 bits wide.
const MOST_GROUP_ROWS: usize = u32::MAX as usize - 1;

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ParquetColumn {
    name: String,
    /// Read by the types of Parquet alone, without the schema that Arrow
    /// writers add: that one knows dictionaries and extensions, which are not
    /// read as such.
    plain: bool,
    /// What it holds, where that is not read.
    unread: Option<String>,
}

/// A slice of one row group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slice {
    group: usize,
    offset: usize,
    pub(super) rows: usize,
    /// Rows of the file before it.
    before: u64,
}

/// An open Parquet file.
pub(super) struct ParquetFile {
    path: PathBuf,
    shown: String,
    metadata: FileMetadata,
    columns: Vec<ParquetColumn>,
    slices: Vec<Slice>,
    rows: u64,
}

impl ParquetFile {
    /// Reads the footer.
    pub(super) fn open(path: &Path, shown: &str) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|e| SourceError::io(shown, e))?;
        let mut reader = ParquetReader::new(file);
        let metadata = checked(shown, || reader.get_metadata().cloned())?;
        let metadata = Arc::unwrap_or_clone(metadata);
        let columns = columns(path, shown, &metadata)?;
        let (mut slices, mut rows) = (Vec::new(), 0_u64);
        for (group, found) in metadata.row_groups.iter().enumerate() {
            let height = found.num_rows();
            if height > MOST_GROUP_ROWS {
                return Err(damaged(shown, "a row group of more rows than any writer makes"));
            }
            for offset in (0..height).step_by(SLICE_ROWS) {
                let size = SLICE_ROWS.min(height - offset);
                slices.push(Slice { group, offset, rows: size, before: rows + offset as u64 });
            }
            rows += height as u64;
        }
        Ok(Self { path: path.to_owned(), shown: shown.to_owned(), metadata, columns, slices, rows })
    }

    /// The columns' names in the file's order.
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|c| c.name.clone()).collect()
    }

    /// Rows in all.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The slices to read, in order.
    pub(super) fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// Places of the columns whose types are read.
    pub(super) fn readable(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|i| self.columns[*i].unread.is_none()).collect()
    }

    /// Refuses columns of types that are not read.
    pub(super) fn check_types(&self, places: &[usize]) -> Result<(), SourceError> {
        for column in places.iter().map(|place| &self.columns[*place]) {
            if let Some(what) = column.unread.clone() {
                let problem = Problem::ColumnType { column: column.name.clone(), what };
                return Err(SourceError::new(&self.shown, problem));
            }
        }
        Ok(())
    }

    /// Reads one slice, some rows at a time: what is made of them fits the processor's cache.
    pub(super) fn read(
        &self,
        slice: &Slice,
        places: &[usize],
        file: usize,
        sink: &mut dyn FnMut(RawBatch) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SourceError> {
        let frame = self.frame(slice, places, slice.rows)?;
        for offset in (0..slice.rows).step_by(BATCH_ROWS) {
            let first_row = slice.before + offset as u64;
            let batch = RawBatch {
                frame: frame.slice(offset as i64, BATCH_ROWS),
                file,
                first_row,
                lines: Lines::From(first_row + 1),
                rejected: Vec::new(),
                repaired: Vec::new(),
            };
            if sink(batch).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The first rows of the file.
    pub(super) fn head(&self, places: &[usize], rows: usize) -> Result<DataFrame, SourceError> {
        match self.slices.first() {
            Some(slice) => self.frame(slice, places, rows.min(slice.rows)),
            None => Ok(DataFrame::empty()),
        }
    }

    /// The first `rows` rows of a slice.
    fn frame(&self, slice: &Slice, places: &[usize], rows: usize) -> Result<DataFrame, SourceError> {
        let mut columns = vec![None; places.len()];
        for plain in [false, true] {
            let wanted: Vec<usize> =
                (0..places.len()).filter(|i| self.columns[places[*i]].plain == plain).collect();
            if wanted.is_empty() {
                continue;
            }
            let names = wanted.iter().map(|i| self.columns[places[*i]].name.clone()).collect();
            let frame = self.decode(slice, names, plain, rows)?;
            for (i, column) in wanted.into_iter().zip(frame.into_columns()) {
                // A damaged file can give a column another length than its frame says.
                if column.len() != rows {
                    return Err(damaged(&self.shown, "a column ends before its row group does"));
                }
                columns[i] = Some(column);
            }
        }
        let columns = columns.into_iter().flatten().collect();
        DataFrame::new(rows, columns).map_err(|e| frame_error(&self.shown, &e))
    }

    /// Holds the pages of some columns against the footer, before they are decoded.
    fn check_pages(&self, file: &mut File, group: usize, names: &[String]) -> Result<(), SourceError> {
        let group = &self.metadata.row_groups[group];
        for chunk in names.iter().filter_map(|name| group.columns_under_root_iter(name)).flatten() {
            let found = pages::check_pages(file, chunk.byte_range(), group.num_rows());
            let found = found.map_err(|e| SourceError::io(&self.shown, e))?;
            found.map_err(|fault| damaged(&self.shown, fault))?;
        }
        Ok(())
    }

    fn decode(
        &self,
        slice: &Slice,
        names: Vec<String>,
        plain: bool,
        rows: usize,
    ) -> Result<DataFrame, SourceError> {
        let mut file = File::open(&self.path).map_err(|e| SourceError::io(&self.shown, e))?;
        self.check_pages(&mut file, slice.group, &names)?;
        // The decoder walks all row groups before the slice, so it is shown only the one.
        let metadata = one_group(&self.metadata, Some(slice.group), plain);
        checked(&self.shown, || {
            let mut reader = ParquetReader::new(file)
                .with_columns(Some(names))
                .with_slice(Some((slice.offset, rows)))
                .read_parallel(ParallelStrategy::None);
            reader.set_metadata(Arc::new(metadata));
            reader.finish()
        })
    }
}

/// The metadata of a file with one of its row groups or none.
fn one_group(metadata: &FileMetadata, group: Option<usize>, plain: bool) -> FileMetadata {
    let row_groups: Vec<_> = group.map(|i| metadata.row_groups[i].clone()).into_iter().collect();
    let mut rows = 0;
    for group in &row_groups {
        rows += group.num_rows();
    }
    FileMetadata {
        version: metadata.version,
        num_rows: rows,
        max_row_group_height: rows,
        created_by: metadata.created_by.clone(),
        row_groups,
        key_value_metadata: if plain { None } else { metadata.key_value_metadata.clone() },
        schema_descr: metadata.schema_descr.clone(),
        column_orders: None,
        footer_buf: metadata.footer_buf.clone(),
    }
}

/// The columns with what is known of their types before any row is read.
fn columns(path: &Path, shown: &str, metadata: &FileMetadata) -> Result<Vec<ParquetColumn>, SourceError> {
    let schema = |plain: bool| {
        let file = File::open(path).map_err(|e| SourceError::io(shown, e))?;
        let metadata = Arc::new(one_group(metadata, None, plain));
        checked(shown, || {
            let mut reader = ParquetReader::new(file);
            reader.set_metadata(metadata);
            reader.schema()
        })
    };
    let (arrow, parquet) = (schema(false)?, schema(true)?);
    let mut columns = Vec::with_capacity(arrow.len());
    for (name, field) in arrow.iter() {
        let plain = matches!(field.dtype, ArrowDataType::Dictionary(..) | ArrowDataType::Extension(_));
        let unread = match (plain, parquet.get(name)) {
            (true, Some(field)) => unread(&field.dtype),
            _ => unread(&field.dtype),
        };
        columns.push(ParquetColumn { name: name.to_string(), plain, unread });
    }
    Ok(columns)
}

/// What a type holds, in words, where it is not read.
fn unread(dtype: &ArrowDataType) -> Option<String> {
    use ArrowDataType as T;
    match dtype {
        T::Null
        | T::Boolean
        | T::Int8
        | T::Int16
        | T::Int32
        | T::Int64
        | T::UInt8
        | T::UInt16
        | T::UInt32
        | T::UInt64
        | T::Float32
        | T::Float64
        | T::Utf8
        | T::LargeUtf8
        | T::Utf8View
        | T::Binary
        | T::LargeBinary
        | T::BinaryView
        | T::FixedSizeBinary(_)
        | T::Date32
        | T::Date64
        | T::Timestamp(..)
        | T::Duration(_)
        | T::Decimal(..)
        | T::Decimal32(..)
        | T::Decimal64(..) => None,
        T::Struct(_) => Some("records of several fields".to_owned()),
        T::List(_) | T::LargeList(_) | T::FixedSizeList(..) => Some("lists".to_owned()),
        T::Map(..) => Some("maps from names to values".to_owned()),
        T::Time32(_) | T::Time64(_) => Some("times of day without a date".to_owned()),
        other => Some(format!("values of the type {other:?}")),
    }
}

/// Runs the decoder; its errors and panics alike mean a damaged file.
fn checked<T>(shown: &str, read: impl FnOnce() -> polars::error::PolarsResult<T>) -> Result<T, SourceError> {
    match contained(read) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(polars::error::PolarsError::IO { error, .. }))
            if error.kind() != std::io::ErrorKind::Other =>
        {
            Err(SourceError::io(shown, std::io::Error::new(error.kind(), error.to_string())))
        }
        Ok(Err(error)) => Err(damaged(shown, &error.to_string())),
        Err(panic) => Err(damaged(shown, &panic)),
    }
}

fn damaged(shown: &str, detail: &str) -> SourceError {
    SourceError::new(shown, Problem::Damaged { format: "Parquet", detail: detail.to_owned() })
}
