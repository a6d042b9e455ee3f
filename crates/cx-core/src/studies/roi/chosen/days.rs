//! The days that are looked at before and after customers chose.

use super::super::FEWEST_DAYS;
use super::super::measured::refused;
use crate::ground::estimate::Refused;
use crate::ground::period::Day;

/// Days before the choice that say what customers were like.
const PAST: i32 = 365;
/// Parts that they are cut into: one value from before alone bounces.
pub(super) const PARTS: usize = 4;
/// Days over which customers may choose and still be held against one day.
const TOGETHER: i32 = 31;

/// Days around a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::studies::roi) struct Days {
    /// The first day that can be an outcome.
    pub begin: Day,
    /// The first day after the last that can.
    pub end: Day,
    /// Borders of the parts of the past, the earliest first; the last is the beginning.
    pub past: Vec<Day>,
    /// A stretch before all that, for an outcome that the choice cannot have changed.
    pub earlier: Option<(Day, Day)>,
}

impl Days {
    /// The days of customers who chose from the first to the last of `chose`, in
    /// records of the days `seen`.
    pub(in crate::studies::roi) fn of(
        (first, last): (Day, Day),
        started: Day,
        ended: Option<Day>,
        seen: (Day, Day),
    ) -> Result<Self, Refused> {
        if last.0 - first.0 > TOGETHER {
            return Err(refused(
                "chosen over time",
                format!(
                    "customers chose over {} days, and at most {TOGETHER} are held against one day",
                    last.0 - first.0
                ),
                "one initiative per wave of choices, or an invitation by lot",
            ));
        }
        let begin = first.max(started);
        let end = ended.map_or(seen.1, |day| day.min(seen.1));
        if end.0 - last.0.max(begin.0) < FEWEST_DAYS {
            return Err(refused(
                "too early",
                format!(
                    "{} days have passed since the last choice, and {FEWEST_DAYS} are needed",
                    (end.0 - last.0).max(0)
                ),
                "wait, or register what is promised until then",
            ));
        }
        let past = PAST.min(begin.0 - seen.0.0);
        if past < FEWEST_DAYS * PARTS as i32 {
            return Err(refused(
                "history",
                format!(
                    "{} days of records before they chose, and {} are needed to know what they were like",
                    past.max(0),
                    FEWEST_DAYS * PARTS as i32
                ),
                "records that reach further back",
            ));
        }
        let border = |part: usize| begin.plus(-past * (PARTS - part) as i32 / PARTS as i32);
        let borders: Vec<Day> = (0..=PARTS).map(border).collect();
        let from = seen.0.max(borders[0].plus(begin.0 - end.0));
        let earlier = (borders[0].0 - from.0 >= FEWEST_DAYS).then_some((from, borders[0]));
        Ok(Self { begin, end, past: borders, earlier })
    }

    /// The days by the names that plans call them.
    pub(in crate::studies::roi) fn named(&self) -> Vec<(String, Day)> {
        let from = self.earlier.map_or(self.past[0], |(from, _)| from);
        let own = [("BEGIN", self.begin), ("END", self.end), ("FROM", from)];
        let past = self.past.iter().enumerate().map(|(i, day)| (format!("P{i}"), *day));
        own.into_iter().map(|(name, day)| (name.to_owned(), day)).chain(past).collect()
    }

    /// Days of outcomes.
    pub(in crate::studies::roi) fn after(&self) -> i32 {
        self.end.0 - self.begin.0
    }

    /// Days of the past.
    pub(in crate::studies::roi) fn before(&self) -> i32 {
        self.begin.0 - self.past[0].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_cut_into_quarters_and_what_lies_before_is_kept_apart() {
        let day = |n: i32| Day(n);
        let days = Days::of((day(1000), day(1010)), day(1002), None, (day(500), day(1200))).unwrap();
        assert_eq!((days.begin, days.end), (day(1002), day(1200)));
        assert_eq!(days.past, [637, 729, 820, 911, 1002].map(Day));
        // As long as the outcome's days, as far as the records reach.
        assert_eq!(days.earlier, Some((day(500), day(637))));
        let short = Days::of((day(1000), day(1000)), day(1000), None, (day(900), day(1200)));
        assert_eq!(short.unwrap_err().rule, "history");
        let slow = Days::of((day(1000), day(1100)), day(1000), None, (day(500), day(1200)));
        assert_eq!(slow.unwrap_err().rule, "chosen over time");
        let ended = Days::of((day(1000), day(1000)), day(1000), Some(day(1060)), (day(500), day(1200)));
        assert_eq!(ended.unwrap().after(), 60);
    }
}
