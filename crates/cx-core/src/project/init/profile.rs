//! What the values of a column look like.

use super::moments::mostly;
use crate::tables::mapping::Decimal;
use crate::tables::read::number::parse;
use crate::tables::read::time;
use std::collections::{BTreeMap, HashSet};

/// Distinct values that are counted one by one.
const FEW: usize = 60;
/// Distinct values that are told apart at all.
const MANY: usize = 200_000;
/// Cells kept to see how moments are written: the first, then every so many.
const FIRST_CELLS: u64 = 1000;
const EVERY: u64 = 97;
const MOST_CELLS: usize = 3000;
/// Signs that stand for nothing where the other cells are something.
const SIGNS: [&str; 9] = ["?", "na", "n/a", "null", "nan", "#n/a", "none", "-", "."];
/// Share of cells that settles what a column holds; the rest are faults, named when the file is read.
pub(super) const NEARLY_ALL: f64 = 0.98;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing at all.
    Nothing,
    /// Numbers.
    Numbers,
    /// Moments or days.
    Moments,
    /// Text with few distinct values.
    Words,
    /// Text, identifiers.
    Text,
}

/// One column, looked at.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// Its name.
    pub name: String,
    /// Rows looked at.
    pub rows: u64,
    /// Cells without anything in them.
    pub blank: u64,
    /// Signs that stand for nothing, and how often.
    pub signs: BTreeMap<String, u64>,
    /// Every value and how often, where there are few.
    pub values: Option<BTreeMap<String, u64>>,
    /// Cells whose value came before.
    pub repeated: u64,
    /// Numbers by the decimal mark that reads them.
    point: Numbers,
    comma: Numbers,
    /// Cells that are different numbers by the two marks.
    differing: u64,
    /// Cells of digits only that begin with a nought.
    padded: u64,
    /// Identifiers by the letters before their digits; blank for digits only.
    pub prefixes: BTreeMap<String, u64>,
    /// Greatest first and second number of dates like 31/12/2026.
    parts: (u32, u32),
    /// Some of its cells.
    pub cells: Vec<String>,
    seen: HashSet<u64, xxhash_rust::xxh3::Xxh3DefaultBuilder>,
    /// Cells of digits only.
    digits: u64,
    /// The last cell that was read as a number, and what it gave by either mark.
    last: (String, Option<f64>, Option<f64>),
    letters: u64,
    /// How moments are written.
    pub moments: time::Hint,
}

/// Numbers of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    /// How many.
    pub count: u64,
    /// Least and greatest.
    pub min: f64,
    pub max: f64,
    /// How many are below zero.
    pub negative: u64,
    /// How many are not whole.
    pub broken: u64,
}

impl Numbers {
    const NONE: Self = Self { count: 0, min: f64::INFINITY, max: f64::NEG_INFINITY, negative: 0, broken: 0 };

    fn add(&mut self, x: f64) {
        self.count += 1;
        self.min = self.min.min(x);
        self.max = self.max.max(x);
        self.negative += u64::from(x < 0.0);
        self.broken += u64::from(x.fract() != 0.0);
    }
}

