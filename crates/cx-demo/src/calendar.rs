//! Days and moments as clocks on a wall show them.

use std::fmt;

/// A day: days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) i32);

/// A minute and second of a day, by a local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    /// Seconds since midnight.
    pub(crate) second: u32,
}

impl Day {
    /// A day by its date in the Gregorian calendar.
    pub(crate) const fn of(year: i32, month: i32, day: i32) -> Self {
        // Years begin in March, so that the leap day is the last of its year.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let in_era = y.rem_euclid(400);
        let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719_468)
    }

    /// Year, month and day of the month.
    pub(crate) const fn date(self) -> (i32, i32, i32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let in_era = z.rem_euclid(146_097);
        let year = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
        let in_year = in_era - (365 * year + year / 4 - year / 100);
        let m = (5 * in_year + 2) / 153;
        let month = if m < 10 { m + 3 } else { m - 9 };
        let first = if month <= 2 { 1 } else { 0 };
        (year + era * 400 + first, month, in_year - (153 * m + 2) / 5 + 1)
    }

    /// The day so many days later.
    pub(crate) const fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// The first day of the month so many months after this day's month.
    pub(crate) const fn month_start(self, months: i32) -> Self {
        let (year, month, _) = self.date();
        let at = year * 12 + month - 1 + months;
        Self::of(at.div_euclid(12), at.rem_euclid(12) + 1, 1)
    }

    /// The month of the year, 1 to 12.
    pub(crate) const fn month(self) -> i32 {
        self.date().1
    }

    /// True from Monday to Friday.
    pub(crate) const fn is_workday(self) -> bool {
        // 1 January 1970 was a Thursday.
        (self.0 + 3).rem_euclid(7) < 5
    }

    /// The last Sunday that is not after this day.
    const fn sunday_before(self) -> Self {
        // 1 January 1970 was a Thursday.
        Self(self.0 - (self.0 + 4).rem_euclid(7))
    }

    /// A moment of the day.
    pub(crate) const fn at(self, hour: u32, minute: u32, second: u32) -> Moment {
        Moment { day: self, second: hour * 3600 + minute * 60 + second }
    }

    /// `31.12.2025`
    pub(crate) fn german(self) -> String {
        let (y, m, d) = self.date();
        format!("{d:02}.{m:02}.{y}")
    }
}

/// A month, or the part of one that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) from: Day,
    /// The day after its last.
    pub(crate) to: Day,
    /// Share of the month's days.
    pub(crate) share: f64,
}

impl Stretch {
    /// Any day of it, each as likely, by a number in [0, 1).
    pub(crate) const fn day(self, unit: f64) -> Day {
        self.from.plus((unit * (self.to.0 - self.from.0) as f64) as i32)
    }
}

/// The months from a day until before another.
pub(crate) fn months(from: Day, end: Day) -> impl Iterator<Item = Stretch> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (from, first, next) = (at, at.month_start(0), at.month_start(1));
        let to = next.min(end);
        at = to;
        let share = f64::from(to.0 - from.0) / f64::from(next.0 - first.0);
        (from < end).then_some(Stretch { from, to, share })
    })
}

/// `2025-12-31`
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.date();
        write!(f, "{y}-{m:02}-{d:02}")
    }
}

impl Moment {
    /// The moment so many seconds later.
    pub(crate) const fn plus(self, seconds: i64) -> Self {
        let at = self.second as i64 + seconds;
        Self { day: self.day.plus(at.div_euclid(86_400) as i32), second: at.rem_euclid(86_400) as u32 }
    }

    const fn clock(self) -> (u32, u32, u32) {
        (self.second / 3600, self.second / 60 % 60, self.second % 60)
    }

    /// `31.12.2025 23:59`
    pub(crate) fn german(self) -> String {
        let (h, m, _) = self.clock();
        format!("{} {h:02}:{m:02}", self.day.german())
    }

    /// `31/12/2025 23:59`
    pub(crate) fn slashed(self) -> String {
        let ((year, month, day), (h, m, _)) = (self.day.date(), self.clock());
        format!("{day:02}/{month:02}/{year} {h:02}:{m:02}")
    }

    /// What a clock in Greenwich shows when one in Berlin shows this. An hour
    /// that occurs twice is the first, one that is skipped counts on.
    pub(crate) fn greenwich(self) -> Self {
        let (year, _, _) = self.day.date();
        let begins = Day::of(year, 3, 31).sunday_before().at(2, 0, 0);
        let ends = Day::of(year, 10, 31).sunday_before().at(3, 0, 0);
        self.plus(if (begins..ends).contains(&self) { -7200 } else { -3600 })
    }

    /// `2025-12-31T23:59:59Z`, of a moment that is in Greenwich's time.
    pub(crate) fn utc(self) -> String {
        let (h, m, s) = self.clock();
        format!("{}T{h:02}:{m:02}:{s:02}Z", self.day)
    }
}

/// `2025-12-31 23:59:59`
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (h, m, s) = self.clock();
        write!(f, "{} {h:02}:{m:02}:{s:02}", self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        assert_eq!(Day::of(1970, 1, 1), Day(0));
        assert_eq!(Day::of(2000, 3, 1), Day(11_017));
        assert_eq!(Day::of(2026, 11, 25), Day(20_782));
        for n in -1000..60_000 {
            let (y, m, d) = Day(n).date();
            assert_eq!(Day::of(y, m, d), Day(n));
        }
    }

    #[test]
    fn days_of_the_week_and_months() {
        assert!(Day::of(2026, 11, 25).is_workday());
        assert!(!Day::of(2026, 11, 22).is_workday());
        assert_eq!(Day::of(2024, 11, 30).month_start(2), Day::of(2025, 1, 1));
        assert_eq!(Day::of(2024, 11, 30).month_start(-11), Day::of(2023, 12, 1));
    }

    #[test]
    fn months_add_up() {
        let list: Vec<Stretch> = months(Day::of(2025, 11, 16), Day::of(2026, 1, 2)).collect();
        let lengths: Vec<i32> = list.iter().map(|s| s.to.0 - s.from.0).collect();
        assert_eq!(lengths, [15, 31, 1]);
        assert_eq!(list[0].share, 0.5);
        assert_eq!(list[1].day(0.999), Day::of(2025, 12, 31));
        assert_eq!(months(Day(9), Day(9)).count(), 0);
    }

    #[test]
    fn clocks_in_greenwich_are_one_or_two_hours_behind() {
        let there = |month, day, hour| Day::of(2026, month, day).at(hour, 30, 0).greenwich().utc();
        assert_eq!(there(1, 1, 0), "2025-12-31T23:30:00Z");
        assert_eq!(there(3, 29, 1), "2026-03-29T00:30:00Z");
        assert_eq!(there(3, 29, 3), "2026-03-29T01:30:00Z");
        assert_eq!(there(7, 1, 12), "2026-07-01T10:30:00Z");
        assert_eq!(there(10, 25, 2), "2026-10-25T00:30:00Z");
        assert_eq!(there(10, 25, 3), "2026-10-25T02:30:00Z");
        assert_eq!(Day::of(2026, 10, 31).sunday_before(), Day::of(2026, 10, 25));
    }

    #[test]
    fn moments_are_written_as_vendors_write_them() {
        let moment = Day::of(2025, 12, 31).at(23, 59, 30).plus(45);
        assert_eq!(moment.to_string(), "2026-01-01 00:00:15");
        assert_eq!(moment.utc(), "2026-01-01T00:00:15Z");
        assert_eq!(moment.german(), "01.01.2026 00:00");
        assert_eq!(moment.slashed(), "01/01/2026 00:00");
    }
}
