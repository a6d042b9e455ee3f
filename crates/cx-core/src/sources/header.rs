//! Names of columns: whether there are any, and that no two are alike.

use serde::Serialize;
use std::collections::HashSet;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing, or a sign for nothing.
    Blank,
    /// A number in any usual writing.
    Number,
    /// A date, a time or both.
    Moment,
    /// Anything else.
    Text,
}

/// Signs for nothing.
const NOTHING: [&str; 8] = ["na", "n/a", "null", "none", "nan", "-", "?", "."];

/// The kind of one cell.
pub(super) fn kind(cell: &str) -> Kind {
    let cell = cell.trim();
    if cell.is_empty() || NOTHING.iter().any(|sign| cell.eq_ignore_ascii_case(sign)) {
        return Kind::Blank;
    }
    if is_moment(cell) {
        Kind::Moment
    } else if is_number(cell) {
        Kind::Number
    } else {
        Kind::Text
    }
}

fn is_number(cell: &str) -> bool {
    let cell = cell.trim_start_matches(['+', '-', '$', '€', '£', '¥', '(']);
    let cell = cell.trim_end_matches(['%', '€', '$', '£', '¥', ')', ' ', '\u{a0}']);
    let (mantissa, exponent) = match cell.find(['e', 'E']) {
        Some(at) => (&cell[..at], Some(cell[at + 1..].trim_start_matches(['+', '-']))),
        None => (cell, None),
    };
    let digits = |s: &str| s.bytes().any(|b| b.is_ascii_digit());
    let exponent_fits =
        exponent.is_none_or(|e| !e.is_empty() && e.len() <= 3 && e.bytes().all(|b| b.is_ascii_digit()));
    exponent_fits
        && digits(mantissa)
        && mantissa
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | ' ' | '\u{a0}' | '\u{202f}'))
        && mantissa.matches('.').count().min(mantissa.matches(',').count()) <= 1
}

/// A date of three numbers, a time of two or three, or a date and a time.
fn is_moment(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    let body =
        lower.trim_end_matches("utc").trim_end_matches('z').trim_end_matches("am").trim_end_matches("pm");
    let body = body.trim_end();
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':' | ' ' | 't' | '+');
    if body.len() > 40 || !body.starts_with(|c: char| c.is_ascii_digit()) || !body.chars().all(fits) {
        return false;
    }
    let groups: Vec<usize> = body.split(|c: char| !c.is_ascii_digit()).map(str::len).collect();
    match groups.as_slice() {
        // 2026-01-31, 31.01.2026, 1/31/26
        [4, 1..=2, 1..=2, ..] | [1..=2, 1..=2, 2 | 4, ..] => true,
        // 10:05
        [1..=2, 2] => body.contains(':'),
        _ => false,
    }
}

/// Whether the first of these rows names the columns.
///
/// A column of numbers or dates under a word speaks for it, a number over
/// numbers against it; where every column is text the first row is taken for
/// names unless one of its cells comes again further down its column.
pub(super) fn has_header(rows: &[Vec<String>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let (mut speaks, mut against, mut repeated) = (0, 0, false);
    for (i, name) in first.iter().enumerate() {
        let column = || rest.iter().filter_map(|row| row.get(i)).map(String::as_str);
        let measured = |cell: &str| matches!(kind(cell), Kind::Number | Kind::Moment);
        let filled = column().filter(|cell| kind(cell) != Kind::Blank).count();
        let numbers = column().filter(|cell| measured(cell)).count();
        let is_measure = filled > 0 && numbers * 10 >= filled * 9;
        match kind(name) {
            Kind::Text if is_measure => speaks += 1,
            Kind::Number | Kind::Moment if is_measure || filled == 0 => against += 1,
            Kind::Text => repeated |= column().any(|cell| cell == name),
            _ => {}
        }
    }
    if against > 0 && are_years(first) {
        // Years side by side over numbers, with a word over the rest.
        return !repeated && first.iter().any(|name| kind(name) == Kind::Text);
    }
    match (speaks, against) {
        (0, 0) => !repeated,
        (speaks, against) => speaks > against,
    }
}

/// True where the numbers of a row are years, at least two, in order.
fn are_years(row: &[String]) -> bool {
    let numbers: Vec<i64> = row.iter().filter_map(|cell| cell.trim().parse().ok()).collect();
    let in_order = numbers.windows(2).all(|w| w[0] < w[1]);
    numbers.len() >= 2 && in_order && numbers.iter().all(|n| (1800..2200).contains(n))
}

/// A column whose name in the file could not stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// The column's place, from 1.
    pub column: usize,
    /// The name in the file; blank where there is none.
    pub from: String,
    /// The name it goes by.
    pub to: String,
}

