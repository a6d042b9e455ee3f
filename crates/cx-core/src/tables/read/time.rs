//! Moments as files write them.

use crate::ground::period::{Calendar, ClockChange, DAY, Instant, SECOND};
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;

/// A moment as written: in UTC, or by a local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The text named its zone.
    Utc(Instant),
    /// A local time.
    Local(DateTime),
    /// A day without a time.
    Date(Date),
}

/// How moments are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// ISO 8601 and its close relatives: `2026-03-29`, `20260329`,
    /// `2026-03-29 01:58`, `2026-03-29T01:58:00.123+02:00`.
    Iso,
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMillis,
    /// A strftime format.
    Pattern(String),
}

impl Format {
    /// A format by its word in the settings.
    pub fn of(word: &str) -> Self {
        match word {
            "iso" => Self::Iso,
            "unix" => Self::Unix,
            "unix_ms" => Self::UnixMillis,
            pattern => Self::Pattern(pattern.to_owned()),
        }
    }

    /// Reads a moment.
    pub fn parse(&self, text: &str) -> Option<Written> {
        let text = text.trim();
        match self {
            Self::Iso => iso(text),
            Self::Unix => epoch(text, SECOND),
            Self::UnixMillis => epoch(text, SECOND / 1000),
            Self::Pattern(pattern) => pattern_parse(pattern, text),
        }
    }
}

impl Written {
    /// The instant, in a zone for times that name none. The flag tells what a
    /// change of clocks did to it.
    pub fn instant(self, zone: &Calendar) -> (Instant, ClockChange) {
        match self {
            Self::Utc(t) => (t, ClockChange::None),
            Self::Local(local) => zone.instant_of(local),
            // Midnight may be skipped by a clock change; the day then begins after it, which is no fault.
            Self::Date(date) => (zone.instant_of(date.at(0, 0, 0, 0)).0, ClockChange::None),
        }
    }

    /// True where a zone is needed to place it.
    pub const fn is_naive(self) -> bool {
        !matches!(self, Self::Utc(_))
    }
}

fn epoch(text: &str, unit: i64) -> Option<Written> {
    let number: f64 = text.parse().ok()?;
    let micros = number * unit as f64;
    (micros.abs() < 200_000.0 * 366.0 * DAY as f64).then(|| Written::Utc(Instant(micros.round() as i64)))
}

