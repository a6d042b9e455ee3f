//! The shape of a delimited text, judged from its beginning.
//!
//! Every delimiter that may be meant is tried on the first records. The one
//! under which most of them have the same number of cells, and whose cells
//! look whole, wins. A comma inside prose or a decimal comma leaves traces:
//! cells that begin with a blank, cells that still hold another delimiter.

use super::split::{Cells, Splitter};
use crate::sources::dialect::{Delimiter, Dialect, LineEnding, Mark};
use crate::sources::header::{Kind, kind};
use crate::sources::options::ReadOptions;

/// Delimiters tried; of equals the first wins.
const TRIED: [char; 6] = ['\t', ';', '|', ',', '\u{1}', '\u{1f}'];
/// Records judged.
const MOST_RECORDS: usize = 300;
/// Longest preamble looked for before the header, in records.
const MOST_PREAMBLE: usize = 40;
/// Least share of records that must agree on their number of cells.
const AGREEMENT: f64 = 0.8;

/// What the beginning of a text tells about the whole.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sources) struct Shape {
    pub(in crate::sources) dialect: Dialect,
    /// Lines before the header.
    pub(in crate::sources) skip_lines: u64,
    /// The first records behind them, the header included.
    pub(in crate::sources) rows: Vec<Vec<String>>,
    /// Cells that most of them have.
    pub(in crate::sources) width: usize,
    pub(in crate::sources) line_ending: Option<LineEnding>,
}

/// Judges a text by its beginning; `whole` says that there is no more of it.
/// What the options fix is taken as it is.
pub(in crate::sources) fn shape_of(text: &[u8], whole: bool, options: &ReadOptions) -> Shape {
    if options.delimiter.is_none()
        && options.skip_lines.is_none()
        && let Some(delimiter) = declared_delimiter(text)
    {
        let declared = ReadOptions { delimiter: Some(delimiter), skip_lines: Some(1), ..options.clone() };
        return shape_of(text, whole, &declared);
    }
    let comment = options.comment.clone();
    let quotes = quotes_to_try(text, options);
    let escapes = escapes_to_try(text, options);
    let mut best: Option<Trial> = None;
    for delimiter in delimiters_to_try(options) {
        for quote in &quotes {
            for escape in &escapes {
                let dialect = Dialect { delimiter, quote: *quote, escape: *escape, comment: comment.clone() };
                let trial = Trial::new(text, whole, dialect, options.skip_lines);
                if best.as_ref().is_none_or(|b| trial.beats(b)) {
                    best = Some(trial);
                }
            }
        }
    }
    let fallback = || {
        let dialect = Dialect { delimiter: Delimiter::None, comment: comment.clone(), ..Dialect::COMMA };
        Trial::new(text, whole, dialect, options.skip_lines)
    };
    let trial = match best {
        Some(trial) if options.delimiter.is_some() || trial.is_convincing() => trial,
        _ => fallback(),
    };
    let skip_lines = options.skip_lines.unwrap_or_else(|| trial.preamble_lines());
    let rows = trial.records.into_iter().skip(trial.preamble).map(|r| r.cells).collect();
    Shape { dialect: trial.dialect, skip_lines, rows, width: trial.width, line_ending: line_ending(text) }
}

/// The delimiter that a first line such as `sep=;` declares, as Excel writes and reads it.
fn declared_delimiter(text: &[u8]) -> Option<Delimiter> {
    let (word, rest) = text.split_at_checked(4)?;
    match rest {
        [c, b'\r' | b'\n', ..] if word.eq_ignore_ascii_case(b"sep=") => {
            let separates = (c.is_ascii_punctuation() && *c != b'"') || *c == b'\t';
            separates.then(|| Delimiter::Char(char::from(*c)))
        }
        _ => None,
    }
}

