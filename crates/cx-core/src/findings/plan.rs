//! What to do next.

use super::value::or_absent;
use super::{AsPromised, BaseFound, ChangeFound, Fact, MoneyFound, RealisationFound, Records};
use crate::ground::estimate::{Absent, Estimate};
use crate::ground::evidence::Grade;
use serde::Serialize;

/// Everything a plan says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanReport {
    /// Its name; empty without a plan.
    pub name: String,
    /// The last complete day of records.
    pub as_of: String,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// Months from its start that each is counted for.
    pub horizon_months: u32,
    /// What money rests on besides the records.
    pub assumptions: Vec<(String, String)>,
    /// Customers of the base.
    pub customers: f64,
    /// The base as it stands, a month.
    pub base: Vec<BaseFound>,
    /// What moving a figure of the base would be worth, the most first.
    pub opportunities: Vec<Opportunity>,
    /// What is running already.
    pub known: Vec<KnownFound>,
    /// What may be done.
    pub candidates: Vec<CandidateFound>,
    /// What to do together; why that cannot be said.
    #[serde(serialize_with = "or_absent")]
    pub portfolio: Result<PortfolioFound, Absent>,
    /// Things planned in three sizes or more.
    pub responses: Vec<ResponseFound>,
    /// Every figure, for `cx explain`.
    pub facts: Vec<Fact>,
    /// Where the rows went.
    pub records: Vec<Records>,
}

/// What moving one figure of the base would be worth, before any cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opportunity {
    /// The figure and by how much.
    pub change: ChangeFound,
    /// Present value of what it brings over the horizon; why there is none.
    pub worth: Estimate,
}

/// An initiative that runs or ran, by its own study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KnownFound {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Grade of what is known.
    pub grade: Option<Grade>,
    /// Net present value; why there is none.
    pub npv: Estimate,
    /// Chance that it pays, where there is a value.
    pub pays: Option<f64>,
    /// `extend` (or repeat what has ended), `keep_and_measure`, `stop` (or do not repeat), `measure` where
    /// nothing is known.
    pub advice: String,
}

/// A candidate by itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateFound {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its strategy.
    pub strategy: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Customers that it is for.
    pub customers: f64,
    /// The condition they meet; none for all.
    pub population: Option<String>,
    /// What it is expected to change.
    pub changes: Vec<ChangeFound>,
    /// How much of what is promised comes.
    pub promise: RealisationFound,
    /// What it is worth; why that cannot be said.
    #[serde(serialize_with = "or_absent")]
    pub money: Result<MoneyFound, Absent>,
    /// The same if all of the promise came.
    pub as_promised: Option<AsPromised>,
    /// Share of the promise that has to come for it to pay, at the medians.
    pub share_needed: Option<f64>,
    /// Share of draws in which the change asked for more than is possible.
    pub cut: f64,
    /// What a test by lot of these customers would find, for each change.
    pub tests: Vec<TestFound>,
    /// Whether to test first, where there is a value.
    pub learning: Option<LearningFound>,
}

/// What a test by lot would find of one change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestFound {
    /// The figure that is changed, and what the change is counted in.
    pub change: ChangeFound,
    /// Months of the test.
    pub months: u32,
    /// Customers in each of two arms.
    pub per_arm: f64,
    /// The change that is expected to come: the promise times what of it usually comes.
    pub expected: f64,
    /// The change at which it just pays; none where it always or never does.
    pub even: Option<f64>,
    /// The smallest change that the test finds with 80 %; none where it would find none that is possible.
    pub detectable: Option<f64>,
    /// Break-even over smallest change found; below 1 the test could miss what pays.
    pub ratio: Option<f64>,
    /// Chance to find the change that is expected.
    pub power: Option<f64>,
    /// Customers in each arm to find the break-even change with 80 %.
    pub needed_per_arm: Option<f64>,
}

/// What there is to learn, and what that costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearningFound {
    /// What knowing the effect beforehand would be worth.
    pub worth: f64,
    /// What a test costs: its own cost, and the net benefit that its control group goes without.
    pub price: f64,
    /// Of that, what the control group goes without.
    pub withheld: f64,
    /// True where a test of these customers would find the smallest change that pays.
    pub tells: bool,
    /// True where it would, and is worth more than it costs.
    pub test_first: bool,
}

/// What to do together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PortfolioFound {
    /// `mean`, `fear` or `sure`.
    pub objective: String,
    /// λ of the fear, or the chance asked for.
    pub asked: Option<f64>,
    /// The budget; none where there is none.
    pub budget: Option<f64>,
    /// Ids of what is chosen; nothing is an answer.
    pub chosen: Vec<String>,
    /// Net present value of the chosen together: median, 5 and 95 %.
    pub npv: Estimate,
    /// Its mean, by which is chosen.
    pub mean: f64,
    /// Chance that they pay together.
    pub pays: f64,
    /// Mean of the worst twentieth.
    pub shortfall: f64,
    /// Expected present value of what they cost.
    pub spent: f64,
    /// What of the budget is not spent, since nothing brings more than it costs.
    pub unspent: Option<f64>,
    /// What is lost of their benefits because some customers are reached by more than one.
    pub overlap: f64,
    /// How estimates were drawn together before choosing; why not.
    #[serde(serialize_with = "or_absent")]
    pub shrunk: Result<ShrunkFound, Absent>,
    /// Every candidate that could be chosen.
    pub choices: Vec<ChoiceFound>,
    /// The best sets at other budgets.
    pub frontier: Vec<FrontierFound>,
    /// What to do when.
    pub roadmap: Vec<StepFound>,
}

/// Returns drawn toward their common mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShrunkFound {
    /// Typical benefit over cost.
    pub mean: f64,
    /// Mean net present value of the chosen as estimated, before that.
    pub as_estimated: f64,
}

/// A candidate in the choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChoiceFound {
    /// Its id.
    pub id: String,
    /// True where it is chosen.
    pub chosen: bool,
    /// Expected net present value as estimated.
    pub estimated: f64,
    /// The same after shrinking, by which is chosen.
    pub net: f64,
    /// Expected present value of its cost.
    pub cost: f64,
    /// Share of draws in which it is in the best set.
    pub frequency: f64,
    /// What would be lost without it, of the chosen set; only for the chosen.
    pub last_in: Option<f64>,
}

/// The best set at a budget.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrontierFound {
    /// The budget.
    pub budget: f64,
    /// Ids of what is best with it.
    pub chosen: Vec<String>,
    /// Mean net present value.
    pub mean: f64,
    /// Chance that they pay.
    pub pays: f64,
    /// Mean of the worst twentieth.
    pub shortfall: f64,
    /// Expected cost.
    pub spent: f64,
}

/// A step of the roadmap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepFound {
    /// The initiative.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its strategy.
    pub strategy: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Work begins.
    pub begins: String,
    /// Customers see it.
    pub live: String,
    /// It is judged.
    pub judged: String,
    /// True where a test by lot goes first.
    pub test_first: bool,
    /// What a month of waiting costs.
    pub delay: f64,
    /// That over the months of work: what the order is by.
    pub urgency: f64,
}

/// One thing planned in several sizes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseFound {
    /// The candidate that the others are variants of.
    pub of: String,
    /// Id, expected cost and benefit of each size.
    pub sizes: Vec<(String, f64, f64)>,
    /// The spend from which another euro brings less than a euro; why that cannot be said.
    #[serde(serialize_with = "or_absent")]
    pub enough: Result<f64, Absent>,
}
