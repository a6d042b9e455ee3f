//! What the study runs on and is asked for.

use crate::ground::period::{Day, Instant};
use crate::infer::Level;
use crate::tables::dataset::Dataset;

/// The records and how figures are judged.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The records.
    pub data: &'a Dataset,
    /// First day of records and the first day after them; none where no record carries a moment.
    pub covered: Option<(Day, Day)>,
    /// The first day was set: customers who came before it are watched from it on.
    pub since_set: bool,
    /// Level of every interval.
    pub level: Level,
    /// Seed of resampled worlds.
    pub seed: u64,
    /// Fewest customers of a group that is shown.
    pub privacy: u64,
}

impl Context<'_> {
    /// The moment the records end.
    pub(super) fn as_of(&self) -> Option<Instant> {
        self.covered.map(|(_, end)| self.data.calendar.start_of(end))
    }
}

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Columns whose groups get curves of their own, all at once; the clearest
    /// of the company's own where there are none.
    pub by: Vec<String>,
    /// Days within which customers may leave or buy; what the records allow, up to 90, where none are given.
    pub within: Option<u32>,
}
