//! Records of a text file, one at a time, each with its line.

use super::buffer::Buffer;
use super::bytes::Bytes;
use super::decode::Characters;
use super::split::{Cells, Splitter};
use crate::sources::dialect::{Delimiter, Dialect};
use crate::sources::error::{Problem, SourceError};
use crate::sources::options::Encoding;
use csv_core::ReadRecordResult;

/// Most cells in one record.
pub(in crate::sources) const MOST_CELLS: usize = 1 << 20;

/// How a text falls into records.
#[derive(Debug, Clone)]
pub(in crate::sources) enum Rule {
    /// Cells under a dialect; a record may span lines inside quotes.
    Cells(Dialect),
    /// Each line is a record of one cell.
    Lines,
}

/// One record.
#[derive(Debug)]
pub(in crate::sources) struct Record<'a> {
    /// Its first line, from 1.
    pub(in crate::sources) line: u64,
    /// Its text as it stands in the file, without the line end.
    pub(in crate::sources) raw: &'a [u8],
    /// Offset of the first byte that is no text, where there is one. The cells
    /// are empty then, unless faults are to be replaced.
    pub(in crate::sources) bad: Option<u64>,
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Record<'a> {
    /// Cells in it.
    pub(in crate::sources) fn width(&self) -> usize {
        self.ends.len()
    }

    /// One cell.
    pub(in crate::sources) fn cell(&self, i: usize) -> &'a str {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        self.text.get(from..self.ends[i]).unwrap_or_default()
    }

    /// All cells.
    pub(in crate::sources) fn cells(&self) -> impl Iterator<Item = &'a str> {
        (0..self.width()).map(|i| self.cell(i))
    }
}

/// A reader of records. Memory is bounded by the longest record allowed.
pub(in crate::sources) struct Records {
    buffer: Buffer,
    engine: Engine,
    splitter: Splitter,
    comment: Vec<u8>,
    lossy: bool,
    repaired: (String, Vec<usize>),
    /// Line of the next record.
    line: u64,
    /// The last line ended in `\r`; a `\n` that follows belongs to it.
    after_cr: bool,
    /// Bytes of the record given out last.
    given: usize,
}

enum Engine {
    /// One-byte delimiters: the state machine of `csv-core`.
    Core(Box<Core>),
    /// Other delimiters.
    Split(Cells),
    /// Whole lines.
    Lines([usize; 1]),
}

struct Core {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    used: usize,
    count: usize,
}

/// The length of a record in bytes and whether it ran into the end of the text.
struct Extent {
    length: usize,
    at_end: bool,
}

impl Records {
    /// Reads records behind a byte order mark of `mark` bytes.
    pub(in crate::sources) fn new(
        bytes: Bytes,
        encoding: Encoding,
        mark: usize,
        rule: Rule,
        record_bytes: usize,
        lossy: bool,
    ) -> Result<Self, SourceError> {
        let buffer = Buffer::new(Characters::new(bytes, encoding, mark)?, record_bytes);
        let dialect = match &rule {
            Rule::Cells(dialect) => dialect.clone(),
            Rule::Lines => Dialect { delimiter: Delimiter::None, ..Dialect::COMMA },
        };
        let engine = match (rule, dialect.delimiter) {
            (Rule::Lines, _) => Engine::Lines([0]),
            (_, Delimiter::Char(c)) if c.is_ascii() => Engine::Core(Box::new(Core::new(&dialect, c as u8))),
            _ => Engine::Split(Cells::default()),
        };
        Ok(Self {
            buffer,
            engine,
            splitter: Splitter::new(&dialect),
            comment: dialect.comment.unwrap_or_default().into_bytes(),
            lossy,
            repaired: (String::new(), Vec::new()),
            line: 1,
            after_cr: false,
            given: 0,
        })
    }

    /// The file's name in messages.
    pub(in crate::sources) fn file(&self) -> &str {
        self.buffer.file()
    }

    /// Passes over lines, whatever they hold.
    pub(in crate::sources) fn skip_lines(&mut self, lines: u64) -> Result<(), SourceError> {
        let first = self.line;
        while self.line < first + lines {
            if !self.any()? {
                break;
            }
            if self.after_cr && self.buffer.bytes().first() == Some(&b'\n') {
                self.buffer.consume(1);
            }
            self.skip_line()?;
        }
        Ok(())
    }

