//! One record of delimited text to cells, in plain steps.
//!
//! `csv-core` reads tables whose delimiter is one byte. This splitter reads
//! the rest (runs of blanks, delimiters outside ASCII, none at all), and it
//! notes what sniffing wants to know: quotes that do not close where a cell
//! ends. Both give the same cells; a property test holds them to it.

use crate::sources::dialect::{Delimiter, Dialect};

/// Cells of one record: their text without separators, and where each ends.
#[derive(Debug, Default, Clone)]
pub(super) struct Cells {
    pub(super) text: Vec<u8>,
    pub(super) ends: Vec<usize>,
}

impl Cells {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(super) fn get(&self, i: usize) -> &[u8] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[from..self.ends[i]]
    }

    fn end_cell(&mut self) {
        self.ends.push(self.text.len());
    }
}

/// What one record turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Split {
    /// Bytes of the record with its line end; of `\r\n` only the first.
    pub(super) length: usize,
    /// The text ended inside quotes.
    pub(super) open: bool,
    /// Text followed a closing quote.
    pub(super) strayed: bool,
}

/// Splits records under one dialect.
#[derive(Debug, Clone)]
pub(super) struct Splitter {
    separator: Separator,
    quote: Option<u8>,
    escape: Option<u8>,
}

#[derive(Debug, Clone)]
enum Separator {
    Text([u8; 4], usize),
    Blanks,
    None,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Before the first byte of a cell.
    Start,
    Plain,
    Quoted,
    /// After an escape inside quotes.
    Escaped,
    /// After a quote inside quotes: the end, or half of a doubled one.
    Closing,
}

enum Found {
    /// A separator of this many bytes.
    Yes(usize),
    No,
    /// The input ends too early to tell.
    Unsure,
}

impl Splitter {
    pub(super) fn new(dialect: &Dialect) -> Self {
        let separator = match dialect.delimiter {
            Delimiter::Char(c) => {
                let mut bytes = [0; 4];
                let length = c.encode_utf8(&mut bytes).len();
                Separator::Text(bytes, length)
            }
            Delimiter::Blanks => Separator::Blanks,
            Delimiter::None => Separator::None,
        };
        Self { separator, quote: dialect.quote.byte(), escape: dialect.escape.byte() }
    }

    /// Splits the first record of `input`; `None` asks for more input, which
    /// never happens where `at_end` says that there is none.
    pub(super) fn split(&self, input: &[u8], at_end: bool, cells: &mut Cells) -> Option<Split> {
        cells.clear();
        let blanks = matches!(self.separator, Separator::Blanks);
        let mut strayed = false;
        let mut state = State::Start;
        let mut at = 0;
        if blanks {
            at = blank_run(input);
        }
        while let Some(&byte) = input.get(at) {
            match state {
                State::Quoted => {
                    if Some(byte) == self.quote {
                        state = State::Closing;
                    } else if Some(byte) == self.escape {
                        state = State::Escaped;
                    } else {
                        cells.text.push(byte);
                    }
                    at += 1;
                    continue;
                }
                State::Escaped => {
                    cells.text.push(byte);
                    state = State::Quoted;
                    at += 1;
                    continue;
                }
                State::Closing if Some(byte) == self.quote => {
                    cells.text.push(byte);
                    state = State::Quoted;
                    at += 1;
                    continue;
                }
                State::Start if Some(byte) == self.quote => {
                    state = State::Quoted;
                    at += 1;
                    continue;
                }
                State::Start | State::Plain | State::Closing => {}
            }
            if byte == b'\n' || byte == b'\r' {
                if !(blanks && state == State::Start) {
                    cells.end_cell();
                }
                return Some(Split { length: at + 1, open: false, strayed });
            }
            match self.separator_at(&input[at..], at_end) {
                Found::Yes(length) => {
                    cells.end_cell();
                    state = State::Start;
                    at += length;
                }
                Found::No => {
                    strayed |= state == State::Closing;
                    state = State::Plain;
                    cells.text.push(byte);
                    at += 1;
                }
                Found::Unsure => return None,
            }
        }
        if !at_end {
            return None;
        }
        if !(blanks && state == State::Start) {
            cells.end_cell();
        }
        let open = matches!(state, State::Quoted | State::Escaped);
        Some(Split { length: at, open, strayed })
    }

    fn separator_at(&self, input: &[u8], at_end: bool) -> Found {
        match &self.separator {
            Separator::None => Found::No,
            Separator::Text(bytes, length) => {
                let wanted = &bytes[..*length];
                if input.starts_with(wanted) {
                    Found::Yes(*length)
                } else if !at_end && wanted.starts_with(input) {
                    Found::Unsure
                } else {
                    Found::No
                }
            }
            Separator::Blanks => match blank_run(input) {
                0 => Found::No,
                run if run == input.len() && !at_end => Found::Unsure,
                run => Found::Yes(run),
            },
        }
    }
}

fn blank_run(input: &[u8]) -> usize {
    input.iter().position(|b| !matches!(b, b' ' | b'\t')).unwrap_or(input.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::dialect::Mark;

    fn split(dialect: &Dialect, text: &str) -> (Vec<String>, Split) {
        let mut cells = Cells::default();
        let split = Splitter::new(dialect).split(text.as_bytes(), true, &mut cells).unwrap();
        let texts = (0..cells.ends.len()).map(|i| String::from_utf8(cells.get(i).to_vec()).unwrap());
        (texts.collect(), split)
    }

    #[test]
    fn runs_of_blanks_separate_and_those_at_the_ends_do_not() {
        let dialect = Dialect { delimiter: Delimiter::Blanks, ..Dialect::COMMA };
        for text in [" 00004 0001 \t  2   29.33\r\n", "00004\t0001 2 29.33  \n", "00004 0001 2 29.33"] {
            assert_eq!(split(&dialect, text).0, ["00004", "0001", "2", "29.33"], "{text:?}");
        }
        assert_eq!(split(&dialect, "\"a b\"  c\n").0, ["a b", "c"]);
        assert_eq!(split(&dialect, "   \n").0, [""; 0]);
    }

    #[test]
    fn any_character_separates() {
        let dialect = Dialect { delimiter: Delimiter::Char('、'), ..Dialect::COMMA };
        assert_eq!(split(&dialect, "a、\"b、c\"、\n").0, ["a", "b、c", ""]);
        let mut cells = Cells::default();
        let half = &"a、b".as_bytes()[..2];
        assert_eq!(Splitter::new(&dialect).split(half, false, &mut cells), None, "half a delimiter");
        let none = Dialect { delimiter: Delimiter::None, ..Dialect::COMMA };
        assert_eq!(split(&none, "a,b;c\n").0, ["a,b;c"]);
    }

    #[test]
    fn quotes_that_stay_open_or_stray_are_noted() {
        assert!(split(&Dialect::COMMA, "a,\"b\nc").1.open);
        assert!(!split(&Dialect::COMMA, "a,\"b\nc\"").1.open);
        let backslash = "\"say \\\"hi\\\" now\",2\n";
        assert!(split(&Dialect::COMMA, backslash).1.strayed);
        let escaped = Dialect { escape: Mark::Char(b'\\'), ..Dialect::COMMA };
        let (cells, split) = split(&escaped, backslash);
        assert!(!split.strayed);
        assert_eq!(cells, ["say \"hi\" now", "2"]);
    }
}
