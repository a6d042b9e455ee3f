//! One row of a sheet as text.

use crate::sources::error::{Problem, SourceError};

/// Most columns of a sheet (the limit of both formats' own programs).
pub(super) const MOST_COLUMNS: usize = 16_384;

/// The cells of one row.
#[derive(Debug, Default)]
pub(in crate::sources) struct SheetRow {
    /// The row in the sheet, from 1.
    pub(in crate::sources) number: u64,
    text: String,
    cells: Vec<Option<(usize, usize)>>,
    filled: usize,
}

impl SheetRow {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
        self.filled = 0;
    }

    /// Cells up to the last one with any text.
    pub(in crate::sources) fn width(&self) -> usize {
        self.filled
    }

    /// Cells and bytes of text.
    pub(super) fn size(&self) -> usize {
        self.filled + self.text.len()
    }

    /// One cell, where there is one.
    pub(in crate::sources) fn get(&self, column: usize) -> Option<&str> {
        let (from, to) = (*self.cells.get(column)?)?;
        Some(&self.text[from..to])
    }

    /// Adds a cell.
    pub(super) fn put(
        &mut self,
        column: usize,
        text: &str,
        shown: &str,
        most: usize,
    ) -> Result<(), SourceError> {
        if column >= MOST_COLUMNS {
            let error = SourceError::new(shown, Problem::WideRecord { limit: MOST_COLUMNS });
            return Err(error.at_line(self.number));
        }
        if self.text.len() + text.len() > most {
            let error = SourceError::new(shown, Problem::LongRecord { limit: most });
            return Err(error.at_line(self.number));
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, None);
        }
        let from = self.text.len();
        self.text.push_str(text);
        self.cells[column] = Some((from, self.text.len()));
        if !text.is_empty() {
            self.filled = self.filled.max(column + 1);
        }
        Ok(())
    }

    /// The row as a line of text, cells joined by tabs.
    pub(super) fn raw(&self) -> Vec<u8> {
        let cells: Vec<&str> = (0..self.width()).map(|i| self.get(i).unwrap_or_default()).collect();
        cells.join("\t").into_bytes()
    }

    /// The cells as owned text, blank where there is none.
    pub(in crate::sources) fn to_texts(&self) -> Vec<String> {
        (0..self.width()).map(|i| self.get(i).unwrap_or_default().to_owned()).collect()
    }
}
