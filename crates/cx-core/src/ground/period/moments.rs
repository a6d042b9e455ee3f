//! Instants, days, windows and the periods they fall into.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Microseconds in one second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds in 24 hours.
pub const DAY: i64 = 86_400 * SECOND;
/// Days in an average month, 365.25 / 12: the unit of tenure and exposure.
pub const DAYS_PER_MONTH: f64 = 30.4375;

/// A moment: microseconds since 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The moment as RFC 3339 text in UTC.
    pub fn to_rfc3339(self) -> String {
        Timestamp::from_microsecond(self.0).map_or_else(|_| format!("{} µs", self.0), |t| t.to_string())
    }

    /// The day of UTC that it lies in: for what has no project and no calendar.
    ///
    /// ```
    /// use cx_core::ground::period::{DAY, Day, Instant};
    /// assert_eq!((Instant(DAY).utc_day(), Instant(-1).utc_day()), (Day(1), Day(-1)));
    /// ```
    pub fn utc_day(self) -> Day {
        let last = i64::from(i32::MAX);
        Day(self.0.div_euclid(DAY).clamp(-last, last) as i32)
    }
}

impl std::str::FromStr for Instant {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        s.parse::<Timestamp>()
            .map(|t| Self(t.as_microsecond()))
            .map_err(|_| format!("`{s}` is not a moment; write it as 2026-01-31T12:00:00Z"))
    }
}

/// A calendar day: days since 1970-01-01 in the project's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day as a civil date; days outside years -9999..9999 are clamped.
    pub fn date(self) -> Date {
        let epoch = Date::constant(1970, 1, 1);
        epoch.saturating_add(jiff::Span::new().days(self.0.clamp(-4_371_000, 2_932_000)))
    }

    /// The day of a civil date.
    ///
    /// ```
    /// use cx_core::ground::period::Day;
    /// assert_eq!(Day::from_date(jiff::civil::date(1970, 2, 1)), Day(31));
    /// ```
    pub fn from_date(date: Date) -> Self {
        let (y, m, d) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
        // Days from civil, after Hinnant: years start in March so that the leap day comes last.
        let y = if m <= 2 { y - 1 } else { y };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self((era * 146_097 + day_of_era - 719_468) as i32)
    }

    /// The day `n` days later (earlier when negative).
    #[must_use]
    pub const fn plus(self, n: i32) -> Self {
        Self(self.0 + n)
    }

    /// The same day of the month `n` months earlier, clipped to that month's end.
    ///
    /// ```
    /// use cx_core::ground::period::Day;
    /// let day: Day = "2024-03-31".parse().unwrap();
    /// assert_eq!(day.months_before(1).to_string(), "2024-02-29");
    /// ```
    #[must_use]
    pub fn months_before(self, n: i32) -> Self {
        Self::from_date(self.date().saturating_sub(jiff::Span::new().months(n)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

impl std::str::FromStr for Day {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        s.parse::<Date>()
            .map(Self::from_date)
            .map_err(|_| format!("`{s}` is not a date; write it as 2026-01-31"))
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A half-open stretch of time, `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// First instant inside.
    pub start: Instant,
    /// First instant after.
    pub end: Instant,
}

impl Window {
    /// Everything: no bound on either side.
    pub const ALWAYS: Self = Self { start: Instant(i64::MIN), end: Instant(i64::MAX) };

    /// True where the instant lies inside.
    #[inline]
    pub fn contains(&self, t: Instant) -> bool {
        self.start <= t && t < self.end
    }
}

/// The length of one period of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// One calendar day.
    Day,
    /// Seven days from the project's first day of the week.
    Week,
    /// One calendar month.
    Month,
    /// Three calendar months from January, April, July or October.
    Quarter,
    /// One calendar year.
    Year,
}

impl Grain {
    /// Every grain, shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The word used in settings and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

impl std::str::FromStr for Grain {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|g| g.word() == s)
            .ok_or_else(|| format!("`{s}` is not a period; use day, week, month, quarter or year"))
    }
}

/// Why a period does not hold all of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Partial {
    /// Records start after the period does.
    Begins,
    /// The period ends after the last complete day of records.
    Ends,
    /// Both.
    Both,
}

/// One calendar period of a series.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Period {
    /// Short name: `2026-03-14`, `2026-W11`, `2026-03`, `2026-Q1`, `2026`.
    pub label: String,
    /// First day inside.
    pub first: Day,
    /// First day after.
    pub end: Day,
    /// Set where records do not cover the whole period; such a period is shown
    /// and marked, and never compared.
    pub partial: Option<Partial>,
}
