//! Excel workbooks, a row at a time.

use super::archive::damaged;
use super::row::SheetRow;
use super::rows::{Book, SheetName};
use crate::sources::contained::contained;
use crate::sources::error::SourceError;
use calamine::{
    Cell, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError,
};
use std::fmt::Write as _;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

type Workbook = Xlsx<BufReader<File>>;
type Held<'a> = Option<Cell<DataRef<'a>>>;

/// The sheets of a workbook in its order.
pub(super) fn names(book: &Book<'_>) -> Result<Vec<SheetName>, SourceError> {
    let workbook = open(book)?;
    let sheets = workbook.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    Ok(sheets
        .map(|s| SheetName { name: s.name.clone(), visible: s.visible == SheetVisible::Visible })
        .collect())
}

/// Hands on the rows of one sheet that have a filled cell.
pub(super) fn read(
    book: &Book<'_>,
    sheet: &str,
    each: &mut dyn FnMut(&SheetRow) -> Result<ControlFlow<()>, SourceError>,
) -> Result<ControlFlow<()>, SourceError> {
    let mut workbook = open(book)?;
    let mut cells = checked(book, || workbook.worksheet_cells_reader(sheet))?;
    let (mut row, mut held) = (SheetRow::default(), None);
    loop {
        let step = contained(|| next_row(book, &mut cells, &mut held, &mut row));
        step.map_err(|panic| damaged(book.shown, &panic))??;
        if row.width() > 0 && each(&row)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        if held.is_none() {
            return Ok(ControlFlow::Continue(()));
        }
    }
}

fn open(book: &Book<'_>) -> Result<Workbook, SourceError> {
    let file = File::open(book.path).map_err(|e| SourceError::io(book.shown, e))?;
    checked(book, || Xlsx::new(BufReader::new(file)))
}

fn checked<T>(book: &Book<'_>, read: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, SourceError> {
    match contained(read) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(damaged(book.shown, &error.to_string())),
        Err(panic) => Err(damaged(book.shown, &panic)),
    }
}

/// Reads cells up to the first of another row, which is held for the next call;
/// nothing is held at the end of the sheet.
fn next_row<'a>(
    book: &Book<'_>,
    cells: &mut XlsxCellReader<'a, BufReader<File>>,
    held: &mut Held<'a>,
    row: &mut SheetRow,
) -> Result<(), SourceError> {
    row.clear();
    let mut text = String::new();
    let mut begun = false;
    loop {
        let cell = match held.take() {
            Some(cell) => cell,
            None => match cells.next_cell().map_err(|e| damaged(book.shown, &e.to_string()))? {
                Some(cell) => cell,
                None => return Ok(()),
            },
        };
        let (at, column) = cell.get_position();
        let number = u64::from(at) + 1;
        if begun && number != row.number {
            *held = Some(cell);
            return Ok(());
        }
        if number < row.number {
            return Err(damaged(book.shown, "its rows are out of order").at_line(number));
        }
        begun = true;
        row.number = number;
        text.clear();
        if let Some(borrowed) = write_value(cell.get_value(), &mut text) {
            row.put(column as usize, borrowed, book.shown, book.limits.record_bytes)?;
        } else if !text.is_empty() {
            row.put(column as usize, &text, book.shown, book.limits.record_bytes)?;
        }
    }
}

/// A value as text: borrowed where it is text, else written to `text`; an empty cell writes nothing.
fn write_value<'v>(value: &'v DataRef<'_>, text: &mut String) -> Option<&'v str> {
    // Writing to a string cannot fail.
    let _ = match value {
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => return Some(s),
        DataRef::SharedString(s) => return Some(s),
        DataRef::Empty => Ok(()),
        DataRef::Int(n) => write!(text, "{n}"),
        // Minus zero is zero to whoever filled the cell.
        DataRef::Float(x) => write!(text, "{}", if *x == 0.0 { 0.0 } else { *x }),
        DataRef::Bool(true) => write!(text, "TRUE"),
        DataRef::Bool(false) => write!(text, "FALSE"),
        DataRef::Error(e) => write!(text, "{e}"),
        DataRef::DateTime(t) => write_moment(t, text),
    };
    None
}

/// `2026-01-31`, `2026-01-31 10:05:00[.250]`, a time of day `10:05:00`, or a duration in hours `26:05:00`.
fn write_moment(moment: &ExcelDateTime, text: &mut String) -> std::fmt::Result {
    let serial = moment.as_f64();
    if moment.is_duration() {
        let millis = (serial.abs() * 86_400_000.0).round();
        if !millis.is_finite() || millis > 9.0e15 {
            return write!(text, "{serial}");
        }
        let (millis, sign) = (millis as u64, if serial < 0.0 { "-" } else { "" });
        let seconds = millis / 1000;
        write!(text, "{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        return write_millis((millis % 1000) as u16, text);
    }
    let (year, month, day, hour, minute, second, millis) = moment.to_ymd_hms_milli();
    let of_day = (0.0..1.0).contains(&serial);
    let at_midnight = hour == 0 && minute == 0 && second == 0 && millis == 0;
    if !of_day {
        write!(text, "{year:04}-{month:02}-{day:02}")?;
    }
    if !of_day && at_midnight {
        return Ok(());
    }
    let gap = if of_day { "" } else { " " };
    write!(text, "{gap}{hour:02}:{minute:02}:{second:02}")?;
    write_millis(millis, text)
}

fn write_millis(millis: u16, text: &mut String) -> std::fmt::Result {
    if millis == 0 { Ok(()) } else { write!(text, ".{millis:03}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn moments_are_written_as_dates_times_and_durations() {
        let written = |serial: f64, kind| {
            let mut text = String::new();
            write_moment(&ExcelDateTime::new(serial, kind, false), &mut text).unwrap();
            text
        };
        let moment = ExcelDateTimeType::DateTime;
        assert_eq!(written(45_943.0, moment), "2025-10-13");
        assert_eq!(written(45_943.541, moment), "2025-10-13 12:59:02.400");
        assert_eq!(written(0.5, moment), "12:00:00");
        assert_eq!(written(61.25, moment), "1900-03-01 06:00:00");
        let span = ExcelDateTimeType::TimeDelta;
        assert_eq!(written(1.125, span), "27:00:00");
        assert_eq!(written(-0.5, span), "-12:00:00");
        assert_eq!(written(1e300, span), format!("{}", 1e300_f64));
    }

    #[test]
    fn numbers_are_written_plainly() {
        let written = |value: DataRef<'_>| {
            let mut text = String::new();
            write_value(&value, &mut text);
            text
        };
        assert_eq!(written(DataRef::Float(5.0)), "5");
        assert_eq!(written(DataRef::Float(12.55)), "12.55");
        assert_eq!(written(DataRef::Float(-0.0)), "0");
        assert_eq!(written(DataRef::Float(1e15)), "1000000000000000");
        assert_eq!(written(DataRef::Bool(true)), "TRUE");
        assert_eq!(written(DataRef::Empty), "");
    }
}