fn delimiters_to_try(options: &ReadOptions) -> Vec<Delimiter> {
    match options.delimiter {
        Some(delimiter) => vec![delimiter],
        None => TRIED.into_iter().map(Delimiter::Char).chain([Delimiter::Blanks]).collect(),
    }
}

/// Double quotes, or single ones where cells begin with those alone.
fn quotes_to_try(text: &[u8], options: &ReadOptions) -> Vec<Mark> {
    if let Some(quote) = options.quote {
        return vec![quote];
    }
    let starts = |quote: u8| {
        let after_mark = |pair: &&[u8]| pair[1] == quote && b"\t;|,\r\n".contains(&pair[0]);
        usize::from(text.first() == Some(&quote)) + text.windows(2).filter(after_mark).count()
    };
    let (double, single) = (starts(b'"'), starts(b'\''));
    let lines = text.split(|b| *b == b'\n').count();
    if double == 0 && single * 2 > lines { vec![Mark::Char(b'\'')] } else { vec![Mark::Char(b'"')] }
}

/// A backslash is tried only where one stands before a quote.
fn escapes_to_try(text: &[u8], options: &ReadOptions) -> Vec<Mark> {
    match options.escape {
        Some(escape) => vec![escape],
        None if text.windows(2).any(|pair| pair == b"\\\"") => vec![Mark::None, Mark::Char(b'\\')],
        None => vec![Mark::None],
    }
}

fn line_ending(text: &[u8]) -> Option<LineEnding> {
    let pairs = text.windows(2).filter(|pair| pair == b"\r\n").count();
    let feeds = text.split(|b| *b == b'\n').count() - 1 - pairs;
    // A `\r` at the very end may be half of a pair that the sample cuts.
    let returns = text.iter().rev().skip(1).filter(|b| **b == b'\r').count() - pairs;
    match (feeds > 0, pairs > 0, returns > 0) {
        (true, false, false) => Some(LineEnding::Lf),
        (false, true, false) => Some(LineEnding::CrLf),
        (false, false, true) => Some(LineEnding::Cr),
        (false, false, false) => None,
        _ => Some(LineEnding::Mixed),
    }
}

struct Sampled {
    line: u64,
    cells: Vec<String>,
}

/// The first records under one dialect, and how well they fit.
struct Trial {
    dialect: Dialect,
    records: Vec<Sampled>,
    strayed: usize,
    /// Records before the header.
    preamble: usize,
    width: usize,
    agreement: f64,
    wholeness: f64,
    numbers: f64,
}

impl Trial {
    fn new(text: &[u8], whole: bool, dialect: Dialect, skip_lines: Option<u64>) -> Self {
        let (records, strayed) = sample(text, whole, &dialect, skip_lines.unwrap_or(0));
        let mut trial = Self {
            dialect,
            records,
            strayed,
            preamble: 0,
            width: 0,
            agreement: 0.0,
            wholeness: 0.0,
            numbers: 0.0,
        };
        trial.judge(skip_lines.is_none());
        trial
    }

    fn judge(&mut self, with_preamble: bool) {
        self.width = usual_width(&self.records);
        if with_preamble {
            self.preamble = self.find_preamble();
        }
        let body = &self.records[self.preamble.min(self.records.len())..];
        if body.is_empty() {
            return;
        }
        let short_header =
            usize::from(body[0].cells.len() + 1 == self.width && self.rows_end_blank(&body[1..]));
        let agreeing = body.iter().filter(|r| r.cells.len() == self.width).count() + short_header;
        self.agreement = agreeing as f64 / body.len() as f64;
        let cells = || body.iter().flat_map(|r| r.cells.iter().enumerate());
        let count = cells().count().max(1) as f64;
        self.wholeness = cells().map(|(i, cell)| wholeness(cell, i)).sum::<f64>() / count;
        self.numbers =
            cells().filter(|(_, c)| matches!(kind(c), Kind::Number | Kind::Moment)).count() as f64 / count;
    }