impl Profile {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            rows: 0,
            blank: 0,
            signs: BTreeMap::new(),
            values: Some(BTreeMap::new()),
            repeated: 0,
            point: Numbers::NONE,
            comma: Numbers::NONE,
            differing: 0,
            padded: 0,
            prefixes: BTreeMap::new(),
            parts: (0, 0),
            cells: Vec::new(),
            seen: HashSet::default(),
            digits: 0,
            last: (String::new(), None, None),
            letters: 0,
            moments: time::Hint::Neither,
        }
    }

    /// A column of these cells.
    #[cfg(test)]
    pub(super) fn of(name: &str, cells: &[&str]) -> Self {
        let mut profile = Self::new(name);
        for cell in cells {
            profile.add(cell);
        }
        profile.finish();
        profile
    }

    pub(super) fn add(&mut self, cell: &str) {
        self.rows += 1;
        let cell = cell.trim();
        if cell.is_empty() {
            self.blank += 1;
            return;
        }
        if cell.len() <= 4 && SIGNS.iter().any(|s| cell.eq_ignore_ascii_case(s)) {
            *self.signs.entry(cell.to_owned()).or_default() += 1;
            return;
        }
        self.letters += cell.len() as u64;
        if let Some(values) = &mut self.values {
            if let Some(n) = values.get_mut(cell) {
                *n += 1;
            } else if values.len() < FEW {
                values.insert(cell.to_owned(), 1);
            } else {
                self.values = None;
            }
        }
        if self.seen.len() < MANY {
            let fresh = self.seen.insert(xxhash_rust::xxh3::xxh3_64(cell.as_bytes()));
            self.repeated += u64::from(!fresh);
        }
        let known = self.known();
        if known <= FIRST_CELLS || (known.is_multiple_of(EVERY) && self.cells.len() < MOST_CELLS) {
            self.cells.push(cell.to_owned());
        }
        self.add_number(cell);
        self.add_parts(cell);
    }

    fn add_number(&mut self, cell: &str) {
        let bytes = cell.as_bytes();
        let starts = bytes[0];
        if starts.is_ascii_alphabetic() {
            let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
            let rest = &bytes[letters..];
            if letters <= 3 && !rest.is_empty() && rest.iter().all(u8::is_ascii_digit) {
                if let Some(n) = self.prefixes.get_mut(&cell[..letters]) {
                    *n += 1;
                } else if self.prefixes.len() < 30 {
                    self.prefixes.insert(cell[..letters].to_owned(), 1);
                }
            }
            return;
        }
        if bytes.iter().all(u8::is_ascii_digit) {
            self.digits += 1;
            self.padded += u64::from(starts == b'0' && bytes.len() > 1);
        }
        // Logs repeat the cell above more often than not.
        if self.last.0 != cell {
            let marked = bytes.iter().any(|b| matches!(b, b',' | b'.'));
            let point = parse(cell, Decimal::Point);
            let comma = if marked { parse(cell, Decimal::Comma) } else { point };
            self.last.0.clear();
            self.last.0.push_str(cell);
            (self.last.1, self.last.2) = (point, comma);
        }
        let (point, comma) = (self.last.1, self.last.2);
        if let Some(x) = point {
            self.point.add(x);
        }
        if let Some(x) = comma {
            self.comma.add(x);
        }
        self.differing += u64::from(matches!((point, comma), (Some(a), Some(b)) if a != b));
    }

    /// The first two numbers of what may be a date with the year last.
    fn add_parts(&mut self, cell: &str) {
        let mut groups = cell.splitn(4, ['/', '-', '.']);
        let mut small = || groups.next().filter(|g| (1..=2).contains(&g.len()))?.parse::<u32>().ok();
        if let (Some(first), Some(second)) = (small(), small())
            && groups.next().is_some()
        {
            self.parts = (self.parts.0.max(first), self.parts.1.max(second));
        }
    }

    pub(super) fn finish(&mut self) {
        if self.digits > 0 {
            self.prefixes.insert(String::new(), self.digits);
        }
        // A few strays do not hide what the rest are.
        let starts_so = |c: &&String| c.starts_with(|c: char| c.is_ascii_digit());
        let dated: Vec<&String> = self.cells.iter().filter(starts_so).collect();
        let worded = time::hint(&self.cells.iter().take(50).collect::<Vec<_>>());
        self.moments = if dated.len() as f64 >= NEARLY_ALL * self.cells.len() as f64 && !dated.is_empty() {
            mostly(&dated)
        } else {
            worded
        };
        if let time::Hint::Ambiguous(formats) = &self.moments {
            // The whole column may know better than the cells that were kept.
            let day_first = |f: &&String| f.starts_with("%d");
            let kept: Vec<String> = match self.parts {
                (first, second) if first > 12 && second <= 12 => {
                    formats.iter().filter(day_first).cloned().collect()
                }
                (first, second) if second > 12 && first <= 12 => {
                    formats.iter().filter(|f| !day_first(f)).cloned().collect()
                }
                _ => return,
            };
            if let [one] = kept.as_slice() {
                self.moments = time::Hint::Format(time::Format::of(one));
            }
        }
    }

    /// Cells that hold something.
    pub(super) fn known(&self) -> u64 {
        self.rows - self.blank - self.signs.values().sum::<u64>()
    }

    /// What the column holds.
    pub(super) fn holds(&self) -> Holds {
        let known = self.known();
        if known == 0 {
            return Holds::Nothing;
        }
        let numbers = self.numbers().count as f64 >= NEARLY_ALL * known as f64;
        // 20260131 is a day, but 10203040 among other sizes is a number.
        if self.moments != time::Hint::Neither && (!numbers || self.are_days_of_digits()) {
            return Holds::Moments;
        }
        if numbers {
            return Holds::Numbers;
        }
        let few = self.values.as_ref().is_some_and(|v| (v.len() as u64) * 2 <= known.max(2));
        if few && self.mean_length() <= 60.0 { Holds::Words } else { Holds::Text }
    }

    fn are_days_of_digits(&self) -> bool {
        self.cells.iter().all(|c| c.len() == 8 && (c.starts_with("19") || c.starts_with("20")))
    }

    /// The numbers by the mark that reads more of them.
    pub(super) fn numbers(&self) -> &Numbers {
        if self.comma.count > self.point.count { &self.comma } else { &self.point }
    }

    /// The decimal mark where it must be said: none where both read the same.
    pub(super) fn decimal(&self) -> Mark {
        if self.comma.count > self.point.count {
            Mark::Comma
        } else if self.point.count > self.comma.count {
            if self.differing > 0 { Mark::Point } else { Mark::Either }
        } else if self.differing > 0 {
            Mark::Ambiguous
        } else {
            Mark::Either
        }
    }

    /// True where no value comes twice.
    pub(super) fn is_unique(&self) -> bool {
        self.repeated == 0 && self.known() > 0
    }

    /// True where at most one value in a hundred comes twice: an identifier with slips.
    pub(super) fn is_nearly_unique(&self) -> bool {
        self.known() > 0 && self.repeated * 100 <= self.known()
    }

    /// True for text of some length.
    pub(super) fn is_prose(&self) -> bool {
        self.holds() == Holds::Text && self.mean_length() > 25.0
    }

    /// Whole numbers only.
    pub(super) fn is_whole(&self) -> bool {
        self.holds() == Holds::Numbers && self.numbers().broken == 0
    }

    /// Identifiers of digits with noughts in front.
    pub(super) fn is_padded(&self) -> bool {
        self.padded > 0
    }

    fn mean_length(&self) -> f64 {
        self.letters as f64 / self.known().max(1) as f64
    }

    /// How often a number is the value.
    pub(super) fn count_of(&self, x: f64) -> u64 {
        let same = |text: &str| parse(text, Decimal::Point) == Some(x);
        self.values.as_ref().map_or(0, |v| v.iter().filter(|(t, _)| same(t)).map(|(_, n)| n).sum())
    }

    /// The texts that a number is written as: `0` and `0.0`.
    pub(super) fn writings_of(&self, x: f64) -> Vec<String> {
        let values = self.values.iter().flatten();
        values.map(|(t, _)| t).filter(|t| parse(t, Decimal::Point) == Some(x)).cloned().collect()
    }

    /// `0..72, whole numbers` or `such as 'a', 'b'`.
    pub(super) fn shown(&self) -> String {
        let n = self.numbers();
        match self.holds() {
            Holds::Nothing => "always blank".to_owned(),
            Holds::Numbers => {
                format!("{}..{}{}", n.min, n.max, if n.broken == 0 { ", whole numbers" } else { "" })
            }
            Holds::Words => {
                let values: Vec<&String> = self.values.iter().flatten().map(|(t, _)| t).collect();
                let first: Vec<String> = values.iter().take(4).map(|t| format!("'{t}'")).collect();
                format!("{}{}", first.join(", "), if values.len() > 4 { ", …" } else { "" })
            }
            Holds::Moments => self.cells.first().map_or_else(String::new, |c| format!("such as '{c}'")),
            // Free text and identifiers may name people.
            Holds::Text if self.is_prose() => "free text".to_owned(),
            Holds::Text => "text of many values".to_owned(),
        }
    }
}

