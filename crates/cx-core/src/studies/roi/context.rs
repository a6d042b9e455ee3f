//! What the study runs on and is asked for.

use crate::ground::period::Day;
use crate::infer::Level;
use crate::tables::dataset::Dataset;

/// The records and how figures are judged.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The records.
    pub data: &'a Dataset,
    /// First day of records, and the first day after them.
    pub covered: (Day, Day),
    /// Level of every interval of an effect.
    pub level: Level,
    /// Seed of resampled worlds and draws.
    pub seed: u64,
    /// Code and minor units of the reporting currency.
    pub currency: Option<(&'a str, f64)>,
    /// Contribution margin as a share of revenue, where lines carry none.
    pub margin: Option<f64>,
    /// Discount rate a year.
    pub rate: f64,
}

impl Context<'_> {
    /// Minor units in one major unit of the reporting currency.
    pub(in crate::studies) fn minor(&self) -> f64 {
        self.currency.map_or(100.0, |(_, minor)| minor)
    }

    /// True where a table has a column.
    pub(in crate::studies) fn has(&self, table: &str, column: &str) -> bool {
        self.data.table(table).is_some_and(|t| t.column(column).is_some())
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Initiatives by id; all where there are none.
    pub initiatives: Vec<String>,
    /// Months that money is counted for, where an initiative does not say.
    pub horizon_months: u32,
    /// The return that is asked for, as a share.
    pub hurdle: f64,
    /// Joint draws.
    pub draws: u32,
    /// Claims of others, by their ids, that stand beside effects as priors.
    pub claims: Vec<String>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            initiatives: Vec::new(),
            horizon_months: 36,
            hurdle: 0.0,
            draws: crate::infer::draws::DRAWS,
            claims: Vec::new(),
        }
    }
}