    /// Records before the header: titles and remarks that do not have the
    /// table's width, or that fill at most one of its cells.
    fn find_preamble(&self) -> usize {
        let (records, width) = (&self.records, self.width);
        if width < 2 {
            return 0;
        }
        let filled = |r: &Sampled| r.cells.iter().filter(|c| !c.trim().is_empty()).count();
        let is_title = |r: &Sampled| width >= 3 && filled(r) <= 1;
        let is_row = |r: &Sampled| r.cells.len() == width && !is_title(r);
        let start = records.iter().take(MOST_PREAMBLE).position(is_row).unwrap_or(0);
        match start.checked_sub(1).map(|i| &records[i]) {
            Some(above) if width >= 3 && filled(above) == width - 1 && above.cells.len() == width - 1 => {
                start - usize::from(self.rows_end_blank(&records[start..]))
            }
            _ => start,
        }
    }

    /// True where all rows end in a delimiter with nothing behind it.
    fn rows_end_blank(&self, rows: &[Sampled]) -> bool {
        let mut full = rows.iter().filter(|r| r.cells.len() == self.width).peekable();
        full.peek().is_some() && full.all(|r| r.cells.last().is_some_and(|c| c.trim().is_empty()))
    }

    fn score(&self) -> f64 {
        if self.width < 2 {
            return 0.0;
        }
        let spread = 1.0 - 0.5 / self.width as f64;
        let early = if self.preamble > 0 { 0.95 } else { 1.0 };
        // Blanks also stand inside cells: they count only where nothing else fits.
        let last_resort = if self.dialect.delimiter == Delimiter::Blanks { 0.5 } else { 1.0 };
        self.agreement * (0.3 + 0.7 * self.wholeness) * spread * early * last_resort
    }

    fn beats(&self, other: &Self) -> bool {
        if self.dialect.delimiter == other.dialect.delimiter {
            // The same delimiter with another escape: fewer quotes that close in the middle.
            return self.strayed < other.strayed;
        }
        let this = if self.is_convincing() { 1.0 + self.score() } else { self.score() };
        let that = if other.is_convincing() { 1.0 + other.score() } else { other.score() };
        this > that
    }

    fn is_convincing(&self) -> bool {
        if self.width < 2 {
            return false;
        }
        if self.dialect.delimiter == Delimiter::Blanks {
            // Prose has blanks too; a table laid out with them is mostly numbers.
            return self.agreement > 0.95 && self.numbers >= 0.5;
        }
        let pair_behind_title = self.width == 2 && self.preamble > 0;
        let names_agree = self.width >= 3
            && self.agreement >= 0.5
            && self.records.get(self.preamble).is_some_and(|first| first.cells.len() == self.width);
        let agreed = if pair_behind_title {
            self.agreement > 0.95 && self.wholeness > 0.9
        } else {
            self.agreement >= AGREEMENT && self.wholeness > 0.3
        };
        agreed || names_agree || self.is_ragged_table()
    }

    /// A header under this delimiter over rows that have its cells and more:
    /// text that should have been quoted.
    fn is_ragged_table(&self) -> bool {
        let Some((first, rest)) = self.records.split_first() else { return false };
        let width = first.cells.len();
        let wide_enough = rest.iter().filter(|r| r.cells.len() >= width).count();
        let names = first.cells.iter().all(|c| !c.is_empty() && !c.starts_with(' ') && c.len() <= 40);
        width >= 3 && names && wide_enough as f64 >= 0.8 * rest.len() as f64
    }

    fn preamble_lines(&self) -> u64 {
        if self.preamble == 0 { 0 } else { self.records.get(self.preamble).map_or(0, |r| r.line - 1) }
    }
}

