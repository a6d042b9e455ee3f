//! Instants, days, windows and calendar periods.
//!
//! Instants are UTC microseconds. Days, weeks and months are those of the
//! project's time zone. Windows are half-open, `[start, end)`, so that
//! neighbouring periods share no instant and leave none out.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
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

/// The project's calendar: its time zone and first day of the week.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    name: String,
    week_start: Weekday,
}

impl Calendar {
    /// A calendar in an IANA time zone such as `Europe/Warsaw` or `UTC`.
    ///
    /// # Errors
    /// The name is not in the bundled time zone database.
    ///
    /// ```
    /// use cx_core::ground::period::{Calendar, Day, DAY};
    /// let warsaw = Calendar::new("Europe/Warsaw").unwrap();
    /// let short_day: Day = "2026-03-29".parse().unwrap();
    /// let length = warsaw.start_of(short_day.plus(1)).0 - warsaw.start_of(short_day).0;
    /// assert_eq!(length, DAY / 24 * 23);
    /// ```
    pub fn new(name: &str) -> Result<Self, String> {
        let zone = jiff::tz::db().get(name).map_err(|_| {
            format!("`{name}` is not a time zone; use an IANA name such as Europe/Warsaw or UTC")
        })?;
        Ok(Self { zone, name: name.to_owned(), week_start: Weekday::Monday })
    }

    /// The same calendar with weeks that start on another day.
    #[must_use]
    pub fn with_week_start(mut self, day: Weekday) -> Self {
        self.week_start = day;
        self
    }

    /// Universal time with weeks from Monday.
    pub fn utc() -> Self {
        Self { zone: TimeZone::UTC, name: "UTC".to_owned(), week_start: Weekday::Monday }
    }

    /// The zone's IANA name.
    pub fn zone_name(&self) -> &str {
        &self.name
    }

    /// The calendar day an instant falls on.
    pub fn day_of(&self, t: Instant) -> Day {
        self.clock().day_of(t)
    }

    /// The first instant of a day (after midnight where clocks skip it).
    pub fn start_of(&self, day: Day) -> Instant {
        self.instant_of(day.date().at(0, 0, 0, 0)).0
    }

    /// The window of days `[first, end)`.
    pub fn window(&self, first: Day, end: Day) -> Window {
        Window { start: self.start_of(first), end: self.start_of(end) }
    }

    /// The instant of a local wall-clock time, and what the clock change did to it.
    ///
    /// A time that occurs twice is read as its first occurrence; one that was
    /// skipped is moved forward by the length of the gap. Both are reported.
    pub fn instant_of(&self, local: DateTime) -> (Instant, ClockChange) {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let change = match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => ClockChange::None,
            AmbiguousOffset::Gap { .. } => ClockChange::Skipped,
            AmbiguousOffset::Fold { .. } => ClockChange::Twice,
        };
        let t = ambiguous.compatible().map_or(i64::MIN, Timestamp::as_microsecond);
        (Instant(t), change)
    }

    /// A converter from instants to days that remembers the current offset, for long columns.
    pub fn clock(&self) -> DayClock<'_> {
        DayClock { zone: &self.zone, from: i64::MAX, until: i64::MIN, offset: 0 }
    }

    /// The first day of the period that holds `day`.
    pub fn floor(&self, grain: Grain, day: Day) -> Day {
        let date = day.date();
        match grain {
            Grain::Day => day,
            Grain::Week => {
                let back = date.weekday().since(self.week_start);
                day.plus(-i32::from(back))
            }
            Grain::Month => Day::from_date(date.first_of_month()),
            Grain::Quarter => {
                let month = (date.month() - 1) / 3 * 3 + 1;
                Day::from_date(Date::constant(date.year(), month, 1))
            }
            Grain::Year => Day::from_date(date.first_of_year()),
        }
    }

    /// The first day of the period after the one that starts at `first`.
    pub fn next(&self, grain: Grain, first: Day) -> Day {
        let span = match grain {
            Grain::Day => return first.plus(1),
            Grain::Week => return first.plus(7),
            Grain::Month => jiff::Span::new().months(1),
            Grain::Quarter => jiff::Span::new().months(3),
            Grain::Year => jiff::Span::new().years(1),
        };
        Day::from_date(first.date().saturating_add(span))
    }

    /// The periods that touch the days `[first, end)`; the outer two are
    /// marked partial where they reach beyond `covered`, the days that the
    /// records cover.
    ///
    /// ```
    /// use cx_core::ground::period::{Calendar, Day, Grain, Partial};
    /// let day = |s: &str| s.parse::<Day>().unwrap();
    /// let covered = (day("2026-01-01"), day("2026-03-10"));
    /// let months = Calendar::utc().periods(Grain::Month, covered.0, covered.1, covered);
    /// assert_eq!(months.iter().map(|p| p.label.as_str()).collect::<Vec<_>>(), ["2026-01", "2026-02", "2026-03"]);
    /// assert_eq!(months[1].partial, None);
    /// assert_eq!(months[2].partial, Some(Partial::Ends));
    /// ```
    pub fn periods(&self, grain: Grain, first: Day, end: Day, covered: (Day, Day)) -> Vec<Period> {
        let mut periods = Vec::new();
        let mut start = self.floor(grain, first);
        while start < end {
            let next = self.next(grain, start);
            let partial = match (start < covered.0, next > covered.1) {
                (true, true) => Some(Partial::Both),
                (true, false) => Some(Partial::Begins),
                (false, true) => Some(Partial::Ends),
                (false, false) => None,
            };
            periods.push(Period { label: self.label(grain, start), first: start, end: next, partial });
            start = next;
        }
        periods
    }

    fn label(&self, grain: Grain, first: Day) -> String {
        let date = first.date();
        match grain {
            Grain::Day => date.to_string(),
            // ISO week numbers belong to weeks from Monday; others are named by their first day.
            Grain::Week if self.week_start == Weekday::Monday => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Week => format!("week of {date}"),
            Grain::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Grain::Quarter => format!("{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1),
            Grain::Year => format!("{:04}", date.year()),
        }
    }
}

