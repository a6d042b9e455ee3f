//! What was promised and what came of it.

use super::Fact;
use super::value::or_absent;
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::evidence::Grade;
use crate::ground::unit::Unit;
use crate::infer::draws::Points;
use serde::Serialize;

/// Everything that a ledger of promises says on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PromisesReport {
    /// The last complete day of records: promises that are due by then are judged.
    pub as_of: String,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// The ledger's file.
    pub ledger: String,
    /// False where there is no such file: no promise was ever made.
    pub there: bool,
    /// Records in it.
    pub entries: usize,
    /// Hash of its last record; 64 zeros without one.
    pub head: String,
    /// The promises by the day they are due, then by id: every one.
    pub promises: Vec<PromiseFound>,
    /// All together.
    pub record: RecordFound,
    /// Every figure, for `cx explain`.
    pub facts: Vec<Fact>,
}

/// One promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PromiseFound {
    /// Its id.
    pub claim_id: String,
    /// The initiative.
    pub initiative: String,
    /// Its family.
    pub family: String,
    /// The metric that tells: `npv`, or the id of an outcome.
    pub metric: String,
    /// Unit of all values.
    pub unit: Unit,
    /// Who promises.
    pub author: String,
    /// The day it is judged: the earliest that was ever promised.
    pub due: String,
    /// When it was written.
    pub registered_at: String,
    /// `open`, `amended`, `due`, `withdrawn`, `resolved`.
    pub state: String,
    /// Why it was taken back.
    pub withdrawn: Option<String>,
    /// Its wordings, first as it was made.
    pub wordings: Vec<Wording>,
    /// What was delivered; why that cannot be said.
    #[serde(serialize_with = "or_absent")]
    pub delivered: Result<DeliveredFound, Absent>,
}

/// A promise as it was made or amended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Wording {
    /// `prospective` where it was written before the exposure began, else `retrospective`.
    pub foresight: String,
    /// Why it was amended; none for the first.
    pub reason: Option<String>,
    /// The day it names.
    pub due: String,
    /// The gain that was promised.
    pub promised: Points,
    /// The chance to pay that was promised, 0..1.
    pub pays: Option<f64>,
    /// Hash of its record in the chain of the ledger.
    pub hash: String,
    /// Held against what was delivered, once that is known.
    pub scored: Option<Scored>,
}

/// What was delivered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeliveredFound {
    /// The gain.
    pub gain: Points,
    /// How it was found.
    pub grade: Grade,
    /// Whether it paid, by the median.
    pub paid: Option<bool>,
    /// True where a record of the ledger says it; false where the records say it and nobody wrote it down.
    pub written: bool,
    /// What the company did next.
    pub decision: Option<String>,
    /// What was learnt.
    pub learnt: Option<String>,
}

/// One wording held against what was delivered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    /// Delivered over promised median; why there is none.
    pub ratio: Estimate,
    /// `below`, `inside` or `above` the promised range of 80 %.
    pub against: String,
    /// Whether the promised intervals of 50, 80 and 90 % hold it.
    pub inside: [bool; 3],
    /// Its place in the promised distribution, 0..1.
    pub place: f64,
    /// Continuous ranked probability score, in the unit; less is better.
    pub crps: f64,
    /// Score of the 90 % interval, in the unit; less is better.
    pub interval_score: f64,
    /// Squared error of the chance to pay, 0..1.
    pub brier: Option<f64>,
    /// Skill against "nothing changes"; above 0 where the promise knew more.
    pub skill: Option<f64>,
}

/// All promises together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordFound {
    /// Ever made.
    pub made: usize,
    /// Resolved in the ledger.
    pub resolved: usize,
    /// Due and not resolved in the ledger.
    pub due: usize,
    /// Of these, those that the records cannot judge.
    pub unjudged: usize,
    /// Taken back.
    pub withdrawn: usize,
    /// Amended at least once.
    pub amended: usize,
    /// Share of all that was taken back, 0..1.
    pub withdrawn_share: Option<f64>,
    /// Share without an outcome of those that came due or were taken back, 0..1.
    pub unresolved_share: Option<f64>,
    /// As they were made, before the exposure.
    #[serde(serialize_with = "or_absent")]
    pub prospective: Result<CalibrationFound, Absent>,
    /// As they were made, after the exposure had begun.
    #[serde(serialize_with = "or_absent")]
    pub retrospective: Result<CalibrationFound, Absent>,
    /// Amended ones, as they were last.
    #[serde(serialize_with = "or_absent")]
    pub last_amended: Result<CalibrationFound, Absent>,
    /// `prior` until five promises are judged, then `measured`.
    pub optimism_from: String,
    /// What forecast benefits are multiplied by: delivered over promised, mean over families.
    pub optimism: Estimate,
    /// The same by family; empty under the prior.
    pub families: Vec<FamilyFound>,
}

/// Whether promised intervals held as much as they said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalibrationFound {
    /// Promises scored.
    pub n: u64,
    /// Intervals of 50, 80 and 90 %.
    pub coverage: [CoverageFound; 3],
    /// Shares of the places in ten equal parts of 0..1.
    pub places: Vec<f64>,
    /// Mean Brier score.
    pub brier: Option<f64>,
    /// Median skill against "nothing changes".
    pub skill: Option<f64>,
    /// Factor on the spread of new promises; refused below 20.
    #[serde(serialize_with = "or_absent")]
    pub factor: Result<f64, Absent>,
}

/// Outcomes inside intervals of one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageFound {
    /// What the intervals say, 0..1.
    pub nominal: f64,
    /// Outcomes inside.
    pub inside: u64,
    /// Their share with Wilson's interval.
    pub share: Estimate,
    /// Likelihood ratio of Kupiec's test.
    pub ratio: f64,
    /// Its p-value.
    pub p: f64,
    /// Exact two-sided binomial p-value, below 50 promises.
    pub exact: Option<f64>,
}

/// A family of initiatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FamilyFound {
    /// The family.
    pub family: String,
    /// Its judged promises.
    pub n: usize,
    /// Its mean ratio, drawn towards that of all, with the 95 % interval of a new initiative.
    pub ratio: Estimate,
    /// How much of its own deviation is kept, 0..1.
    pub kept: f64,
}

impl PromiseFound {
    /// Quantiles in its unit as a median with their 80 % range.
    pub fn told(&self, points: &Points) -> Estimate {
        let range = Interval::closed(points.p10, points.p90, 0.8, Method::Draws);
        Estimate::new(points.p50, Some(range), self.unit, Size { n: 1, clusters: 1, ..Size::default() })
    }
}
