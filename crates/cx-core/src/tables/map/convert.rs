//! Cells to values: numbers, money, moments, yes or no, codes.

use super::cells::{Cell, Clock};
use super::compile::Compiled;
use crate::ground::issue::Fault;
use crate::ground::money::Currency;
use crate::ground::period::{Calendar, ClockChange, Instant};
use crate::tables::read::time::Written;
use crate::tables::read::{boolean, number};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use std::borrow::Cow;

/// A value, or nothing; and what had to be done to it.
pub(super) type Converted<T> = Result<(Option<T>, Option<Fault>), Fault>;

impl Compiled {
    /// The cell after its labels: a word that stands for something else is replaced.
    pub(super) fn labelled<'c>(&'c self, cell: Cell<'c>) -> Cell<'c> {
        if self.labels.is_empty() || cell == Cell::Null {
            return cell;
        }
        let text = cell.text();
        let found = self.labels.get(text.as_ref()).or_else(|| self.labels.get(&text.to_lowercase()));
        match found {
            Some(meant) => Cell::Text(meant.as_str()),
            None => cell,
        }
    }

    /// True where the cell means blank here.
    pub(super) fn is_blank(&self, cell: &Cell<'_>) -> bool {
        match cell {
            Cell::Null => true,
            Cell::Text(t) => self.blank.iter().any(|b| b == t),
            other if self.blank.is_empty() => matches!(other, Cell::Null),
            other => {
                let text = other.text();
                self.blank.iter().any(|b| *b == text)
            }
        }
    }

    /// A number.
    pub(super) fn number(&self, cell: &Cell<'_>) -> Converted<f64> {
        if self.is_blank(cell) {
            return Ok((None, None));
        }
        let x = match cell {
            Cell::Int(i) => *i as f64,
            Cell::Float(x) => *x,
            Cell::Exact(d) => d.to_f64().ok_or(Fault::NotANumber)?,
            Cell::Bool(b) => f64::from(u8::from(*b)),
            Cell::Text(t) => number::parse(t, self.decimal).ok_or(Fault::NotANumber)?,
            _ => return Err(Fault::NotANumber),
        };
        Ok((Some(x * self.factor), None))
    }

    /// An exact decimal.
    pub(super) fn exact(&self, cell: &Cell<'_>) -> Converted<Decimal> {
        if self.is_blank(cell) {
            return Ok((None, None));
        }
        let d = match cell {
            Cell::Int(i) => Decimal::from(*i),
            // The shortest decimal that reads back to the same float is what the writer meant.
            Cell::Float(x) => number::parse_exact(&x.to_string(), crate::tables::mapping::Decimal::Point)
                .or_else(|| Decimal::from_f64(*x))
                .ok_or(Fault::NotANumber)?,
            Cell::Exact(d) => *d,
            Cell::Text(t) => number::parse_exact(t, self.decimal).ok_or(Fault::NotANumber)?,
            _ => return Err(Fault::NotANumber),
        };
        let factor = if self.factor == 1.0 {
            Decimal::ONE
        } else {
            Decimal::from_f64(self.factor).unwrap_or(Decimal::ONE)
        };
        Ok((Some(d.checked_mul(factor).ok_or(Fault::NotANumber)?), None))
    }

    /// Minor units of the reporting currency.
    pub(super) fn money(amount: Decimal, currency: Currency) -> Converted<f64> {
        let (minor, rounded) = currency.to_minor(amount).ok_or(Fault::NotANumber)?;
        Ok((Some(minor as f64), rounded.then_some(Fault::RoundedAmount)))
    }

    /// Yes or no.
    pub(super) fn boolean(&self, cell: &Cell<'_>) -> Converted<u8> {
        if self.is_blank(cell) {
            return Ok((None, None));
        }
        let b = match cell {
            Cell::Bool(b) => *b,
            Cell::Int(i @ (0 | 1)) => *i == 1,
            Cell::Float(x) if *x == 0.0 || *x == 1.0 => *x == 1.0,
            Cell::Text(t) => boolean::parse(t).ok_or(Fault::NotABoolean)?,
            _ => return Err(Fault::NotABoolean),
        };
        Ok((Some(u8::from(b)), None))
    }

    /// A moment.
    pub(super) fn moment(&self, cell: &Cell<'_>, zone: &Calendar) -> Converted<i64> {
        if self.is_blank(cell) {
            return Ok((None, None));
        }
        let written = match cell {
            Cell::Moment(t, Clock::Utc) => return Ok((Some(*t), None)),
            Cell::Moment(t, Clock::Local) => local(*t).ok_or(Fault::NotATime)?,
            Cell::Day(d) => Written::Date(crate::ground::period::Day(*d).date()),
            Cell::Null | Cell::Bool(_) => return Err(Fault::NotATime),
            other => self.format.parse(&other.text()).ok_or(Fault::NotATime)?,
        };
        let (Instant(t), change) = written.instant(zone);
        let note = match change {
            ClockChange::None => None,
            ClockChange::Twice => Some(Fault::ClockTwice),
            ClockChange::Skipped => Some(Fault::ClockSkipped),
        };
        Ok((Some(t), note))
    }

    /// Text of a category; of a closed list only what is on it.
    pub(super) fn category<'c>(
        &self,
        cell: &'c Cell<'_>,
        list: Option<&[&'static str]>,
    ) -> Converted<Cow<'c, str>> {
        if self.is_blank(cell) {
            return Ok((None, None));
        }
        let text = cell.text();
        let Some(list) = list else { return Ok((Some(text), None)) };
        let found = list.iter().find(|v| v.eq_ignore_ascii_case(&text));
        found.map(|v| (Some(Cow::Borrowed(*v)), None)).ok_or(Fault::UnknownLabel)
    }
}

/// Microseconds of a local clock as a wall-clock time.
fn local(micros: i64) -> Option<Written> {
    let utc = jiff::Timestamp::from_microsecond(micros).ok()?;
    Some(Written::Local(utc.to_zoned(jiff::tz::TimeZone::UTC).datetime()))
}
