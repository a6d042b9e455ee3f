//! What a run is asked for, and what it runs on.

use super::definition::Definition;
use super::margins::Margins;
use super::profile::Known;
use crate::ground::expr::Expr;
use crate::ground::period::{Day, Grain, Instant, Window};
use crate::infer::Level;
use crate::tables::dataset::Dataset;
use crate::tables::mapping::Scales;

/// The records and how figures are judged.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The records.
    pub data: &'a Dataset,
    /// What they hold, kept from one run to the next.
    pub known: &'a Known,
    /// First day of records, and the first day after them.
    pub covered: (Day, Day),
    /// Whether the last day covered is that of the newest record, beyond which
    /// what came of the rows may be known; not where somebody set it.
    pub follow_ups: bool,
    /// Level of every interval.
    pub level: Level,
    /// Seed of resampled worlds.
    pub seed: u64,
    /// Smallest groups of customers and of employees that are shown.
    pub privacy: (u64, u64),
    /// Scales by name.
    pub scales: &'a Scales,
    /// Planned values.
    pub targets: &'a [PlannedValue],
    /// Known shares of the base that answers are weighted to.
    pub margins: Option<&'a Margins>,
}

/// A planned value of one metric.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedValue {
    /// The metric's key or id.
    pub metric: String,
    /// The value to reach, in engine units.
    pub target: f64,
    /// Where it stood.
    pub baseline: Option<f64>,
    /// Who answers for it.
    pub owner: Option<String>,
}

impl Context<'_> {
    /// The moment the records end.
    pub(super) fn as_of(&self) -> Instant {
        self.data.calendar.start_of(self.covered.1)
    }

    /// The start of the day after a moment.
    pub(super) fn day_after(&self, moment: Instant) -> Instant {
        let calendar = &self.data.calendar;
        calendar.start_of(calendar.day_of(moment).plus(1))
    }

    /// The days as instants of the project's zone.
    pub(super) fn window(&self, (first, end): (Day, Day)) -> Window {
        self.data.calendar.window(first, end)
    }
}

/// One question to the records.
#[derive(Debug, Clone)]
pub struct Request {
    /// The metrics.
    pub metrics: Vec<Definition>,
    /// Columns that cut rows into groups, all at once.
    pub by: Vec<String>,
    /// Length of the periods of a series.
    pub every: Option<Grain>,
    /// First day and first day after; everything covered unless given.
    pub window: Option<(Day, Day)>,
    /// True where the window was meant for figures at a period too; else they
    /// speak of its last complete month.
    pub exact: bool,
    /// The window to compare with: the one before, unless a series is asked for.
    pub previous: bool,
    /// Rows to look at, and the text of the condition.
    pub filter: Option<(Expr, String)>,
}
