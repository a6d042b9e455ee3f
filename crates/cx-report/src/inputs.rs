//! What a report is made of: findings, where the records went, and facts of the project.

pub mod worth;

use cx_core::findings::{Card, ClaimsReport, PeriodName, PlanReport, PromisesReport, RoiReport};
use cx_core::ground::estimate::Refused;
use cx_core::ground::issue::Issue;
use std::collections::BTreeMap;
use worth::Worth;

/// Everything a report is made of.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The company or project.
    pub company: String,
    /// Last complete day of records, ISO.
    pub as_of: String,
    /// The time that the report speaks about.
    pub window: PeriodName,
    /// Two-sided level of every interval, 0..1.
    pub level: f64,
    /// ISO 4217 code of every amount, where there is one.
    pub currency: Option<String>,
    /// Version of the program.
    pub version: String,
    /// SHA-256 over the input files and settings, hex.
    pub input_hash: String,
    /// The command that makes the same report again.
    pub command: String,
    /// The command that explains a finding, without the finding.
    pub explain: String,
    /// The profile's metrics for everybody over the window: figures, changes against the window before, targets.
    pub cards: Vec<Card>,
    /// True where the profile gave so few figures that every metric the records allow stands beside them.
    pub widened: bool,
    /// The same metrics by period, over all days covered.
    pub trends: Vec<Card>,
    /// The same metrics by the groups of one dimension at a time.
    pub cuts: Vec<Cut>,
    /// Value, retention and what moves them.
    pub worth: Worth,
    /// What was promised and what came of it; why that cannot be said.
    pub promises: Result<PromisesReport, Refused>,
    /// What initiatives gave back; none where the records have no register of them.
    pub returns: Option<RoiReport>,
    /// What to do next; none where the records have no moment.
    pub plan: Option<PlanReport>,
    /// What others claim, held against the records; none where that was not asked.
    pub claims: Option<ClaimsReport>,
    /// Ends of the scales that answers lie on, by their name in a metric's identity.
    pub scales: BTreeMap<String, (f64, f64)>,
    /// Where the rows of each table went.
    pub tables: Vec<TableFlow>,
    /// Files read.
    pub files: Vec<FileRead>,
    /// Faults of the data.
    pub issues: Vec<Issue>,
    /// What metrics that cannot be given wait for.
    pub missing: Vec<Missing>,
}

/// Metrics by the groups of one dimension.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The dimension.
    pub dimension: String,
    /// Cards whose levels speak about its groups over the whole window.
    pub cards: Vec<Card>,
}

/// Where the rows of one table went.
#[derive(Debug, Clone, Default)]
pub struct TableFlow {
    /// The canonical table.
    pub table: String,
    /// Rows of the files that feed it.
    pub read: u64,
    /// Rows by outcome, under stable names (`kept`, `answered`, `out_of_scale`); they add up to `read`.
    pub outcomes: Vec<(String, u64)>,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct FileRead {
    /// Its name, as in the settings.
    pub file: String,
    /// Tables it feeds.
    pub tables: Vec<String>,
    /// Rows read.
    pub rows: u64,
    /// SHA-256, hex.
    pub hash: String,
}

/// What some metrics wait for.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Columns, as `table.column`; all of them are needed.
    pub needs: Vec<String>,
    /// Metrics that they would make possible.
    pub metrics: Vec<String>,
}