/// Names without blanks around them, none blank, no two alike.
///
/// A blank name becomes `column_` and its place; a repeated one gets `_2`, `_3`, ….
pub(super) fn distinct_names(cells: &[String]) -> (Vec<String>, Vec<Renamed>) {
    // Names that stand as they are go first, so that `a`, `a`, `a_2` keeps its own `a_2`.
    let plain: Vec<&str> = cells.iter().map(|cell| cell.trim_matches(is_padding)).collect();
    let mut taken: HashSet<String> =
        plain.iter().filter(|name| !name.is_empty()).map(|n| (*n).to_owned()).collect();
    let mut seen = HashSet::new();
    let (mut names, mut renamed) = (Vec::with_capacity(cells.len()), Vec::new());
    for (i, name) in plain.into_iter().enumerate() {
        if !name.is_empty() && seen.insert(name) {
            names.push(name.to_owned());
            continue;
        }
        let (stem, mut n) =
            if name.is_empty() { (format!("column_{}", i + 1), 1) } else { (name.to_owned(), 2) };
        let to = loop {
            let tried = if n == 1 { stem.clone() } else { format!("{stem}_{n}") };
            if taken.insert(tried.clone()) {
                break tried;
            }
            n += 1;
        };
        renamed.push(Renamed { column: i + 1, from: name.to_owned(), to: to.clone() });
        names.push(to);
    }
    (names, renamed)
}

fn is_padding(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{0}')
}

/// One name per column from several header rows.
///
/// A blank cell of an upper row takes the name to its left where a lower row
/// names the column; the parts are joined by ` / `.
pub(super) fn joined_names(rows: &[Vec<String>]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let blank = String::new();
    let cell = |row: usize, column: usize| rows[row].get(column).unwrap_or(&blank).trim();
    let mut left = vec![String::new(); rows.len()];
    (0..width)
        .map(|column| {
            let mut parts: Vec<String> = Vec::new();
            for row in 0..rows.len() {
                let named_below = (row + 1..rows.len()).any(|lower| !cell(lower, column).is_empty());
                let own = cell(row, column);
                if !own.is_empty() {
                    own.clone_into(&mut left[row]);
                    // A name of its own begins a new group for the rows below.
                    left[row + 1..].iter_mut().for_each(String::clear);
                    parts.push(own.to_owned());
                } else if named_below && !left[row].is_empty() {
                    parts.push(left[row].clone());
                }
            }
            parts.dedup();
            parts.join(" / ")
        })
        .collect()
}

/// Numbered names, for a file without a header.
pub(super) fn numbered_names(width: usize) -> Vec<String> {
    (1..=width).map(|i| format!("column_{i}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn kinds_of_cells() {
        for cell in ["12", "-1.5", "1 234,50", "1.234,5", "$12.00", "15%", "1e-3", "(12)", "1'000", "12 €"]
        {
            assert_eq!(kind(cell), Kind::Number, "{cell}");
        }
        for cell in [
            "2026-01-31",
            "31.01.2026",
            "1/2/26 10:05",
            "2026-01-31T10:00:00Z",
            "10:00:05 PM",
            "29-02-2016 01:16",
        ] {
            assert_eq!(kind(cell), Kind::Moment, "{cell}");
        }
        for cell in ["C-001", "a", "eel", "12 a", "yes", "INC0000045", "5;2", "E", "1st"] {
            assert_eq!(kind(cell), Kind::Text, "{cell}");
        }
        for cell in ["", "  ", "NA", "null", "?"] {
            assert_eq!(kind(cell), Kind::Blank, "{cell}");
        }
    }

    #[test]
    fn headers_are_told_from_first_rows() {
        for (text, want) in [
            ("id,score\nC-1,9\nC-2,0", true),
            ("00004,0001,19970101\n00021,0002,19970101", false),
            ("label,text\nplus,good\nminus,bad", true),
            ("plus,good\nminus,bad\nplus,fine", false),
            ("country,1990,1991,1992\nPL,1,2,3\nDE,4,5,6", true),
            ("1990,1991,1992\n5,7,6\n4,8,1", false),
            ("id,score\n", true),
            ("1,2,3", false),
            ("NA,5,3\n4,5,2\n1,1,1", false),
            ("day,n\n2026-01-01,5\n2026-01-02,6", true),
            ("2026-01-01,ok\n2026-01-02,ok", false),
            (",mpg,cyl\nMazda,21,6\nDatsun,22,4", true),
        ] {
            assert_eq!(has_header(&rows(text)), want, "{text}");
        }
        assert!(!has_header(&[]));
    }

    #[test]
    fn names_become_distinct() {
        let cells = ["a", " a ", "", "a_2", "", "column_3", "a"].map(str::to_owned);
        let (names, renamed) = distinct_names(&cells);
        assert_eq!(names, ["a", "a_3", "column_3_2", "a_2", "column_5", "column_3", "a_4"]);
        assert_eq!(renamed.len(), 4);
        assert_eq!(renamed[0], Renamed { column: 2, from: "a".to_owned(), to: "a_3".to_owned() });
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    }

    #[test]
    fn header_rows_join() {
        let header = rows("Respondent ID,What went well?,,,How likely?,\n,Price,Speed,Other,,");
        assert_eq!(
            joined_names(&header),
            [
                "Respondent ID",
                "What went well? / Price",
                "What went well? / Speed",
                "What went well? / Other",
                "How likely?",
                ""
            ]
        );
        assert_eq!(joined_names(&rows("a,b")), ["a", "b"]);
        assert_eq!(
            joined_names(&rows("q,,r,\nx,y,,\n1,2,1,2")),
            ["q / x / 1", "q / y / 2", "r / 1", "r / 2"]
        );
    }
}