/// The decimal mark of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Need not be said.
    Either,
    Point,
    Comma,
    /// The file cannot tell.
    Ambiguous,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::init::moments::Naive;

    #[test]
    fn columns_are_told_apart() {
        for (cells, holds) in [
            (vec!["1", "2", " ", "?"], Holds::Numbers),
            (vec!["1,5", "2,75"], Holds::Numbers),
            (vec!["29-02-2016 01:16", "?"], Holds::Moments),
            (vec!["2026-01-31", "2026-02-01"], Holds::Moments),
            (vec!["20260131", "20260201"], Holds::Moments),
            (vec!["12345678", "99345678"], Holds::Numbers),
            (vec!["Yes", "No", "No", "Yes"], Holds::Words),
            (vec!["C-1", "C-2", "C-3"], Holds::Text),
            (vec!["", "?", "NA"], Holds::Nothing),
        ] {
            assert_eq!(Profile::of("x", &cells).holds(), holds, "{cells:?}");
        }
    }

    #[test]
    fn decimal_marks_are_settled_or_asked() {
        for (cells, mark) in [
            (vec!["1,5", "2,75"], Mark::Comma),
            (vec!["1.5", "2.75"], Mark::Either),
            (vec!["1.500", "2.75"], Mark::Point),
            (vec!["1,500", "2,750"], Mark::Ambiguous),
            (vec!["15", "27"], Mark::Either),
        ] {
            assert_eq!(Profile::of("x", &cells).decimal(), mark, "{cells:?}");
        }
    }

    #[test]
    fn the_whole_column_settles_the_order_of_day_and_month() {
        let mut cells = vec!["03/04/2026"; 1500];
        assert!(matches!(Profile::of("d", &cells).moments, time::Hint::Ambiguous(_)));
        cells.push("25/04/2026");
        assert_eq!(Profile::of("d", &cells).moments, time::Hint::Format(time::Format::of("%d/%m/%Y")));
    }

    #[test]
    fn zones_are_needed_for_local_clocks() {
        assert_eq!(Profile::of("t", &["2026-01-31 10:00:00"]).needs_zone(), Naive::Times);
        assert_eq!(Profile::of("t", &["2026-01-31"]).needs_zone(), Naive::Days);
        assert_eq!(Profile::of("t", &["2026-01-31T10:00:00Z"]).needs_zone(), Naive::No);
        assert_eq!(Profile::of("t", &["1774742400"]).needs_zone(), Naive::No);
    }
}