/// A fixed-width field of digits.
fn digits(bytes: &[u8], from: usize, len: usize) -> Option<i64> {
    let field = bytes.get(from..from + len)?;
    field.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

fn iso(text: &str) -> Option<Written> {
    let b = text.as_bytes();
    let dashed = b.get(4) == Some(&b'-') || b.get(4) == Some(&b'/') || b.get(4) == Some(&b'.');
    let (date, rest) = if dashed {
        if b.get(7) != b.get(4) {
            return None;
        }
        (Date::new(digits(b, 0, 4)? as i16, digits(b, 5, 2)? as i8, digits(b, 8, 2)? as i8).ok()?, 10)
    } else {
        (Date::new(digits(b, 0, 4)? as i16, digits(b, 4, 2)? as i8, digits(b, 6, 2)? as i8).ok()?, 8)
    };
    let Some(separator) = b.get(rest) else { return Some(Written::Date(date)) };
    if !matches!(separator, b'T' | b' ' | b't') || !dashed {
        return None;
    }
    let at = rest + 1;
    let (hour, minute) = (digits(b, at, 2)? as i8, digits(b, at + 3, 2)? as i8);
    if b.get(at + 2) != Some(&b':') {
        return None;
    }
    let (mut second, mut nanos, mut end) = (0_i8, 0_i32, at + 5);
    if b.get(end) == Some(&b':') {
        second = digits(b, end + 1, 2)? as i8;
        end += 3;
        if matches!(b.get(end), Some(b'.' | b',')) {
            let len = b[end + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
            let kept = len.min(9);
            nanos = (digits(b, end + 1, kept)? * 10_i64.pow(9 - kept as u32)) as i32;
            if len == 0 {
                return None;
            }
            end += 1 + len;
        }
    }
    // A leap second is the last instant of its minute.
    let local = date
        .at(0, 0, 0, 0)
        .with()
        .hour(hour)
        .minute(minute)
        .second(second.min(59))
        .subsec_nanosecond(nanos)
        .build()
        .ok()?;
    let tail = text[end..].trim_start();
    if tail.is_empty() {
        return Some(Written::Local(local));
    }
    let offset = zone_offset(tail)?;
    let micros = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond();
    Some(Written::Utc(Instant(micros - offset * SECOND)))
}

/// `Z`, `UTC`, `+02:00`, `+0200`, `+02`, in seconds.
fn zone_offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let body = text[1..].replace(':', "");
    let b = body.as_bytes();
    let (hours, minutes) = match b.len() {
        2 => (digits(b, 0, 2)?, 0),
        4 => (digits(b, 0, 2)?, digits(b, 2, 2)?),
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn pattern_parse(pattern: &str, text: &str) -> Option<Written> {
    let parsed = strtime::parse(pattern, text).ok()?;
    if let Ok(t) = parsed.to_timestamp() {
        return Some(Written::Utc(Instant(t.as_microsecond())));
    }
    match parsed.to_datetime() {
        Ok(local) if parsed.hour().is_some() => Some(Written::Local(local)),
        _ => parsed.to_date().ok().map(Written::Date),
    }
}

/// What a sample of cells says about how moments are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// This format reads them all.
    Format(Format),
    /// Several formats read them all, to different days: day or month first?
    Ambiguous(Vec<String>),
    /// None does: not a column of moments.
    Neither,
}

/// Orders of day and month with the separators people use.
const ORDERS: [&str; 8] =
    ["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%m.%d.%Y", "%d/%m/%y", "%m/%d/%y"];
/// Times that may follow.
const TIMES: [&str; 5] = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"];
/// Dates with month names.
const NAMED: [&str; 5] = ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y"];

/// Infers how the moments of a column are written from a sample of its cells.
///
/// ```
/// use cx_core::tables::read::time::{hint, Format, Hint};
/// assert_eq!(hint(&["2026-03-29 01:58:00"]), Hint::Format(Format::Iso));
/// assert_eq!(hint(&["29-02-2016 01:16"]), Hint::Format(Format::of("%d-%m-%Y %H:%M")));
/// assert!(matches!(hint(&["03/04/2026"]), Hint::Ambiguous(_)));
/// assert_eq!(hint(&["soon"]), Hint::Neither);
/// ```
pub fn hint<S: AsRef<str>>(cells: &[S]) -> Hint {
    let reads_all =
        |format: &Format| !cells.is_empty() && cells.iter().all(|c| format.parse(c.as_ref()).is_some());
    if reads_all(&Format::Iso) {
        return Hint::Format(Format::Iso);
    }
    let mut found = Vec::new();
    for date in ORDERS.iter().chain(&NAMED) {
        for time in TIMES {
            let pattern = format!("{date}{time}");
            if reads_all(&Format::Pattern(pattern.clone())) {
                found.push(pattern);
            }
        }
    }
    // `%Y` also reads two digits; where the short year reads, the long one misreads.
    let short: Vec<String> = found.iter().filter(|p| p.contains("%y")).cloned().collect();
    if !short.is_empty() {
        found = short;
    }
    match found.len() {
        0 => Hint::Neither,
        1 => Hint::Format(Format::Pattern(found.remove(0))),
        _ => Hint::Ambiguous(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(format: &str, text: &str) -> Option<String> {
        let zone = Calendar::new("Europe/Warsaw").unwrap();
        Format::of(format).parse(text).map(|w| w.instant(&zone).0.to_rfc3339())
    }

    #[test]
    fn moments_as_files_write_them() {
        for (format, text, utc) in [
            ("iso", "2026-03-29", Some("2026-03-28T23:00:00Z")),
            ("iso", "20260329", Some("2026-03-28T23:00:00Z")),
            ("iso", "2026/03/29 12:00", Some("2026-03-29T10:00:00Z")),
            ("iso", "2026-03-29T12:00:00.25+05:30", Some("2026-03-29T06:30:00.25Z")),
            ("iso", "2026-03-29 12:00:00 UTC", Some("2026-03-29T12:00:00Z")),
            ("iso", "2026-03-29T12:00:00Z", Some("2026-03-29T12:00:00Z")),
            ("iso", "2026-02-30", None),
            ("iso", "2026-03-29T25:00", None),
            ("iso", "2026-03-29 noon", None),
            ("iso", "29-03-2026", None),
            ("unix", "1774742400", Some("2026-03-29T00:00:00Z")),
            ("unix_ms", "1774742400500", Some("2026-03-29T00:00:00.5Z")),
            ("%d-%m-%Y %H:%M", "29-02-2016 01:16", Some("2016-02-29T00:16:00Z")),
            ("%d.%m.%Y", "29.02.2015", None),
        ] {
            assert_eq!(at(format, text).as_deref(), utc, "{text}");
        }
    }

    #[test]
    fn day_or_month_first_is_inferred_or_asked() {
        assert_eq!(hint(&["03/04/2026", "25/04/2026"]), Hint::Format(Format::of("%d/%m/%Y")));
        assert_eq!(hint(&["03/04/2026", "04/25/2026"]), Hint::Format(Format::of("%m/%d/%Y")));
        assert_eq!(
            hint(&["03/04/2026 09:00:00"]),
            Hint::Ambiguous(vec!["%d/%m/%Y %H:%M:%S".into(), "%m/%d/%Y %H:%M:%S".into()])
        );
        assert_eq!(hint(&["7 March 2026"]), Hint::Format(Format::of("%d %B %Y")));
        assert_eq!(hint::<&str>(&[]), Hint::Neither);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9TZ:+./ -]{0,30}|.{0,12}") {
            let _ = Format::Iso.parse(&text);
            let _ = Format::Unix.parse(&text);
            let _ = Format::of("%d/%m/%Y %H:%M").parse(&text);
        }

        #[test]
        fn instants_read_back(seconds in 0_i64..4_000_000_000) {
            let text = Instant(seconds * SECOND).to_rfc3339();
            prop_assert_eq!(Format::Iso.parse(&text), Some(Written::Utc(Instant(seconds * SECOND))));
        }
    }
}