/// What a change of clocks did to a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockChange {
    /// The time occurs exactly once.
    None,
    /// The time occurs twice; the first was taken.
    Twice,
    /// The time was skipped; it was moved past the gap.
    Skipped,
}

/// Turns instants into days, remembering the stretch in which the offset holds.
#[derive(Debug)]
pub struct DayClock<'a> {
    zone: &'a TimeZone,
    from: i64,
    until: i64,
    offset: i64,
}

impl DayClock<'_> {
    /// The calendar day an instant falls on.
    #[inline]
    pub fn day_of(&mut self, t: Instant) -> Day {
        if !(self.from <= t.0 && t.0 < self.until) {
            self.seek(t);
        }
        Day((t.0.saturating_add(self.offset)).div_euclid(DAY) as i32)
    }

    #[cold]
    fn seek(&mut self, t: Instant) {
        let at =
            Timestamp::from_microsecond(t.0).unwrap_or(if t.0 < 0 { Timestamp::MIN } else { Timestamp::MAX });
        self.offset = i64::from(self.zone.to_offset(at).seconds()) * SECOND;
        // The offset holds from the last change at or before `at` to the next one after it.
        let just_after = at.saturating_add(jiff::Span::new().microseconds(1)).unwrap_or(at);
        self.from =
            self.zone.preceding(just_after).next().map_or(i64::MIN, |c| c.timestamp().as_microsecond());
        self.until = self.zone.following(at).next().map_or(i64::MAX, |c| c.timestamp().as_microsecond());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_and_dates_are_inverse(n in -700_000_i32..700_000) {
            prop_assert_eq!(Day::from_date(Day(n).date()), Day(n));
        }

        /// A day's first instant is on that day and the instant before is not,
        /// across every clock change of two zones with opposite summers.
        #[test]
        fn a_day_starts_where_the_clock_says(n in 10_000_i32..25_000) {
            for zone in ["Europe/Warsaw", "America/Sao_Paulo", "Asia/Shanghai", "UTC"] {
                let calendar = Calendar::new(zone).unwrap();
                let start = calendar.start_of(Day(n));
                prop_assert_eq!(calendar.day_of(start), Day(n));
                prop_assert_eq!(calendar.day_of(Instant(start.0 - 1)), Day(n - 1));
            }
        }

        #[test]
        fn the_remembering_clock_agrees_with_a_fresh_one(times in prop::collection::vec(0_i64..2_000_000_000, 1..50)) {
            let calendar = Calendar::new("Europe/Warsaw").unwrap();
            let mut clock = calendar.clock();
            for t in times {
                let t = Instant(t * SECOND);
                prop_assert_eq!(clock.day_of(t), calendar.day_of(t));
            }
        }

        #[test]
        fn periods_tile_the_days(first in 18_000_i32..20_000, length in 1_i32..900) {
            let calendar = Calendar::utc();
            for grain in Grain::ALL {
                let periods = calendar.periods(grain, Day(first), Day(first + length), (Day(first), Day(first + length)));
                prop_assert!(periods[0].first <= Day(first));
                prop_assert!(periods.last().unwrap().end >= Day(first + length));
                prop_assert!(periods.windows(2).all(|w| w[0].end == w[1].first));
            }
        }
    }

    #[test]
    fn clock_changes_are_named() {
        let warsaw = Calendar::new("Europe/Warsaw").unwrap();
        let skipped = jiff::civil::date(2026, 3, 29).at(2, 30, 0, 0);
        let twice = jiff::civil::date(2026, 10, 25).at(2, 30, 0, 0);
        assert_eq!(warsaw.instant_of(skipped).1, ClockChange::Skipped);
        assert_eq!(warsaw.instant_of(twice).1, ClockChange::Twice);
    }
}