    /// The next record; blank lines and remarks are passed over.
    pub(in crate::sources) fn next(&mut self) -> Result<Option<Record<'_>>, SourceError> {
        loop {
            self.buffer.consume(std::mem::take(&mut self.given));
            if !self.find_record()? {
                return Ok(None);
            }
            let line = self.line;
            let extent = self.read_record().map_err(|e| e.at_line(line))?;
            self.given = extent.length;
            self.count_lines(&extent);
            if self.engine.width() == 0 {
                continue;
            }
            if extent.at_end && self.ends_in_quotes(&extent) {
                let raw = &self.buffer.bytes()[..extent.length];
                let error = SourceError::new(self.file(), Problem::OpenQuote).at_line(line);
                return Err(error.with_text(&String::from_utf8_lossy(&raw[..raw.len().min(400)])));
            }
            return self.give(line, extent.length).map(Some);
        }
    }

    /// True where any bytes are left.
    fn any(&mut self) -> Result<bool, SourceError> {
        if !self.buffer.bytes().is_empty() {
            return Ok(true);
        }
        self.buffer.fill()
    }

    /// Moves to the first byte of a record; `false` where there is none left.
    fn find_record(&mut self) -> Result<bool, SourceError> {
        while self.any()? {
            let byte = self.buffer.bytes()[0];
            if byte == b'\n' && self.after_cr {
                self.after_cr = false;
                self.buffer.consume(1);
            } else if matches!(byte, b'\n' | b'\r') || self.at_comment()? {
                self.skip_line()?;
            } else {
                self.after_cr = false;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn at_comment(&mut self) -> Result<bool, SourceError> {
        if self.comment.is_empty() {
            return Ok(false);
        }
        while self.buffer.bytes().len() < self.comment.len() && self.buffer.fill()? {}
        Ok(self.buffer.bytes().starts_with(&self.comment))
    }

    /// Passes over the rest of a line and its end, of whatever length.
    fn skip_line(&mut self) -> Result<(), SourceError> {
        self.after_cr = false;
        while self.any()? {
            let bytes = self.buffer.bytes();
            let Some(at) = line_end(bytes) else {
                let held = bytes.len();
                self.buffer.consume(held);
                continue;
            };
            self.after_cr = bytes[at] == b'\r';
            self.buffer.consume(at + 1);
            break;
        }
        self.line += 1;
        Ok(())
    }

    fn read_record(&mut self) -> Result<Extent, SourceError> {
        match &mut self.engine {
            Engine::Core(core) => core.read(&mut self.buffer),
            Engine::Split(cells) => {
                let mut at_end = false;
                loop {
                    if let Some(split) = self.splitter.split(self.buffer.bytes(), at_end, cells) {
                        let ended = split.length == self.buffer.bytes().len() && at_end;
                        return Ok(Extent { length: split.length, at_end: ended });
                    }
                    at_end = !self.buffer.fill()?;
                }
            }
            Engine::Lines(end) => {
                let mut from = 0;
                loop {
                    if let Some(at) = line_end(&self.buffer.bytes()[from..]) {
                        end[0] = from + at;
                        return Ok(Extent { length: from + at + 1, at_end: false });
                    }
                    from = self.buffer.bytes().len();
                    if !self.buffer.fill()? {
                        end[0] = from;
                        return Ok(Extent { length: from, at_end: false });
                    }
                }
            }
        }
    }

    /// Adds the lines that a record spans, `\r\n` counting once.
    fn count_lines(&mut self, extent: &Extent) {
        let Some((last, inside)) = self.buffer.bytes()[..extent.length].split_last() else { return };
        self.after_cr = *last == b'\r' && !extent.at_end;
        self.line += 1;
        // Most records span one line; looking for line ends inside is two quick searches.
        if inside.contains(&b'\n') || inside.contains(&b'\r') {
            let ends = inside.iter().zip(inside.iter().skip(1).chain([last]));
            let breaks = ends.filter(|(a, b)| **a == b'\n' || (**a == b'\r' && **b != b'\n')).count();
            self.line += breaks as u64;
        }
    }

    /// True where the last record of the file is an open quote.
    fn ends_in_quotes(&self, extent: &Extent) -> bool {
        let raw = &self.buffer.bytes()[..extent.length];
        let mut cells = Cells::default();
        !matches!(self.engine, Engine::Lines(_))
            && self.splitter.split(raw, true, &mut cells).is_some_and(|split| split.open)
    }

    fn give(&mut self, line: u64, length: usize) -> Result<Record<'_>, SourceError> {
        let place = self.buffer.place();
        let transcoded = self.buffer.characters().is_transcoded();
        let fault = self.buffer.characters().fault_within(place..place + length as u64);
        let passed_before = self.buffer.characters().byte_at(place);
        let whole = &self.buffer.bytes()[..length];
        let raw = match whole.split_last() {
            Some((b'\n' | b'\r', rest)) => rest,
            _ => whole,
        };
        let (bytes, ends) = self.engine.cells(raw);
        if ends.len() > MOST_CELLS {
            let error = SourceError::new(self.buffer.file(), Problem::WideRecord { limit: MOST_CELLS });
            return Err(error.at_line(line));
        }
        let text = std::str::from_utf8(bytes)
            .ok()
            .filter(|text| text.is_ascii() || ends.iter().all(|end| text.is_char_boundary(*end)));
        let bad = match text {
            Some(_) => fault,
            None if transcoded => fault.or(Some(passed_before)),
            None => {
                let valid = std::str::from_utf8(raw).err().map_or(0, |e| e.valid_up_to());
                Some(passed_before + valid as u64)
            }
        };
        match (text, bad) {
            (Some(text), None) => Ok(Record { line, raw, bad: None, text, ends }),
            (Some(text), bad) if self.lossy => Ok(Record { line, raw, bad, text, ends }),
            (None, bad) if self.lossy => {
                let (repaired, repaired_ends) = &mut self.repaired;
                repaired.clear();
                repaired_ends.clear();
                let mut from = 0;
                for end in ends {
                    repaired.push_str(&String::from_utf8_lossy(&bytes[from..*end]));
                    repaired_ends.push(repaired.len());
                    from = *end;
                }
                Ok(Record { line, raw, bad, text: repaired, ends: repaired_ends })
            }
            (_, bad) => Ok(Record { line, raw, bad, text: "", ends: &[] }),
        }
    }
}

fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| matches!(b, b'\n' | b'\r'))
}