/// The first records of a text under a dialect, and how many of them have
/// quotes that close in the middle of a cell.
fn sample(text: &[u8], whole: bool, dialect: &Dialect, skip_lines: u64) -> (Vec<Sampled>, usize) {
    let splitter = Splitter::new(dialect);
    let comment = dialect.comment.as_deref().unwrap_or_default().as_bytes();
    let (mut records, mut strayed) = (Vec::new(), 0);
    let (mut at, mut line) = (0, 1);
    let mut cells = Cells::default();
    while at < text.len() && records.len() < MOST_RECORDS {
        let rest = &text[at..];
        let blank = matches!(rest[0], b'\n' | b'\r');
        if line <= skip_lines || blank || (!comment.is_empty() && rest.starts_with(comment)) {
            let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
            at += end + line_end_length(&rest[end..]);
            line += 1;
            continue;
        }
        let Some(split) = splitter.split(rest, true, &mut cells) else { break };
        let cut = split.length == rest.len() && !whole;
        if split.open || (cut && !records.is_empty()) {
            break;
        }
        let raw = &rest[..split.length];
        if !cells.ends.is_empty() {
            let texts = (0..cells.ends.len()).map(|i| String::from_utf8_lossy(cells.get(i)).into_owned());
            records.push(Sampled { line, cells: texts.collect() });
            strayed += usize::from(split.strayed);
        }
        let last = raw.len().saturating_sub(1);
        at += last + line_end_length(&rest[last..]).max(1);
        line += 1 + breaks(&raw[..last]);
    }
    (records, strayed)
}

