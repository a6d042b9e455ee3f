//! A single file as a table for `calc`.

use super::{Error, ErrorKind, Place};
use crate::calc::{CalcError, CalcResult, Request, Table, call};
use crate::sources::{Projection, RawFile, ReadOptions};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Most cells that a plain table may have: it is held as text.
const MOST_CELLS: usize = 200_000_000;

/// A file read as text, with the line of every row.
#[derive(Debug, Clone)]
pub struct PlainTable {
    /// The cells.
    pub table: Table,
    shown: String,
    lines: Vec<u64>,
}

impl PlainTable {
    /// Reads every row of a file that `sources` reads: delimited text, JSON
    /// lines, a workbook or Parquet.
    ///
    /// # Errors
    /// A file that cannot be read, and the first row that does not fit: a
    /// formula on part of a table would be a silent loss.
    ///
    /// # Examples
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("answers.csv");
    /// use cx_core::{analysis::PlainTable, calc::Request};
    /// std::fs::write(&path, "score,comment\n9,\"two\nlines\"\nten,\n").unwrap();
    /// let plain = PlainTable::read(&path, "answers.csv", &Default::default()).unwrap();
    /// let error = plain.call("nps", Request::default(), None).unwrap_err();
    /// assert_eq!(error.to_string(), "answers.csv:4: column `score`: `ten` is not a number");
    /// ```
    pub fn read(path: &Path, shown: &str, cancel: &AtomicBool) -> Result<Self, Error> {
        let file = RawFile::open(path, shown, &ReadOptions::default()).map_err(|error| {
            let missing = error.kind() == crate::sources::ErrorKind::NotFound;
            let error = Error::from(error);
            // Paths of a project start at its folder; this one starts where the caller stands.
            if missing { Error { help: Some("check the path".to_owned()), ..error } } else { error }
        })?;
        let names = file.layout().names.clone();
        let (mut rows, mut lines): (Vec<Vec<String>>, Vec<u64>) = (Vec::new(), Vec::new());
        let mut failed = None;
        for task in file.tasks(0, &Projection::All)? {
            let flow = task.run(&mut |batch| {
                if let Some(row) = batch.rejected.first() {
                    let place = Place {
                        file: shown.to_owned(),
                        line: Some(row.line),
                        text: Some(row.sample()),
                        ..Place::default()
                    };
                    let help = "correct the line; cells that hold the separator need quotes";
                    failed = Some(Error::new(ErrorKind::Data, row.reason.to_string()).at(place).help(help));
                } else if cancel.load(Ordering::Relaxed) {
                    failed = Some(Error::new(ErrorKind::Interrupted, "reading was stopped"));
                } else if (rows.len() + batch.frame.height()) * names.len() > MOST_CELLS {
                    let message = format!("{shown} has more than {MOST_CELLS} cells");
                    failed = Some(
                        Error::new(ErrorKind::Limit, message)
                            .help("make it the source of a project: `cx init`, then `cx metrics`"),
                    );
                } else {
                    lines.extend((0..batch.frame.height()).map(|row| batch.lines.of(row)));
                    let texts = batch.texts().into_iter();
                    rows.extend(texts.map(|row| row.into_iter().map(Option::unwrap_or_default).collect()));
                }
                if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            if let (true, Some(error)) = (flow.is_break(), failed.take()) {
                return Err(error);
            }
        }
        // JSON lines may name more fields further down than at the beginning.
        let width = rows.iter().map(Vec::len).max().unwrap_or(names.len());
        if width != names.len() || rows.iter().any(|row| row.len() != width) {
            let message = format!("{shown}: later rows have other fields than the first");
            return Err(Error::new(ErrorKind::Data, message).help("give every row the same fields"));
        }
        Ok(Self { table: Table::new(names, rows)?, shown: shown.to_owned(), lines })
    }

    /// Runs a formula on it; `second` is the second table of formulas that take one.
    ///
    /// # Errors
    /// As [`call`], with the line of the file.
    pub fn call(&self, name: &str, request: Request<'_>, second: Option<&Self>) -> Result<CalcResult, Error> {
        let request = Request { table: Some(&self.table), second: second.map(|s| &s.table), ..request };
        call(name, &request).map_err(|error| self.placed(error))
    }

    /// Rows of an error become lines of the file.
    fn placed(&self, error: CalcError) -> Error {
        match error {
            CalcError::InGroup { group, error } => {
                let inner = self.placed(*error);
                Error { message: format!("group `{group}`: {}", inner.message), ..inner }
            }
            CalcError::Cell { row, column, value, problem, help } => {
                let line = row.checked_sub(2).and_then(|i| self.lines.get(i)).copied();
                let place = Place { file: self.shown.clone(), line, ..Place::default() };
                let value = value.escape_debug();
                Error::new(ErrorKind::Data, format!("column `{column}`: `{value}` {problem}"))
                    .at(place)
                    .help(help)
            }
            other => other.into(),
        }
    }
}
