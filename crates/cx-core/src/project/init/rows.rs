//! The rows of files of one shape, handed on cell by cell.

use super::profile::Profile;
use crate::sources::{Format, Projection, RawFile, SourceError};
use polars::prelude::Column;
use std::ops::ControlFlow;

/// Most rows of a file that are looked at.
const ROWS: u64 = 2_000_000;
/// Rows of a Parquet file that are looked at, from its beginning.
const PARQUET_ROWS: usize = 100_000;

/// Every column of files of one shape, and the number of rows looked at.
pub(super) fn profiles(files: &[RawFile]) -> Result<(Vec<Profile>, u64), SourceError> {
    let names = files.first().map(|f| f.layout().names.clone()).unwrap_or_default();
    let mut profiles: Vec<Profile> = names.iter().map(|n| Profile::new(n)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut rows = 0;
    each_row(files, &names, &mut |cells| {
        rows += 1;
        for (profile, cell) in profiles.iter_mut().zip(cells) {
            profile.add(cell);
        }
    })?;
    profiles.iter_mut().for_each(Profile::finish);
    Ok((profiles, rows))
}

/// Hands on the cells of some columns, row by row and file by file.
pub(super) fn each_row(
    files: &[RawFile],
    columns: &[&str],
    f: &mut dyn FnMut(&[&str]),
) -> Result<(), SourceError> {
    let mut rows = 0;
    for file in files {
        if rows >= ROWS {
            break;
        }
        rows_of(file, columns, &mut rows, f)?;
    }
    Ok(())
}

fn rows_of(
    file: &RawFile,
    columns: &[&str],
    rows: &mut u64,
    f: &mut dyn FnMut(&[&str]),
) -> Result<(), SourceError> {
    if file.layout().format == Format::Parquet {
        let names = &file.layout().names;
        let places: Vec<Option<usize>> = columns.iter().map(|c| names.iter().position(|n| n == c)).collect();
        for row in file.sample(PARQUET_ROWS)? {
            let cell =
                |p: &Option<usize>| p.and_then(|p| row.get(p)).and_then(|c| c.as_deref()).unwrap_or("");
            f(&places.iter().map(cell).collect::<Vec<_>>());
        }
        return Ok(());
    }
    for task in file.tasks(0, &Projection::columns(columns.iter().copied()))? {
        let _ = task.run(&mut |batch| {
            let series: Vec<_> = batch.frame.columns().iter().map(Column::as_materialized_series).collect();
            let texts: Vec<_> = series.iter().map(|s| s.str().ok()).collect();
            for row in 0..batch.frame.height() {
                let cells: Vec<&str> =
                    texts.iter().map(|t| t.and_then(|t| t.get(row)).unwrap_or("")).collect();
                f(&cells);
            }
            *rows += batch.frame.height() as u64;
            if *rows >= ROWS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    Ok(())
}
