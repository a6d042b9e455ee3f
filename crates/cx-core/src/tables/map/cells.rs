//! The cells of a raw column, whatever its type.

use polars::prelude::{Column, DataType, StringChunked, TimeUnit};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing there.
    Null,
    /// Text, trimmed.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// An exact decimal.
    Exact(Decimal),
    /// Yes or no.
    Bool(bool),
    /// Microseconds, of a clock that names its zone or of a local one.
    Moment(i64, Clock),
    /// Days since 1970.
    Day(i32),
}

/// Whose clock a typed moment was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// UTC.
    Utc,
    /// A local one.
    Local,
}

impl Cell<'_> {
    /// The cell as text, for messages, labels and categories.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Text(t) => Cow::Borrowed(t),
            Self::Int(i) => Cow::Owned(i.to_string()),
            Self::Float(x) => Cow::Owned(x.to_string()),
            Self::Exact(d) => Cow::Owned(d.normalize().to_string()),
            Self::Bool(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
            Self::Moment(t, _) => Cow::Owned(crate::ground::period::Instant(*t).to_rfc3339()),
            Self::Day(d) => Cow::Owned(crate::ground::period::Day(*d).to_string()),
        }
    }
}

/// A raw column, ready to be read cell by cell.
pub(super) enum Cells {
    /// Text.
    Text(StringChunked),
    /// Whole numbers.
    Int(Vec<Option<i64>>),
    /// Numbers.
    Float(Vec<Option<f64>>),
    /// Exact decimals: unscaled value and digits after the point.
    Exact(Vec<Option<i128>>, u32),
    /// Yes or no.
    Bool(Vec<Option<bool>>),
    /// Microseconds.
    Moment(Vec<Option<i64>>, Clock),
    /// Days.
    Day(Vec<Option<i32>>),
    /// A type that is not read here: all blank.
    Unread,
}

impl Cells {
    /// Takes a column apart.
    pub(super) fn of(column: &Column) -> Self {
        let series = column.as_materialized_series();
        let physical = series.to_physical_repr();
        let numbers = |s: &polars::prelude::Series| s.cast(&DataType::Float64).ok();
        match column.dtype() {
            DataType::String => match series.str() {
                Ok(text) => Self::Text(text.rechunk().into_owned()),
                Err(_) => Self::Unread,
            },
            DataType::Boolean => series.bool().map_or(Self::Unread, |v| Self::Bool(v.iter().collect())),
            DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32
            | DataType::UInt64 => match series.cast(&DataType::Int64) {
                Ok(wide) => wide.i64().map_or(Self::Unread, |v| Self::Int(v.iter().collect())),
                Err(_) => Self::Unread,
            },
            DataType::Float32 | DataType::Float64 => match numbers(series) {
                Some(wide) => wide.f64().map_or(Self::Unread, |v| {
                    Self::Float(v.iter().map(|x| x.filter(|x| !x.is_nan())).collect())
                }),
                None => Self::Unread,
            },
            DataType::Decimal(_, scale) => {
                let scale = *scale as u32;
                physical.i128().map_or(Self::Unread, |v| Self::Exact(v.iter().collect(), scale))
            }
            DataType::Date => physical.i32().map_or(Self::Unread, |v| Self::Day(v.iter().collect())),
            DataType::Datetime(unit, zone) => {
                let clock = if zone.is_some() { Clock::Utc } else { Clock::Local };
                let micros = |t: i64| match unit {
                    TimeUnit::Nanoseconds => t.div_euclid(1000),
                    TimeUnit::Microseconds => t,
                    TimeUnit::Milliseconds => t.saturating_mul(1000),
                };
                physical
                    .i64()
                    .map_or(Self::Unread, |v| Self::Moment(v.iter().map(|t| t.map(micros)).collect(), clock))
            }
            _ => Self::Unread,
        }
    }

    /// One cell. Text is trimmed; text of nothing but blanks is nothing.
    pub(super) fn get(&self, row: usize) -> Cell<'_> {
        match self {
            Self::Text(text) => match text.get(row).map(str::trim) {
                None | Some("") => Cell::Null,
                Some(t) => Cell::Text(t),
            },
            Self::Int(v) => v[row].map_or(Cell::Null, Cell::Int),
            Self::Float(v) => v[row].map_or(Cell::Null, Cell::Float),
            Self::Exact(v, scale) => v[row]
                .and_then(|x| Decimal::try_from_i128_with_scale(x, *scale).ok())
                .map_or(Cell::Null, Cell::Exact),
            Self::Bool(v) => v[row].map_or(Cell::Null, Cell::Bool),
            Self::Moment(v, clock) => v[row].map_or(Cell::Null, |t| Cell::Moment(t, *clock)),
            Self::Day(v) => v[row].map_or(Cell::Null, Cell::Day),
            Self::Unread => Cell::Null,
        }
    }
}
