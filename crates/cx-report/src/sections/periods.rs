//! Names of periods and groups in words.

use super::editor::{Editor, words};
use cx_core::findings::PeriodName;
use cx_core::ground::period::Day;
use cx_core::ground::segment::{NONE_VALUE, Slice};

/// A calendar cut, read off the label of one of its periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Other,
}

/// The cut that a label belongs to: `2026-03` is a month.
pub(super) fn grain(label: &str) -> Grain {
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = label.split('-').collect();
    match parts[..] {
        [year] if digits(year, 4) => Grain::Year,
        [year, part] if digits(year, 4) => match part.as_bytes().first() {
            Some(b'Q') if digits(&part[1..], 1) => Grain::Quarter,
            Some(b'W') if digits(&part[1..], 2) => Grain::Week,
            _ if digits(part, 2) => Grain::Month,
            _ => Grain::Other,
        },
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => Grain::Day,
        _ => Grain::Other,
    }
}

impl Editor<'_> {
    /// A day in words: `2026-03-01` → 1 March 2026.
    pub(super) fn day(&self, iso: &str) -> String {
        let parts: Vec<&str> = iso.split('-').collect();
        match (&parts[..], grain(iso)) {
            ([year, month, day], Grain::Day) => {
                self.say.date_day(day.trim_start_matches('0'), month.parse().unwrap_or(0), year)
            }
            _ => iso.to_owned(),
        }
    }

    /// A period in words: `2026-03` → March 2026.
    pub(super) fn period(&self, period: &PeriodName) -> String {
        let label = period.label.as_str();
        let (year, part) = label.split_once('-').unwrap_or((label, ""));
        match grain(label) {
            Grain::Day => self.day(label),
            Grain::Month => self.say.date_month(part.parse().unwrap_or(0), year),
            Grain::Quarter => self.say.date_quarter(&part[1..], year),
            Grain::Week => self.say.date_week(part[1..].trim_start_matches('0'), year),
            Grain::Year => label.to_owned(),
            Grain::Other => match (&period.first, &period.last, label.split_once("..")) {
                (Some(first), Some(last), _) => self.range(first, last),
                (_, _, Some((first, last))) => self.range(first, last),
                _ if label == "all" => self.say.date_all(),
                _ => label.to_owned(),
            },
        }
    }

    /// A stretch of days in words; of months where it holds whole ones.
    fn range(&self, first: &str, last: &str) -> String {
        let months = first.strip_suffix("-01").zip(last.get(..7)).filter(|_| is_month_end(last));
        let Some((from, to)) = months else { return self.say.date_range(&self.day(first), &self.day(last)) };
        let month = |label: &str| {
            let (year, part) = label.split_once('-').unwrap_or((label, ""));
            self.say.date_month(part.parse().unwrap_or(0), year)
        };
        if from == to { month(from) } else { self.say.date_range(&month(from), &month(to)) }
    }

    /// The word for a cut.
    pub(super) fn grain_word(&self, grain: Grain) -> String {
        match grain {
            Grain::Day => self.say.grain_day(),
            Grain::Week => self.say.grain_week(),
            Grain::Month => self.say.grain_month(),
            Grain::Quarter => self.say.grain_quarter(),
            Grain::Year => self.say.grain_year(),
            Grain::Other => self.say.grain_period(),
        }
    }

    /// Whom a slice speaks about.
    pub(super) fn population(&self, slice: &Slice) -> String {
        if slice.is_all() {
            return self.say.population_all();
        }
        self.list(slice.0.iter().map(|(dimension, value)| {
            if value == NONE_VALUE {
                self.say.value_none(&words(dimension))
            } else {
                self.say.slice_part(&words(dimension), value)
            }
        }))
    }

    /// A group's name within its dimension.
    pub(super) fn group(&self, dimension: &str, value: &str) -> String {
        if value == NONE_VALUE { self.say.value_none(&words(dimension)) } else { value.to_owned() }
    }
}

/// True for the last day of a month.
fn is_month_end(iso: &str) -> bool {
    iso.parse::<Day>().is_ok_and(|day| day.plus(1).to_string().ends_with("-01"))
}

#[cfg(test)]
mod tests {
    use super::Grain::{Day, Month, Other, Quarter, Week, Year};
    use super::grain;

    #[test]
    fn a_label_tells_its_cut() {
        let labels =
            ["2026", "2026-03", "2026-Q1", "2026-W07", "2026-03-09", "all", "2026-01-01..2026-03-31"];
        let grains = labels.map(grain);
        assert_eq!(grains, [Year, Month, Quarter, Week, Day, Other, Other]);
    }
}
