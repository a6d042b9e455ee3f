//! What section "What it is worth" is made of: figures of value and of what moves it, each with its origin.

use cx_core::findings::Fact;
use cx_core::ground::estimate::{Absent, Estimate};
use cx_core::ground::evidence::Grade;

/// Findings on value, retention and the link between experience and both.
///
/// Everything is optional: the section says only what was found, and names
/// what was refused with what would lift it.
#[derive(Debug, Clone, Default)]
pub struct Worth {
    /// What values rest on besides the records: margin, discount rate, horizon, convention.
    pub assumptions: Vec<(String, String)>,
    /// Values of a customer and of the base.
    pub values: Vec<Value>,
    /// How long customers stay: everybody, and by one dimension at a time.
    pub survival: Vec<Survival>,
    /// Who is still there by cohort and age.
    pub cohorts: Option<Cohorts>,
    /// Churn and retention in every form, each with its denominator.
    pub forms: Vec<Form>,
    /// What a better score goes with.
    pub linkage: Option<Linkage>,
    /// From the value of the present base to that with those still to be won.
    pub equity: Vec<Step>,
    /// Where growth came from.
    pub growth: Vec<Step>,
    /// How well the model foretold days that were held back.
    pub backtest: Option<Backtest>,
    /// Customers in tenths, the most valuable first.
    pub deciles: Vec<Decile>,
    /// What cannot be said.
    pub absent: Vec<Question>,
}

/// A value.
#[derive(Debug, Clone)]
pub struct Value {
    /// Where it stands.
    pub ledger: Ledger,
    /// The figure.
    pub fact: Fact,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ledger {
    /// Among the values of the section.
    Own,
    /// One of the conventions of the same lifetime value.
    Convention,
    /// What values are made of: shares, means, costs.
    Side,
    /// Referrals, which are never added to the values of customers.
    Referral,
}

/// How long customers stay, by the groups of one dimension.
#[derive(Debug, Clone)]
pub struct Survival {
    /// The dimension; none for everybody as one curve.
    pub dimension: Option<String>,
    /// Curves in the order to draw them.
    pub curves: Vec<Curve>,
    /// Two-sided p value of no difference between the curves, corrected for all
    /// dimensions looked at, where they were compared.
    pub p: Option<f64>,
}

/// One group's curve.
#[derive(Debug, Clone)]
pub struct Curve {
    /// The group; empty for everybody.
    pub value: String,
    /// Customers.
    pub n: u64,
    /// Steps in order of age, the first at age 0.
    pub steps: Vec<CurveStep>,
    /// Last age at which anybody was watched, in months.
    pub end: f64,
    /// Ages at which customers were last seen without having left; empty where they are too many to draw.
    pub censored: Vec<f64>,
    /// Figures at round ages, in order of age.
    pub at: Vec<AtAge>,
    /// Age by which half have left, in months.
    pub median: Fact,
}

/// What holds from an age on.
#[derive(Debug, Clone, Copy)]
pub struct CurveStep {
    /// The age, in months.
    pub age: f64,
    /// Share of customers still there.
    pub share: f64,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
}

/// A figure at an age.
#[derive(Debug, Clone)]
pub struct AtAge {
    /// The age, in months.
    pub age: u32,
    /// Customers still watched then.
    pub at_risk: u64,
    /// The share still there.
    pub fact: Fact,
}

/// Who is still there by cohort and age.
#[derive(Debug, Clone)]
pub struct Cohorts {
    /// True where a customer counts who bought in the month; false where one who was still there at its end.
    pub bought: bool,
    /// One per month, from the first.
    pub rows: Vec<Cohort>,
}

/// Customers who came in one month.
#[derive(Debug, Clone)]
pub struct Cohort {
    /// The month: `2026-03`.
    pub label: String,
    /// One entry per month of life that was seen.
    pub cells: Vec<CohortCell>,
}

/// A cohort in one month of its life.
#[derive(Debug, Clone)]
pub struct CohortCell {
    /// Months since the cohort's first.
    pub month: u32,
    /// Share of the cohort that counts.
    pub share: Estimate,
    /// True where records end before the month does.
    pub partial: bool,
}

/// One way to count churn or retention.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is divided by, in English.
    pub base: String,
    /// The figure.
    pub fact: Fact,
}

/// What a better score goes with.
#[derive(Debug, Clone)]
pub struct Linkage {
    /// The score: `nps`.
    pub score: String,
    /// Days of the outcome window.
    pub window_days: u32,
    /// How it was found.
    pub grade: Grade,
    /// The causal share that the last column is cut by.
    pub kappa: Kappa,
    /// One entry per outcome.
    pub outcomes: Vec<OutcomeLink>,
}

/// The causal share.
#[derive(Debug, Clone, Copy)]
pub struct Kappa {
    /// Its mean.
    pub mean: f64,
    /// Lower and upper limit.
    pub interval: (f64, f64),
    /// True where it is assumed and no initiative was measured yet.
    pub assumed: bool,
}