fn line_end_length(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

fn breaks(text: &[u8]) -> u64 {
    let pairs = text.windows(2).filter(|pair| pair == b"\r\n").count();
    (text.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() - pairs) as u64
}

/// The commonest number of cells; of equals the larger.
fn usual_width(records: &[Sampled]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for record in records {
        *counts.entry(record.cells.len()).or_insert(0_usize) += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
}

/// How much a cell looks like a whole one, 0..1.
fn wholeness(cell: &str, place: usize) -> f64 {
    if matches!(kind(cell), Kind::Blank | Kind::Number | Kind::Moment) {
        return 1.0;
    }
    let commas_in_prose = cell.match_indices(',').all(|(i, _)| cell[i + 1..].starts_with([' ', '\n', '\r']));
    if cell.contains(['\t', ';', '|', '"']) || !commas_in_prose {
        0.0
    } else if place > 0 && cell.starts_with(' ') {
        0.5
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        shape_of(text.as_bytes(), true, &ReadOptions::default())
    }

    fn delimiter(text: &str) -> String {
        shape(text).dialect.delimiter.to_string()
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_whole_cells() {
        for (text, want) in [
            ("a,b,c\n1,2,3\n4,5,6\n", ","),
            ("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", ";"),
            ("1,5;2,5;3,5\n4,5;5,5;6,5\n", ";"),
            ("1,2,a;b\n3,4,c;d\n", ","),
            ("id\ttext\n1\tKraków, Poland\n2\tŁódź, Poland\n", "tab"),
            ("id\tplace, country\n1\tKraków, Poland\n2\tŁódź, Poland\n", "tab"),
            ("a|b\n1|2\n", "|"),
            ("a\u{1}b\u{1}c\n1\u{1}2\u{1}3\n", "\u{1}"),
            ("id,tags\n1,\"red;blue\"\n2,\"red;green\"\n", ","),
            ("\"a;x\";\"b\"\n\"1,2\";\"3\"\n", ";"),
            ("a,b,c\n1,late, slow,x\n2,fine, good,y\n3,ok,z\n", ","),
            ("a;b\n", ";"),
            ("2026-01-01 10:00;3\n2026-01-02 11:00;4\n", ";"),
        ] {
            assert_eq!(delimiter(text), want, "{text:?}");
        }
    }

    #[test]
    fn prose_is_one_column() {
        for text in [
            "text\nGood case, excellent value.\nGreat for the jaw bone.\nTied to a charger, sadly.\n",
            "review\nWow...\nLoved this place; truly.\nCrust is not good.\n",
            "email\na@example.com\nb@example.com\n",
            "comment\nslow, late\nfine, good\nrude, slow\n",
        ] {
            assert_eq!(delimiter(text), "none", "{text:?}");
        }
    }

    #[test]
    fn blanks_separate_tables_of_numbers_alone() {
        assert_eq!(delimiter(" id  date   n\n 001  19970101  1  \n 002 19970102 2\n"), "blanks");
        assert_eq!(delimiter(" 00004 0001 19970101  2   29.33\n 00021 0002 19970101  3   63.34\n"), "blanks");
        assert_eq!(delimiter("one two\nred blue\nold new\n"), "none");
    }

    #[test]
    fn titles_before_the_header_are_counted_in_lines() {
        assert_eq!(shape("Invistico\r\na,b,c\r\n1,2,3\r\n4,5,6\r\n").skip_lines, 1);
        assert_eq!(shape("Report \"Q1\"\n\nmade, today\n\na;b;c\n1;2;3\n4;5;6\n").skip_lines, 4);
        assert_eq!(shape("Report,,\n,,\nid,x,y\n1,2,3\n4,5,6\n").skip_lines, 2);
        assert_eq!(shape("a,b\n1,2\n").skip_lines, 0);
        let fixed = ReadOptions { skip_lines: Some(1), ..ReadOptions::default() };
        let shape = shape_of(b"a,b,c\n1,2,3\n4,5,6\n", true, &fixed);
        assert_eq!((shape.skip_lines, shape.rows.len()), (1, 2));
    }

    #[test]
    fn a_delimiter_at_the_end_of_rows_alone_does_not_make_the_header_a_title() {
        let shape = shape("a;b\n1;2;\n3;4;\n");
        assert_eq!((shape.skip_lines, shape.rows[0].len(), shape.rows[1].len()), (0, 2, 3));
    }

    #[test]
    fn a_first_line_may_declare_the_delimiter() {
        for text in ["sep=;\r\na;b\r\n1,5;2\r\n", "SEP=;\na;b\n1,5;2\n"] {
            let shape = shape(text);
            assert_eq!((shape.dialect.delimiter, shape.skip_lines), (Delimiter::Char(';'), 1));
            assert_eq!(shape.rows, [["a", "b"], ["1,5", "2"]]);
        }
        assert_eq!(shape("sep=a\nb\nc\n").skip_lines, 0);
    }

    #[test]
    fn quotes_and_escapes_are_found() {
        let single = shape("'a','b'\n'1','x, y'\n'2','z'\n").dialect;
        assert_eq!((single.quote, single.delimiter), (Mark::Char(b'\''), Delimiter::Char(',')));
        let backslash = shape("a,b\n\"say \\\"hi\\\", now\",1\n\"x\",2\n").dialect;
        assert_eq!(backslash.escape, Mark::Char(b'\\'));
        let path = shape("a,b\n\"C:\\dir\\\",1\n\"C:\\\",2\n").dialect;
        assert_eq!(path.escape, Mark::None);
        assert_eq!(shape("a,b\nit's,1\n'tis,2\n").dialect.quote, Mark::Char(b'"'));
    }

    #[test]
    fn line_ends_are_named() {
        for (text, want) in [
            ("a\nb\n", Some(LineEnding::Lf)),
            ("a\r\nb\r\n", Some(LineEnding::CrLf)),
            ("a\rb\r", Some(LineEnding::Cr)),
            ("a\nb\r\n", Some(LineEnding::Mixed)),
            ("a", None),
        ] {
            assert_eq!(shape(text).line_ending, want, "{text:?}");
        }
    }

    #[test]
    fn a_sample_cut_in_the_middle_judges_whole_records_alone() {
        let text = "a,b\n1,2\n3,4\n5";
        assert_eq!(shape_of(text.as_bytes(), false, &ReadOptions::default()).rows.len(), 3);
        assert_eq!(shape_of(b"only,begun", false, &ReadOptions::default()).rows.len(), 1);
    }
}