impl Engine {
    fn width(&self) -> usize {
        match self {
            Self::Core(core) => core.count,
            Self::Split(cells) => cells.ends.len(),
            Self::Lines(_) => 1,
        }
    }

    /// The bytes of the cells and where each ends.
    fn cells<'a>(&'a self, raw: &'a [u8]) -> (&'a [u8], &'a [usize]) {
        match self {
            Self::Core(core) => (&core.text[..core.used], &core.ends[..core.count]),
            Self::Split(cells) => (&cells.text, &cells.ends),
            Self::Lines(end) => (&raw[..end[0]], end),
        }
    }
}

impl Core {
    fn new(dialect: &Dialect, delimiter: u8) -> Self {
        let mut builder = csv_core::ReaderBuilder::new();
        builder.delimiter(delimiter);
        match dialect.quote.byte() {
            Some(quote) => builder.quote(quote).escape(dialect.escape.byte()),
            None => builder.quoting(false),
        };
        let mut reader = builder.build();
        // The parser drops a byte order mark before its first byte by itself.
        // Marks are dealt with before it; an empty read makes it stop looking.
        reader.read_record(&[], &mut [], &mut []);
        Self { reader, text: Vec::new(), ends: vec![0; 64], used: 0, count: 0 }
    }

    fn read(&mut self, buffer: &mut Buffer) -> Result<Extent, SourceError> {
        (self.used, self.count) = (0, 0);
        let mut scanned = 0;
        loop {
            let mut at_end = false;
            if scanned == buffer.bytes().len() {
                at_end = !buffer.fill()?;
            }
            let input = &buffer.bytes()[scanned..];
            if self.text.len() < self.used + input.len() {
                self.text.resize(self.used + input.len(), 0);
            }
            let (result, taken, written, ended) =
                self.reader.read_record(input, &mut self.text[self.used..], &mut self.ends[self.count..]);
            scanned += taken;
            self.used += written;
            self.count += ended;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => {
                    return Ok(Extent { length: scanned, at_end });
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() > MOST_CELLS => {
                    let problem = Problem::WideRecord { limit: MOST_CELLS };
                    return Err(SourceError::new(buffer.file(), problem));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
