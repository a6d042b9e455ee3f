//! Rows of a sheet, whatever the format, to batches.

use super::row::SheetRow;
use super::shape::SheetShape;
use super::{archive, ods, xlsx};
use crate::sources::batch::{BatchBuilder, RawBatch, Reason};
use crate::sources::error::{Problem, SourceError};
use crate::sources::options::{Format, Limits};
use std::ops::ControlFlow;
use std::path::Path;

/// A workbook on disk.
pub(in crate::sources) struct Book<'a> {
    pub(in crate::sources) path: &'a Path,
    pub(in crate::sources) shown: &'a str,
    pub(in crate::sources) format: Format,
    pub(in crate::sources) limits: &'a Limits,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sources) struct SheetName {
    pub(in crate::sources) name: String,
    pub(in crate::sources) visible: bool,
}

impl Book<'_> {
    /// Checks what the workbook unpacks to. Called once, before anything is read.
    pub(in crate::sources) fn check(&self) -> Result<(), SourceError> {
        archive::check(self.path, self.shown, self.limits)
    }

    /// The sheets in the workbook's order.
    pub(in crate::sources) fn sheets(&self) -> Result<Vec<SheetName>, SourceError> {
        match self.format {
            Format::Ods => ods::names(self),
            _ => xlsx::names(self),
        }
    }

    /// Hands on the rows of one sheet that have a filled cell, from the top.
    pub(in crate::sources) fn rows(
        &self,
        sheet: &str,
        each: &mut dyn FnMut(&SheetRow) -> Result<ControlFlow<()>, SourceError>,
    ) -> Result<ControlFlow<()>, SourceError> {
        match self.format {
            Format::Ods => ods::read(self, sheet, each),
            _ => xlsx::read(self, sheet, each),
        }
    }
}

/// The sheet asked for, or the first visible one that has a filled cell.
pub(in crate::sources) fn choose_sheet(
    book: &Book<'_>,
    sheets: &[SheetName],
    wanted: Option<&str>,
) -> Result<String, SourceError> {
    if let Some(wanted) = wanted {
        let name = sheets.iter().find(|s| s.name == wanted).map(|s| s.name.clone());
        return name.ok_or_else(|| {
            let sheets = sheets.iter().map(|s| s.name.clone()).collect();
            SourceError::new(book.shown, Problem::NoSheet { name: wanted.to_owned(), sheets })
        });
    }
    for visible in [true, false] {
        for sheet in sheets.iter().filter(|s| s.visible == visible) {
            if book.rows(&sheet.name, &mut |_| Ok(ControlFlow::Break(())))?.is_break() {
                return Ok(sheet.name.clone());
            }
        }
    }
    Err(SourceError::new(book.shown, Problem::Empty))
}

/// Reads the rows below the header into batches of the columns at `places`.
///
/// A cell that a row does not have is null. A row with a cell beyond the last
/// column is kept out and reported.
pub(in crate::sources) fn read_sheet(
    book: &Book<'_>,
    sheet: &str,
    shape: &SheetShape,
    places: &[usize],
    mut batch: BatchBuilder,
    sink: &mut dyn FnMut(RawBatch) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, SourceError> {
    let mut heading = shape.heading_rows;
    let flow = book.rows(sheet, &mut |row| {
        if row.number <= shape.skip_lines {
            return Ok(ControlFlow::Continue(()));
        }
        if heading > 0 {
            heading -= 1;
            return Ok(ControlFlow::Continue(()));
        }
        if row.width() > shape.width {
            let reason = Reason::Width { found: row.width(), expected: shape.width };
            batch.reject(row.number, reason, &row.raw());
        } else {
            for (column, place) in places.iter().enumerate() {
                if let Some(text) = row.get(*place) {
                    batch.cell(column, text);
                }
            }
            batch.end_row(row.number);
        }
        if batch.is_full() { Ok(sink(batch.take(book.shown)?)) } else { Ok(ControlFlow::Continue(())) }
    })?;
    if flow.is_break() || batch.is_empty() { Ok(flow) } else { Ok(sink(batch.take(book.shown)?)) }
}
