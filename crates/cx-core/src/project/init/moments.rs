//! How the moments of a column are written, and whether they name their zone.

use super::profile::{Holds, NEARLY_ALL, Profile};
use crate::tables::read::time::{self, Written};

/// Whether moments name their zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naive {
    /// They do.
    No,
    /// Days without times.
    Days,
    /// Times by a local clock.
    Times,
}

impl Profile {
    /// How moments are written, where they are.
    pub(super) fn format(&self) -> Option<time::Format> {
        match &self.moments {
            time::Hint::Format(format) => Some(format.clone()),
            time::Hint::Ambiguous(formats) => formats.first().map(|f| time::Format::of(f)),
            time::Hint::Neither => self.epoch(),
        }
    }

    /// Seconds or milliseconds since 1970, where the numbers lie in this century.
    pub(super) fn epoch(&self) -> Option<time::Format> {
        let n = self.numbers();
        let within = |unit: f64| n.min >= 9e8 * unit && n.max <= 2.2e9 * unit;
        if self.holds() != Holds::Numbers {
            None
        } else if within(1.0) {
            Some(time::Format::Unix)
        } else {
            within(1000.0).then_some(time::Format::UnixMillis)
        }
    }

    /// True where a zone is needed to place the moments.
    pub(super) fn needs_zone(&self) -> Naive {
        let Some(format) = self.format() else { return Naive::No };
        let written = self.cells.iter().filter_map(|c| format.parse(c));
        written.fold(Naive::No, |so_far, w| match (so_far, w) {
            (_, Written::Local(_)) | (Naive::Times, _) => Naive::Times,
            (_, Written::Date(_)) => Naive::Days,
            (so_far, Written::Utc(_)) => so_far,
        })
    }
}

/// How nearly all of the cells are written, where some are no moments at all: the 30th of February.
pub(super) fn mostly(cells: &[&String]) -> time::Hint {
    let all = time::hint(cells);
    if all != time::Hint::Neither {
        return all;
    }
    let reads = |format: &time::Format| {
        let n = cells.iter().filter(|c| format.parse(c).is_some()).count();
        n as f64 >= NEARLY_ALL * cells.len() as f64
    };
    let mut found: Vec<String> = Vec::new();
    for at in [0, cells.len() / 3, 2 * cells.len() / 3] {
        let some: Vec<&String> = cells[at..].iter().take(20).copied().collect();
        match time::hint(&some) {
            time::Hint::Format(format) if reads(&format) => return time::Hint::Format(format),
            time::Hint::Ambiguous(formats) => {
                found = formats.into_iter().filter(|f| reads(&time::Format::of(f))).collect();
            }
            _ => {}
        }
    }
    match found.as_slice() {
        [] => time::Hint::Neither,
        [one] => time::Hint::Format(time::Format::of(one)),
        _ => time::Hint::Ambiguous(found),
    }
}
