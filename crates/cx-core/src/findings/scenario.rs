//! What a change would be worth.

use super::value::or_absent;
use super::{Fact, MoneyFound, Records};
use crate::ground::estimate::{Absent, Estimate};
use crate::ground::unit::Unit;
use serde::Serialize;

/// Everything the simulation of a change says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioReport {
    /// The last complete day of records.
    pub as_of: String,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// `month` or `year`: what rates and amounts of the base are per.
    pub per: String,
    /// What money rests on besides the records.
    pub assumptions: Vec<(String, String)>,
    /// Customers that the change reaches.
    pub customers: f64,
    /// The base as it stands, with its intervals.
    pub base: Vec<BaseFound>,
    /// What changes.
    pub changes: Vec<ChangeFound>,
    /// How much of what is promised comes.
    pub promise: RealisationFound,
    /// What it is worth; why that cannot be said.
    #[serde(serialize_with = "or_absent")]
    pub money: Result<MoneyFound, Absent>,
    /// The same if all of the promise came.
    pub as_promised: Option<AsPromised>,
    /// Share of the promise that has to come for it to pay, at the medians; none where it always or never pays.
    pub share_needed: Option<f64>,
    /// Share of draws in which the change asked for more than is possible, and was cut to that.
    pub cut: f64,
    /// Every figure, for `cx explain`.
    pub facts: Vec<Fact>,
    /// Where the rows went.
    pub records: Vec<Records>,
}

/// A figure of the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaseFound {
    /// Its key: `churn`, `margin`, `contacts` …
    pub key: String,
    /// What it is.
    pub name: String,
    /// The figure with its interval, or why there is none.
    pub estimate: Estimate,
    /// `data`, or `judgement` where it was given by hand.
    pub provenance: String,
}

/// A change of the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeFound {
    /// Its key.
    pub key: String,
    /// `relative`, `points` or `absolute`.
    pub sort: String,
    /// At 10, 50 and 90 %; three times the same where one value was given.
    pub by: [f64; 3],
    /// Unit of the base.
    pub unit: Unit,
    /// The base; none where it is unknown.
    pub from: Option<f64>,
    /// After the change in the middle.
    pub to: Option<f64>,
    /// Share of it that is left after a year: least, most likely, most.
    pub lasting: [f64; 3],
}

/// How much of what is promised comes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RealisationFound {
    /// The family of initiatives.
    pub family: String,
    /// Promises that have come due.
    pub resolved: u64,
    /// Mean share that comes.
    pub mean: f64,
    /// `prior` or `measured`; `as_promised` where all of it is taken to come.
    pub origin: String,
}

/// The money if all of the promise came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AsPromised {
    /// Net present value.
    pub npv: Estimate,
    /// Return on investment.
    pub roi: Estimate,
    /// Chance that it pays.
    pub pays: f64,
}
