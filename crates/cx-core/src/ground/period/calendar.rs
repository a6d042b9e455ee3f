//! The calendar of a time zone.

use super::{DAY, Day, Grain, Instant, Partial, Period, SECOND, Window};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};

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
