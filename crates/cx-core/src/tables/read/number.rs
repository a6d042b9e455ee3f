//! Numbers as people and spreadsheets write them.

use crate::tables::mapping::Decimal;
use rust_decimal::Decimal as Exact;
use std::borrow::Cow;

/// Signs of money that may stand before or after an amount.
const SIGNS: [&str; 9] = ["$", "€", "£", "¥", "₽", "zł", "₹", "元", "₩"];

/// Reads a number.
///
/// Thousands may be grouped by the other mark, by spaces, by no-break spaces
/// or by apostrophes, but only in groups of three. A leading or trailing sign
/// of money and an amount in brackets (negative) are understood.
///
/// # Examples
/// ```
/// use cx_core::tables::{mapping::Decimal, read::number::parse};
/// assert_eq!(parse("1,234.50", Decimal::Point), Some(1234.5));
/// assert_eq!(parse("1 234,50 zł", Decimal::Comma), Some(1234.5));
/// assert_eq!(parse("(12.00)", Decimal::Point), Some(-12.0));
/// assert_eq!(parse("12,34", Decimal::Point), None);
/// ```
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    // Most cells are plain and take the short way.
    if decimal == Decimal::Point && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') {
        return text.parse().ok().filter(|x: &f64| x.is_finite());
    }
    plain(text, decimal)?.parse().ok().filter(|x: &f64| x.is_finite())
}

/// Reads a number exactly, for money.
pub fn parse_exact(text: &str, decimal: Decimal) -> Option<Exact> {
    let plain = plain(text, decimal)?;
    Exact::from_str_exact(&plain).or_else(|_| Exact::from_scientific(&plain)).ok()
}

/// The number in the form Rust reads, or nothing where it is no number.
fn plain(text: &str, decimal: Decimal) -> Option<Cow<'_, str>> {
    let mut body = text.trim();
    for sign in SIGNS {
        body = body.strip_prefix(sign).or_else(|| body.strip_suffix(sign)).unwrap_or(body).trim();
    }
    let bracketed = body.strip_prefix('(').and_then(|b| b.strip_suffix(')'));
    let (mut negative, mut body) = (bracketed.is_some(), bracketed.unwrap_or(body).trim());
    if let Some(rest) = body.strip_prefix(['-', '−']) {
        if negative {
            return None;
        }
        (negative, body) = (true, rest.trim_start());
        for sign in SIGNS {
            body = body.strip_prefix(sign).unwrap_or(body).trim_start();
        }
    } else if let Some(rest) = body.strip_prefix('+') {
        body = rest;
    }
    let mark = if decimal == Decimal::Point { '.' } else { ',' };
    let (whole, fraction) = body.split_once(mark).map_or((body, None), |(w, f)| (w, Some(f)));
    let (fraction, exponent) = match fraction.map(|f| split_exponent(f)) {
        Some((f, e)) => (Some(f), e),
        None => (None, None),
    };
    let (whole, exponent) =
        if exponent.is_none() && fraction.is_none() { split_exponent(whole) } else { (whole, exponent) };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let whole = ungrouped(whole, mark)?;
    if !digits(&whole)
        || fraction.is_some_and(|f| !digits(f))
        || (whole.is_empty() && fraction.is_none_or(str::is_empty))
    {
        return None;
    }
    if negative || fraction.is_some() || exponent.is_some() || whole.is_empty() {
        let exponent = exponent.map(|e| format!("e{e}")).unwrap_or_default();
        let whole: &str = if whole.is_empty() { "0" } else { &whole };
        let fraction = fraction.filter(|f| !f.is_empty()).map(|f| format!(".{f}")).unwrap_or_default();
        return Some(Cow::Owned(format!("{}{whole}{fraction}{exponent}", if negative { "-" } else { "" })));
    }
    Some(whole)
}

/// Splits `12e5` where the tail is an exponent.
fn split_exponent(s: &str) -> (&str, Option<&str>) {
    match s.split_once(['e', 'E']) {
        Some((head, tail)) => {
            let digits = tail.strip_prefix(['+', '-']).unwrap_or(tail);
            let fits = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
            if fits { (head, Some(tail)) } else { (s, None) }
        }
        None => (s, None),
    }
}

