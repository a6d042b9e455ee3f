//! Rows for a spreadsheet.

/// A header and rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Csv {
    text: String,
}

impl Csv {
    /// An empty table with a header.
    pub(crate) fn new<S: AsRef<str>>(header: &[S]) -> Self {
        let mut csv = Self::default();
        csv.row(header);
        csv
    }

    /// Adds a row.
    pub(crate) fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            push_cell(&mut self.text, cell.as_ref());
        }
        self.text.push('\n');
    }

    /// The whole as text.
    pub(crate) fn text(self) -> String {
        self.text
    }
}

/// A cell, quoted where it has to be (RFC 4180).
fn push_cell(out: &mut String, cell: &str) {
    if !cell.contains([',', '"', '\n', '\r']) && cell.trim() == cell {
        return out.push_str(cell);
    }
    out.push('"');
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut csv = Csv::new(&["a", "b"]);
        csv.row(&["x,y", "say \"no\"\nnow"]);
        csv.row(&[" lead", "plain"]);
        assert_eq!(csv.text(), "a,b\n\"x,y\",\"say \"\"no\"\"\nnow\"\n\" lead\",plain\n");
    }
}
