//! Estimates as figures: number, interval, doubts and absence, as values and as texts.

use super::editor::Editor;
use crate::document::{Figure, Mark, Tone};
use crate::numbers::{self, Kind};
use cx_core::ground::estimate::{Absent, Caveat, Estimate, Size};
use cx_core::ground::unit::{Direction, Unit};

impl Editor<'_> {
    /// A level with everything that belongs beside it.
    pub(super) fn figure(&self, estimate: &Estimate) -> Figure {
        self.written(estimate, Kind::Level)
    }

    /// A difference, with its sign.
    pub(super) fn difference(&self, estimate: &Estimate) -> Figure {
        self.written(estimate, Kind::Difference)
    }

    /// A change relative to a base, in percent of it.
    pub(super) fn relative(&self, estimate: &Estimate) -> Figure {
        self.written(estimate, Kind::Relative)
    }

    /// The size of a difference whose direction stands in words.
    pub(super) fn size(&self, estimate: &Estimate) -> Figure {
        let falls = estimate.value.is_some_and(|x| x < 0.0);
        let upright =
            if falls { estimate.clone().affine(-1.0, 0.0, estimate.unit) } else { estimate.clone() };
        self.written(&upright, Kind::Size)
    }

    /// A level without interval, in engine units.
    pub(super) fn bare(&self, value: f64, unit: Unit, kind: Kind) -> Figure {
        self.written(&Estimate::new(value, None, unit, Size::default()), kind)
    }

    /// A place on an axis.
    pub(super) fn mark(&self, value: f64, unit: Unit) -> Mark {
        Mark { value: value * numbers::seconds(unit), text: self.numbers.level(value, unit) }
    }

    /// A figure of one kind.
    pub(super) fn written(&self, estimate: &Estimate, kind: Kind) -> Figure {
        let unit = estimate.unit;
        let limits = estimate.interval.map_or((None, None), |i| (i.low, i.high));
        let texts = estimate.value.map(|value| self.numbers.write(value, limits, unit, kind));
        let interval =
            texts.as_ref().map_or_else(String::new, |t| self.span(t.low.as_deref(), t.high.as_deref()));
        let absent = match (&estimate.absent, estimate.value) {
            (Some(absent), _) => Some(self.absence(absent)),
            (None, None) => Some(self.say.page_not_given()),
            (None, Some(_)) => None,
        };
        let per = numbers::seconds(unit);
        Figure {
            value: estimate.value.map(|x| x * per),
            low: limits.0.map(|x| x * per),
            high: limits.1.map(|x| x * per),
            unit: numbers::unit_name(unit).to_owned(),
            text: texts.map_or_else(String::new, |t| t.value),
            interval,
            n: if estimate.size.n > 0 { numbers::count(estimate.size.n) } else { String::new() },
            format: numbers::format(unit),
            absent,
            caveats: estimate.caveats.iter().map(|c| self.caveat(c, unit)).collect(),
        }
    }

    fn span(&self, low: Option<&str>, high: Option<&str>) -> String {
        match (low, high) {
            (Some(low), Some(high)) => self.say.interval_both(low, high),
            (Some(low), None) => self.say.interval_from(low),
            (None, Some(high)) => self.say.interval_up_to(high),
            (None, None) => String::new(),
        }
    }

    /// Why there is no figure.
    pub(super) fn absence(&self, absent: &Absent) -> String {
        let say = &self.say;
        match absent {
            Absent::NoData => say.absent_no_data(),
            Absent::NotAvailable { needs } => say.absent_not_available(&self.list(needs)),
            Absent::BelowMinN { n, wanted } => say.absent_below_min_n(*n, *wanted),
            Absent::Suppressed { complementary: false } => say.absent_suppressed(),
            Absent::Suppressed { complementary: true } => say.absent_suppressed_complementary(),
            Absent::CensoredWindow => say.absent_censored_window(),
            Absent::Undefined { why } => say.absent_undefined(why.trim_end_matches('.')),
            Absent::Refused(refused) => {
                say.absent_refused(&sentence(&refused.reason), refused.lift.trim_end_matches('.'))
            }
        }
    }

    fn caveat(&self, caveat: &Caveat, unit: Unit) -> String {
        let say = &self.say;
        match caveat {
            Caveat::FewRows { n, wanted } => say.caveat_few_rows(*n, *wanted),
            Caveat::FewEvents { events, wanted } => say.caveat_few_events(*events, *wanted),
            Caveat::FewClusters { clusters } => say.caveat_few_clusters(*clusters),
            Caveat::Skewed { .. } => say.caveat_skewed(),
            Caveat::Ceiling => say.caveat_ceiling(),
            Caveat::Censored { rows } => say.caveat_censored(*rows),
            Caveat::PartialPeriod => say.caveat_partial_period(),
            Caveat::Bucketed => say.caveat_bucketed(),
            Caveat::RowsWithoutCustomer { rows } => say.caveat_rows_without_customer(*rows),
            Caveat::Weighted { effective, design_effect } => say
                .caveat_weighted(&numbers::count(effective.round() as u64), &numbers::small(*design_effect)),
            Caveat::SeveralScales { scales } => say.caveat_several_scales(&self.list(scales)),
            Caveat::OpenCases { rows } => say.caveat_open_cases(*rows),
            Caveat::UnknownKind { rows, low, high } => {
                let ends = self.numbers.write(*low, (Some(*low), Some(*high)), unit, Kind::Level);
                say.caveat_unknown_kind(*rows, &ends.value, ends.high.as_deref().unwrap_or_default())
            }
            Caveat::DroppedReplicates { dropped } => say.caveat_dropped_replicates(*dropped),
            Caveat::Note { text } => sentence(text),
        }
    }
}

/// Words with a capital at the start.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.trim().chars();
    let Some(first) = letters.next() else { return String::new() };
    first.to_uppercase().chain(letters).collect()
}

/// Words as a sentence: a capital at the start, one full stop at the end.
pub(super) fn sentence(words: &str) -> String {
    let text = capital(words);
    if text.is_empty() || text.ends_with(['.', '!', '?']) { text } else { text + "." }
}

/// How a proven movement bears on the reader.
pub(super) fn tone_of(direction: Direction, difference: f64) -> Tone {
    match direction {
        Direction::Higher if difference > 0.0 => Tone::Good,
        Direction::Higher if difference < 0.0 => Tone::Bad,
        Direction::Lower if difference < 0.0 => Tone::Good,
        Direction::Lower if difference > 0.0 => Tone::Bad,
        _ => Tone::Neutral,
    }
}