/// Takes out group marks that stand where group marks stand.
fn ungrouped(whole: &str, decimal: char) -> Option<Cow<'_, str>> {
    let other = if decimal == '.' { ',' } else { '.' };
    let is_mark =
        |c: char| c == other || c == ' ' || c == '\u{a0}' || c == '\u{202f}' || c == '\'' || c == '’';
    if !whole.contains(is_mark) {
        return Some(Cow::Borrowed(whole));
    }
    let mut groups = whole.split(is_mark);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let marks: Vec<char> = whole.chars().filter(|c| is_mark(*c)).collect();
    let regular = (1..=3).contains(&first.len())
        && rest.iter().all(|g| g.len() == 3)
        && marks.iter().all(|m| *m == marks[0]);
    regular.then(|| Cow::Owned(format!("{first}{}", rest.concat())))
}

/// What a sample of cells says about the decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Only the point reads them all.
    Point,
    /// Only the comma reads them all.
    Comma,
    /// Both read them all, to the same numbers.
    Either,
    /// Both read them all, to different numbers.
    Ambiguous,
    /// Neither does: not a column of numbers.
    Neither,
}

/// Infers the decimal mark of a column from a sample of its cells.
///
/// ```
/// use cx_core::tables::read::number::{hint, Hint};
/// assert_eq!(hint(&["1,5", "2,75"]), Hint::Comma);
/// assert_eq!(hint(&["1,500", "2,750"]), Hint::Ambiguous);
/// assert_eq!(hint(&["15", "27"]), Hint::Either);
/// ```
pub fn hint<S: AsRef<str>>(cells: &[S]) -> Hint {
    let read = |mark| cells.iter().map(|c| parse(c.as_ref(), mark)).collect::<Option<Vec<f64>>>();
    match (read(Decimal::Point), read(Decimal::Comma)) {
        (Some(a), Some(b)) if a == b => Hint::Either,
        (Some(_), Some(_)) => Hint::Ambiguous,
        (Some(_), None) => Hint::Point,
        (None, Some(_)) => Hint::Comma,
        (None, None) => Hint::Neither,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_as_people_write_them() {
        use Decimal::{Comma, Point};
        for (text, mark, x) in [
            ("0", Point, Some(0.0)),
            ("-3.5", Point, Some(-3.5)),
            ("−3,5", Comma, Some(-3.5)),
            ("1.234.567,89", Comma, Some(1_234_567.89)),
            ("1,234,567", Point, Some(1_234_567.0)),
            ("12,34,567", Point, None),
            ("1'234.5", Point, Some(1234.5)),
            ("$29.33", Point, Some(29.33)),
            ("-$29.33", Point, Some(-29.33)),
            ("29,33 €", Comma, Some(29.33)),
            ("1e3", Point, Some(1000.0)),
            ("2.5E-2", Point, Some(0.025)),
            (".5", Point, Some(0.5)),
            ("5.", Point, Some(5.0)),
            ("", Point, None),
            (".", Point, None),
            ("-", Point, None),
            ("1.2.3", Point, None),
            ("nan", Point, None),
            ("inf", Point, None),
            ("12%", Point, None),
            ("0x10", Point, None),
            ("1 000", Point, Some(1000.0)),
            ("10 00", Point, None),
        ] {
            assert_eq!(parse(text, mark), x, "{text}");
        }
        assert_eq!(parse_exact("0.001", Point), Some("0.001".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn plain_numbers_read_back(x in -1e12..1e12_f64) {
            let x = (x * 100.0).round() / 100.0;
            prop_assert_eq!(parse(&format!("{x}"), Decimal::Point), Some(x));
            prop_assert_eq!(parse(&format!("{x}").replace('.', ","), Decimal::Comma), Some(x));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,20}") {
            let _ = parse(&text, Decimal::Comma);
            let _ = parse_exact(&text, Decimal::Point);
        }
    }
}
