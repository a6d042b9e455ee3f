//! Text files as a vendor writes them.

use crate::error::Error;
use crate::folder::Folder;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// Where the bytes go.
#[derive(Debug)]
enum Out {
    Plain(BufWriter<File>),
    Packed(Box<GzEncoder<BufWriter<File>>>),
}

/// A file of lines, written cell by cell.
#[derive(Debug)]
pub(crate) struct Sheet {
    out: Out,
    delimiter: char,
    newline: &'static str,
    line: String,
    begun: bool,
    rows: u64,
    /// The first failure; later cells go nowhere.
    failed: Option<io::Error>,
}

impl Sheet {
    /// A plain file with a delimiter.
    pub(crate) fn plain(file: File, delimiter: char) -> Self {
        Self::over(Out::Plain(BufWriter::with_capacity(1 << 16, file)), delimiter)
    }

    /// A gzip file. Its header carries no time, so that the same rows give the same bytes.
    pub(crate) fn packed(file: File, delimiter: char) -> Self {
        Self::over(
            Out::Packed(Box::new(GzEncoder::new(
                BufWriter::with_capacity(1 << 16, file),
                Compression::fast(),
            ))),
            delimiter,
        )
    }

    fn over(out: Out, delimiter: char) -> Self {
        let line = String::with_capacity(256);
        Self { out, delimiter, newline: "\n", line, begun: false, rows: 0, failed: None }
    }

    /// Lines end with CR and LF.
    #[must_use]
    pub(crate) const fn windows(mut self) -> Self {
        self.newline = "\r\n";
        self
    }

    /// A line that is no row: a remark, or the names of the columns.
    pub(crate) fn head(&mut self, text: &str) {
        let line = format!("{text}{}", self.newline);
        self.put(line.as_bytes());
    }

    fn put(&mut self, bytes: &[u8]) {
        if self.failed.is_none() {
            let done = match &mut self.out {
                Out::Plain(out) => out.write_all(bytes),
                Out::Packed(out) => out.write_all(bytes),
            };
            self.failed = done.err();
        }
    }

    fn separate(&mut self) {
        if self.begun {
            self.line.push(self.delimiter);
        }
        self.begun = true;
    }

    /// A cell that needs no quotes.
    pub(crate) fn cell(&mut self, value: impl Display) -> &mut Self {
        self.separate();
        // Writing to a String cannot fail.
        let _ = write!(self.line, "{value}");
        self
    }

    /// A cell, or a blank.
    pub(crate) fn maybe(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.cell(value),
            None => self.cell(""),
        }
    }

    /// A cell of text, quoted where it holds the delimiter, a quote or a line break.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.separate();
        if text.contains([self.delimiter, '"', '\n', '\r']) {
            self.line.push('"');
            self.line.push_str(&text.replace('"', "\"\""));
            self.line.push('"');
        } else {
            self.line.push_str(text);
        }
        self
    }

    /// Ends the row.
    pub(crate) fn end(&mut self) {
        self.line.push_str(self.newline);
        let line = std::mem::take(&mut self.line);
        self.put(line.as_bytes());
        self.line = line;
        self.line.clear();
        self.begun = false;
        self.rows += 1;
    }

    /// Rows so far.
    pub(crate) const fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes what is left.
    pub(crate) fn finish(self) -> io::Result<u64> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        match self.out {
            Out::Plain(mut out) => out.flush()?,
            Out::Packed(out) => out.finish()?.flush()?,
        }
        Ok(self.rows)
    }
}

/// Writes a short list as it is; gives the number of rows.
pub(crate) fn list(folder: &mut Folder, name: &str, head: &str, rows: &[&[&str]]) -> Result<u64, Error> {
    let mut sheet = Sheet::plain(folder.create(name)?, ',');
    sheet.head(head);
    for row in rows {
        for cell in *row {
            sheet.text(cell);
        }
        sheet.end();
    }
    sheet.finish().map_err(Error::io(&folder.path(name)))
}

/// An amount in cents, with a decimal comma and points between thousands.
pub(crate) fn german_money(cents: i64) -> String {
    let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.unsigned_abs());
    let (whole, rest) = (cents / 100, cents % 100);
    if whole >= 1000 {
        format!("{sign}{}.{:03},{rest:02}", whole / 1000, whole % 1000)
    } else {
        format!("{sign}{whole},{rest:02}")
    }
}

/// An amount in cents, with a decimal point.
pub(crate) fn money(cents: i64) -> String {
    format!(
        "{}{}.{:02}",
        if cents < 0 { "-" } else { "" },
        cents.unsigned_abs() / 100,
        cents.unsigned_abs() % 100
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_write_them() {
        assert_eq!(german_money(129_905), "1.299,05");
        assert_eq!(german_money(-995), "-9,95");
        assert_eq!(german_money(-5), "-0,05");
        assert_eq!(money(-129_905), "-1299.05");
    }
}
