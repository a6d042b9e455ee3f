//! A small table of text.

use super::CalcError;

/// One column: a name and a cell per row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// Its cells, as they stand in the file.
    pub cells: Vec<String>,
}

/// A table as a file holds it: nothing is interpreted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
}

impl Table {
    /// From a header and rows of the same width.
    ///
    /// # Errors
    /// A row with more or fewer cells than the header, two columns of one name.
    ///
    /// # Examples
    /// ```
    /// use cx_core::calc::Table;
    /// let table = Table::new(vec!["score".into()], vec![vec!["9".into()]]).unwrap();
    /// assert_eq!(table.rows(), 1);
    /// assert!(Table::new(vec!["score".into()], vec![vec![]]).is_err());
    /// ```
    pub fn new(header: Vec<String>, rows: Vec<Vec<String>>) -> Result<Self, CalcError> {
        for (i, name) in header.iter().enumerate() {
            if header[..i].contains(name) {
                return Err(CalcError::TwiceNamed { column: name.clone() });
            }
        }
        let count = rows.len();
        let mut columns: Vec<Column> =
            header.into_iter().map(|name| Column { name, cells: Vec::with_capacity(count) }).collect();
        for (i, row) in rows.into_iter().enumerate() {
            if row.len() != columns.len() {
                return Err(CalcError::Width { row: line_of(i), cells: row.len(), wanted: columns.len() });
            }
            for (column, cell) in columns.iter_mut().zip(row) {
                column.cells.push(cell);
            }
        }
        Ok(Self { columns, rows: count })
    }

    /// From text that is already in the program.
    ///
    /// # Errors
    /// As [`Table::new`].
    pub fn from_rows(header: &[&str], rows: &[&[&str]]) -> Result<Self, CalcError> {
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        Self::new(own(header), rows.iter().map(|row| own(row)).collect())
    }

    /// Rows, the header not counted.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Columns in file order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// A column by its exact name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The row number a reader of the file counts: from 1, header included.
pub(super) const fn line_of(row: usize) -> usize {
    row + 2
}
