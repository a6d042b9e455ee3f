//! A row of an answer, read column by column in the order of the question.

use crate::{Error, Moment};
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};

/// A column's content.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    Nothing,
    Int(i64),
    Text(String),
}

/// A row. Every read takes the next column.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    cells: std::vec::IntoIter<Cell>,
}

impl Record {
    /// The next column, a whole number.
    pub(crate) fn int(&mut self) -> Result<i64, Error> {
        self.maybe_int()?.ok_or_else(|| unexpected("nothing where a number belongs"))
    }

    /// The next column, a whole number or nothing.
    pub(crate) fn maybe_int(&mut self) -> Result<Option<i64>, Error> {
        match self.cells.next() {
            Some(Cell::Int(number)) => Ok(Some(number)),
            Some(Cell::Nothing) => Ok(None),
            other => Err(unexpected(&format!("no number but {}", kind(other.as_ref())))),
        }
    }

    /// The next column, yes or no.
    pub(crate) fn truth(&mut self) -> Result<bool, Error> {
        Ok(self.int()? != 0)
    }

    /// The next column, a moment.
    pub(crate) fn moment(&mut self) -> Result<Moment, Error> {
        self.int().map(Moment::from_micros)
    }

    /// The next column, a moment or nothing.
    pub(crate) fn maybe_moment(&mut self) -> Result<Option<Moment>, Error> {
        Ok(self.maybe_int()?.map(Moment::from_micros))
    }

    /// The next column, text.
    pub(crate) fn text(&mut self) -> Result<String, Error> {
        self.maybe_text()?.ok_or_else(|| unexpected("nothing where text belongs"))
    }

    /// The next column, text or nothing.
    pub(crate) fn maybe_text(&mut self) -> Result<Option<String>, Error> {
        match self.cells.next() {
            Some(Cell::Text(text)) => Ok(Some(text)),
            Some(Cell::Nothing) => Ok(None),
            other => Err(unexpected(&format!("no text but {}", kind(other.as_ref())))),
        }
    }
}

/// Names what stands there without showing it: it may be a secret.
fn kind(cell: Option<&Cell>) -> &'static str {
    match cell {
        None => "the end of the row",
        Some(Cell::Nothing) => "nothing",
        Some(Cell::Int(_)) => "a number",
        Some(Cell::Text(_)) => "text",
    }
}

fn unexpected(what: &str) -> Error {
    Error::Database(format!("a column holds {what}"))
}

/// Reads a row of either database.
macro_rules! read {
    ($row:expr) => {{
        let row = $row;
        let mut cells = Vec::with_capacity(row.columns().len());
        for column in row.columns() {
            let raw = row.try_get_raw(column.ordinal())?;
            let cell = if raw.is_null() {
                Cell::Nothing
            } else {
                match raw.type_info().name() {
                    "INTEGER" | "INT8" => Cell::Int(row.try_get(column.ordinal())?),
                    // What PostgreSQL makes of a literal such as the 1 in `SELECT 1`.
                    "INT4" => Cell::Int(i64::from(row.try_get::<i32, _>(column.ordinal())?)),
                    "TEXT" => Cell::Text(row.try_get(column.ordinal())?),
                    other => return Err(unexpected(&format!("the type {other}"))),
                }
            };
            cells.push(cell);
        }
        Ok(Self { cells: cells.into_iter() })
    }};
}

impl TryFrom<&sqlx::sqlite::SqliteRow> for Record {
    type Error = Error;

    fn try_from(row: &sqlx::sqlite::SqliteRow) -> Result<Self, Error> {
        read!(row)
    }
}

impl TryFrom<&sqlx::postgres::PgRow> for Record {
    type Error = Error;

    fn try_from(row: &sqlx::postgres::PgRow) -> Result<Self, Error> {
        read!(row)
    }
}
