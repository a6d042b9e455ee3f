//! What customers are worth, and how that was found out.

use super::{Fact, Records};
use crate::ground::estimate::{Absent, Estimate};
use serde::{Serialize, Serializer};

/// Everything the study of value says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Value {
    /// The last complete day of records.
    pub as_of: String,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// Level of every interval.
    pub level: f64,
    /// What the figures rest on besides the records: margin, discount rate, horizon, convention.
    pub assumptions: Vec<(String, String)>,
    /// The figures, in reading order.
    pub facts: Vec<Fact>,
    /// Customers who come back or do not, without a contract; why not, where there is nothing.
    #[serde(serialize_with = "or_absent")]
    pub buying: Result<Buying, Absent>,
    /// Customers under contract; why not, where there is nothing.
    #[serde(serialize_with = "or_absent")]
    pub contracts: Result<Contracts, Absent>,
    /// From the value of the present base to that with those still to be won.
    pub equity: Vec<BridgeStep>,
    /// Where growth came from.
    pub growth: Vec<BridgeStep>,
    /// The present base by tenths of remaining value, the best first.
    pub deciles: Vec<Decile>,
    /// Where the rows went.
    pub records: Vec<Records>,
}

/// Models of repeat purchases, and which one forecasts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Buying {
    /// Customers who have bought.
    pub customers: u64,
    /// Different histories among them, on which the models are fitted.
    pub cells: u64,
    /// Models tried, the simplest first.
    pub models: Vec<ModelCard>,
    /// The one that forecasts.
    pub chosen: String,
    /// Why it does.
    pub why: String,
    /// The model of spend per purchase.
    #[serde(serialize_with = "or_absent")]
    pub spend: Result<ModelCard, Absent>,
    /// Correlation of frequency and spend, which the spend model takes to be none.
    pub correlation: Option<f64>,
    /// The forecast of days that were held back.
    #[serde(serialize_with = "or_absent")]
    pub backtest: Result<Backtest, Absent>,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelCard {
    /// Its name.
    pub name: String,
    /// Its parameters with their intervals.
    pub parameters: Vec<(String, Estimate)>,
    /// Log-likelihood at the maximum.
    pub log_likelihood: Option<f64>,
    /// Customers it was fitted on.
    pub customers: u64,
    /// Steps of the search.
    pub steps: u32,
    /// Why it has no fit.
    pub absent: Option<Absent>,
}

/// What was forecast of days held back, beside what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtest {
    /// First day of the records looked at.
    pub from: String,
    /// Last day the models saw.
    pub fitted_until: String,
    /// Last day held back.
    pub until: String,
    /// Customers followed.
    pub customers: u64,
    /// Repeat purchases of the days held back, as they happened.
    pub actual: f64,
    /// Forecasts of the models and of the cohort average, in the order of the models.
    pub forecasts: Vec<Forecast>,
    /// Stretches of equal length, before and after the models' last day.
    pub stretches: Vec<Stretch>,
    /// Customers by the number of repeat purchases that the models saw.
    pub classes: Vec<Class>,
}

/// One forecast of the days held back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Whose.
    pub name: String,
    /// Repeat purchases in all.
    pub total: Estimate,
    /// Its error over what happened.
    pub error: f64,
    /// Root mean square error over the stretches held back, over their mean.
    pub by_stretch: f64,
    /// The same over customers by the purchases that the models saw: whether they
    /// tell good customers from others.
    pub by_class: f64,
    /// Whether the interval holds what happened.
    pub covers: Option<bool>,
}

/// A stretch of days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stretch {
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// True where the models had seen it.
    pub seen: bool,
    /// Repeat purchases as they happened.
    pub actual: f64,
    /// As the chosen model has it, with its interval where it is a forecast.
    pub model: Estimate,
    /// As the cohort average has it.
    pub average: f64,
}

/// Customers with the same number of repeat purchases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Class {
    /// `0`, `1`, …, `7+`.
    pub label: String,
    /// Customers.
    pub customers: u64,
    /// Mean number of purchases in the days held back.
    pub actual: f64,
    /// As the chosen model has it.
    pub model: f64,
    /// As the cohort average has it.
    pub average: f64,
}

/// Contracts: how long they last.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contracts {
    /// Contracts that began.
    pub contracts: u64,
    /// Of these, still running.
    pub running: u64,
    /// What a period is, in months.
    pub period_months: u32,
    /// Laws tried, the simplest first.
    pub models: Vec<ModelCard>,
    /// The one that projects.
    pub chosen: String,
    /// Why it does.
    pub why: String,
    /// The curve by age in periods.
    pub curve: Vec<Age>,
}

/// One age of a curve of staying.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Age {
    /// Periods since the start.
    pub age: u32,
    /// Contracts that reached it under watch.
    pub at_risk: u64,
    /// Share that stayed beyond it, as watched; none past the records.
    pub observed: Option<Estimate>,
    /// As the chosen law has it.
    pub fitted: f64,
}

/// One step of a bridge.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BridgeStep {
    /// What it is.
    pub name: String,
    /// How much.
    pub amount: Estimate,
    /// True for a sum of the steps before.
    pub total: bool,
}

/// A tenth of the present base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decile {
    /// 1 for the best.
    pub number: u32,
    /// Customers.
    pub customers: f64,
    /// Their remaining value, all together.
    pub value: f64,
    /// Its share of the whole.
    pub share: f64,
    /// Repeat purchases they have made on average.
    pub purchases: f64,
    /// Chance that one of them is still a customer.
    pub alive: Option<f64>,
    /// Share of each group of a segment among them, and in the base: segment, group, here, base.
    pub profile: Vec<(String, String, f64, f64)>,
}

/// A part of the findings as it is, or `{ "absent": … }` with why there is none.
pub(super) fn or_absent<T: Serialize, S: Serializer>(
    part: &Result<T, Absent>,
    s: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Missing<'a> {
        absent: &'a Absent,
    }
    match part {
        Ok(part) => part.serialize(s),
        Err(absent) => Missing { absent }.serialize(s),
    }
}
