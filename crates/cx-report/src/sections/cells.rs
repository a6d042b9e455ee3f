//! Columns and cells of tables.

use crate::document::{Cell, Column, Figure};

/// A column of words.
pub(super) fn text_column(title: String) -> Column {
    Column { title, numeric: false }
}

/// A column of numbers.
pub(super) fn number_column(title: String) -> Column {
    Column { title, numeric: true }
}

/// A cell of words.
pub(super) fn text(words: impl Into<String>) -> Cell {
    Cell::Text { text: words.into() }
}

/// A cell with a figure and the finding it belongs to.
pub(super) fn figure(figure: Figure, finding: &str) -> Cell {
    Cell::Figure { figure: Box::new(figure), finding: (!finding.is_empty()).then(|| finding.to_owned()) }
}
