//! Strict reading of cells: a number is a number, a blank is missing, nothing is guessed.

use super::CalcError;
use super::table::{Column, line_of};
use crate::ground::period::Day;

/// True where a cell holds nothing.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty()
}

/// A number, or what is wrong with it and what to write instead.
pub(super) fn number(text: &str) -> Result<f64, (String, String)> {
    let text = text.trim();
    let wrong = |problem: &str, help: String| Err((problem.to_owned(), help));
    let digits =
        |x: &str| x.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if let Ok(x) = text.parse::<f64>()
        && digits(text)
    {
        return if x.is_finite() {
            Ok(x)
        } else {
            wrong("is too large a number", "check the exponent".to_owned())
        };
    }
    if text.contains(',') && digits(&text.replace(',', "."))
        || text.contains(',') && digits(&text.replace(',', ""))
    {
        return wrong(
            "is not a number: it holds a comma",
            format!("write decimals with a point and no thousands separator, as {}", text.replace(',', ".")),
        );
    }
    if let Some(bare) = text.strip_suffix('%') {
        return wrong("is not a number", format!("write the share without the sign: {bare} % is {bare}/100"));
    }
    wrong(
        "is not a number",
        "write a plain number such as 7 or 0.25, and leave the cell empty where it is missing".to_owned(),
    )
}

/// An error about one cell.
pub(super) fn fault(
    column: &Column,
    row: usize,
    problem: impl Into<String>,
    help: impl Into<String>,
) -> CalcError {
    CalcError::Cell {
        row: line_of(row),
        column: column.name.clone(),
        value: column.cells.get(row).cloned().unwrap_or_default(),
        problem: problem.into(),
        help: help.into(),
    }
}

/// The number in a cell; `None` where it is blank.
pub(super) fn read_number(column: &Column, row: usize) -> Result<Option<f64>, CalcError> {
    let cell = column.cells.get(row).map_or("", String::as_str);
    if is_blank(cell) {
        return Ok(None);
    }
    number(cell).map(Some).map_err(|(problem, help)| fault(column, row, problem, help))
}

/// The yes or no in a cell; `None` where it is blank.
pub(super) fn read_yes_no(column: &Column, row: usize) -> Result<Option<bool>, CalcError> {
    let cell = column.cells.get(row).map_or("", |cell| cell.trim());
    match cell.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "1" | "true" | "yes" | "1.0" => Ok(Some(true)),
        "0" | "false" | "no" | "0.0" => Ok(Some(false)),
        _ => Err(fault(column, row, "is neither yes nor no", "write 1 or 0, true or false, yes or no")),
    }
}

/// The day in a cell; `None` where it is blank.
pub(super) fn read_day(column: &Column, row: usize) -> Result<Option<Day>, CalcError> {
    let cell = column.cells.get(row).map_or("", |cell| cell.trim());
    if cell.is_empty() {
        return Ok(None);
    }
    let plain = cell.len() == 10 && cell.bytes().filter(|b| *b == b'-').count() == 2;
    let day = if plain { cell.parse().ok() } else { None };
    day.map(Some).ok_or_else(|| fault(column, row, "is not a day", "write days as 2026-01-31"))
}

/// The words in a cell; `None` where it is blank.
pub(super) fn read_text(column: &Column, row: usize) -> Option<&str> {
    column.cells.get(row).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}