/// What was found about one outcome.
#[derive(Debug, Clone)]
pub struct OutcomeLink {
    /// Its id: `kept`, `spend`.
    pub id: String,
    /// Its name, in English.
    pub name: String,
    /// What customers do, as a verb: `stay`.
    pub verb: String,
    /// Years that a lifetime value looks ahead; none where the outcome is that of the window.
    pub years: Option<f64>,
    /// One entry per band, the lowest first.
    pub levels: Vec<BandLevel>,
    /// Differences between bands.
    pub contrasts: Vec<Contrast>,
    /// Share of the base in which bands can be compared, 0..1.
    pub support: Option<f64>,
}

/// One band of one outcome.
#[derive(Debug, Clone)]
pub struct BandLevel {
    /// The band.
    pub band: String,
    /// Mean as the answers have it.
    pub raw: Estimate,
    /// Mean if the whole base were in it, other things as they are.
    pub adjusted: Estimate,
}

/// A difference between two bands in its three columns.
#[derive(Debug, Clone)]
pub struct Contrast {
    /// The upper band.
    pub upper: String,
    /// The lower band.
    pub lower: String,
    /// As the answers have it.
    pub raw: Estimate,
    /// After adjustment.
    pub adjusted: Fact,
    /// Adjusted times the causal share: what moving the score would bring.
    pub causal: Estimate,
    /// False where the intervals of the two adjusted bands share more than half of the shorter.
    pub distinguishable: bool,
    /// What a hidden factor would have to be like.
    pub hidden: Option<Hidden>,
    /// True where the difference was there before the answer, which the score cannot have made.
    pub before: bool,
    /// Chance that the difference is above zero, 0..1.
    pub chance: Option<f64>,
    /// Smallest difference that would have been seen.
    pub detectable: Option<f64>,
}

/// How strong a hidden factor would have to be to explain a difference.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// The strongest factor that was measured: `tenure`.
    pub benchmark: String,
    /// True where a hidden factor as strong as that one could not explain it.
    pub withstands: bool,
    /// Share of what is left unexplained in score and outcome that it would need, 0..1.
    pub robustness: Option<f64>,
}

/// One step of a bridge.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it is, in English.
    pub name: String,
    /// How much; bounds for an unknown part are its interval, by worst case.
    pub amount: Estimate,
    /// True for a level: the start, or a sum of the steps before.
    pub total: bool,
}

/// A forecast of days held back, beside what happened.
#[derive(Debug, Clone)]
pub struct Backtest {
    /// What is forecast, in English: `repeat purchases`.
    pub what: String,
    /// Stretches of time in order.
    pub points: Vec<BacktestPoint>,
    /// The last stretch that the models saw.
    pub fitted: String,
    /// The model that forecasts.
    pub chosen: String,
    /// The simple forecast that it has to beat.
    pub baseline: String,
    /// Why the chosen one was chosen, in English.
    pub why: String,
    /// What happened in the days held back.
    pub actual: f64,
    /// Every forecast of them.
    pub forecasts: Vec<Forecast>,
}

/// One stretch of time of a backtest.
#[derive(Debug, Clone)]
pub struct BacktestPoint {
    /// Its name: `2026-03`, or its first day.
    pub label: String,
    /// What happened.
    pub actual: Option<f64>,
    /// As the chosen model has it.
    pub model: Option<Estimate>,
    /// As the simple forecast has it.
    pub baseline: Option<f64>,
}

/// One forecast of the days held back.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// Whose.
    pub name: String,
    /// All of the days held back.
    pub total: Estimate,
    /// Its error over what happened; signed.
    pub error: f64,
    /// Root mean square error over the stretches held back, over their mean.
    pub by_stretch: f64,
    /// Whether the interval holds what happened.
    pub covers: Option<bool>,
}

/// A tenth of customers by value.
#[derive(Debug, Clone)]
pub struct Decile {
    /// Customers in it.
    pub customers: f64,
    /// Their value, all together.
    pub value: f64,
    /// Its share of the whole, 0..1.
    pub share: f64,
    /// Groups that are much more frequent here: dimension, group, share here, share in the base.
    pub marked: Vec<(String, String, f64, f64)>,
}

/// A question that cannot be answered.
#[derive(Debug, Clone)]
pub struct Question {
    /// What was asked for.
    pub about: About,
    /// Why not.
    pub absent: Absent,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Values of customers.
    Values,
    /// Values of contracts.
    Contracts,
    /// Values of buyers without a contract.
    Buyers,
    /// How long customers stay.
    Survival,
    /// Cohorts by age.
    Cohorts,
    /// What a better score goes with.
    Linkage,
    /// How well the model foretells.
    Backtest,
    /// The worth of one point of a score.
    Point,
}
