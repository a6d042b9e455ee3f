//! What section "What it is worth" is made of: figures of value and of what moves it, each with its origin.

use cx_core::ground::estimate::{Estimate, Refused};
use cx_core::ground::segment::Slice;

/// Findings on value, retention and the link between experience and both.
///
/// Everything is optional: the section says only what was found, and names
/// what was refused with what would lift it.
#[derive(Debug, Clone, Default)]
pub struct Worth {
    /// How values were counted.
    pub terms: Terms,
    /// Values of a customer and of the base.
    pub values: Vec<Value>,
    /// How long customers stay, by one dimension at a time.
    pub survival: Vec<Survival>,
    /// Who is still there by cohort and age.
    pub cohorts: Option<Cohorts>,
    /// Leaving, in each form with its denominator.
    pub churn: Vec<Churn>,
    /// Outcomes by score band.
    pub bands: Option<Bands>,
    /// What a better score goes with.
    pub links: Vec<Link>,
    /// From the customer equity of the period before to that of this one.
    pub equity: Vec<Step<EquityPart>>,
    /// Where the revenue of this period comes from.
    pub growth: Option<Growth>,
    /// How well the model of value foretold what happened.
    pub backtest: Option<Backtest>,
    /// Customers in tenths, the most valuable first.
    pub deciles: Vec<Decile>,
    /// What cannot be said.
    pub refused: Vec<Question>,
}

/// How values were counted.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Months that the value looks ahead; none where it has no end.
    pub horizon_months: Option<f64>,
    /// Discount rate a year, 0..1.
    pub rate: Option<f64>,
    /// True where the money is margin after variable cost; false where it is revenue.
    pub margin: bool,
    /// The model of how long customers stay and what they spend.
    pub model: Option<Model>,
}

/// A model of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Shifted beta-geometric: contracts with observed renewals.
    Sbg,
    /// BG/NBD with gamma-gamma: purchases without a contract.
    BgNbd,
    /// Life table with a constant tail.
    LifeTable,
    /// Average of the cohorts before.
    CohortAverage,
}

/// A figure with where it comes from.
#[derive(Debug, Clone)]
pub struct Found {
    /// Finding id: `clv:immediate`, `residual_clv/plan=basic`.
    pub id: String,
    /// Metric with its variant, as in the catalogue.
    pub metric: String,
    /// Whom it speaks about.
    pub slice: Slice,
    /// The figure with its interval, or why there is none.
    pub estimate: Estimate,
    /// The formula as it was run.
    pub formula: String,
    /// Where the definition comes from.
    pub source: String,
    /// The canonical table that it is made of.
    pub table: String,
    /// The command that shows the same.
    pub command: String,
}

/// What a value speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Lifetime value, first payment now and sure.
    ClvImmediate,
    /// Lifetime value, first payment after one period and sure.
    ClvEndCertain,
    /// Lifetime value, first payment after one period if still there.
    ClvEndConditional,
    /// Lifetime value of a new customer by the model.
    ClvModel,
    /// What is still to come from a customer of today.
    Residual,
    /// Sum of residual values.
    Equity,
    /// Lifetime value over the cost of winning a customer.
    ClvToCac,
    /// Revenue expected to be lost.
    AtRisk,
    /// Variable cost of service per customer.
    CostToServe,
    /// Worth of customers brought by customers, in its own ledger.
    Referral,
}

/// A value.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it speaks of.
    pub kind: ValueKind,
    /// The figure.
    pub found: Found,
}

/// How long customers stay, by the groups of one dimension.
#[derive(Debug, Clone)]
pub struct Survival {
    /// The dimension; none for everybody as one curve.
    pub dimension: Option<String>,
    /// Groups in the order to draw them.
    pub groups: Vec<SurvivalGroup>,
    /// Ages at which numbers at risk are given, in months.
    pub ages: Vec<f64>,
    /// Two-sided p value of no difference between the curves, where they were compared.
    pub p: Option<f64>,
}

/// One group's curve.
#[derive(Debug, Clone)]
pub struct SurvivalGroup {
    /// Finding id.
    pub id: String,
    /// The group; empty for everybody.
    pub value: String,
    /// Age in months, share still there from then on, limits.
    pub steps: Vec<(f64, f64, Option<f64>, Option<f64>)>,
    /// Last age at which anybody was watched, in months.
    pub end: f64,
    /// Ages at which customers were last seen without having left; empty where they are too many to draw.
    pub censored: Vec<f64>,
    /// The share at each of the ages; `size.n` counts those at risk.
    pub at_ages: Vec<Estimate>,
    /// When half have left, with its origin.
    pub median: Found,
}

/// Who is still there by cohort and age.
#[derive(Debug, Clone)]
pub struct Cohorts {
    /// Name of the metric, as in the catalogue.
    pub metric: String,
    /// First periods of customers: `2026-01`.
    pub cohorts: Vec<String>,
    /// Ages in months.
    pub ages: Vec<u32>,
    /// One entry per cohort and age that was seen.
    pub cells: Vec<CohortCell>,
}

/// One cohort at one age.
#[derive(Debug, Clone)]
pub struct CohortCell {
    /// Place of the cohort.
    pub cohort: usize,
    /// Place of the age.
    pub age: usize,
    /// Share still there.
    pub found: Found,
    /// True where the period does not hold all of its days.
    pub partial: bool,
}

/// Leaving in one form.
#[derive(Debug, Clone)]
pub struct Churn {
    /// What it is divided by.
    pub form: ChurnForm,
    /// The figure.
    pub found: Found,
}

/// What leaving is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChurnForm {
    /// Customers at the start.
    Start,
    /// The mean of customers at start and end.
    Average,
    /// The time that customers were there.
    Exposure,
    /// Revenue at the start.
    Revenue,
    /// Customers at the start, those who left by their own will.
    Voluntary,
    /// Customers at the start, those whose payment failed.
    Involuntary,
}

/// What a customer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Still there.
    Kept,
    /// Money spent.
    Spend,
    /// Orders placed.
    Orders,
    /// Contacts made.
    Contacts,
    /// Customers brought.
    Referrals,
    /// Value over the lifetime.
    LifetimeValue,
}

/// How sure it is that one thing moves the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Randomised, checks passed.
    Randomised,
    /// Quasi-experiment with passed checks.
    Quasi,
    /// Weighted or matched comparison, no design.
    Weighted,
    /// Association adjusted for covariates.
    Associated,
    /// Before and after, or a trend.
    Trend,
    /// A claim from a source.
    Claim,
}

/// Outcomes by score band, in three columns.
#[derive(Debug, Clone)]
pub struct Bands {
    /// Name of the score.
    pub score: String,
    /// Names of the bands, the lowest first.
    pub bands: Vec<String>,
    /// One entry per outcome.
    pub outcomes: Vec<BandOutcome>,
    /// Causal share that the last column is cut by.
    pub kappa: Estimate,
    /// True where that share is assumed and not measured.
    pub kappa_assumed: bool,
    /// Share of the base for which the comparison holds, 0..1.
    pub support: f64,
    /// How the columns were adjusted.
    pub grade: Grade,
}

/// One outcome by score band.
#[derive(Debug, Clone)]
pub struct BandOutcome {
    /// The outcome.
    pub outcome: Outcome,
    /// Days over which it was watched; none for a lifetime.
    pub window_days: Option<u32>,
    /// One row per band.
    pub rows: Vec<BandRow>,
}

/// One band of an outcome.
#[derive(Debug, Clone)]
pub struct BandRow {
    /// As it was seen.
    pub raw: Estimate,
    /// Other things as they are; with its origin.
    pub adjusted: Found,
    /// The same, with only the causal share of its distance to the lowest band.
    pub causal: Estimate,
    /// For each column: can it be told from the band before? None for the lowest band.
    pub apart: Option<[bool; 3]>,
}

/// What one band or point more of a score goes with.
#[derive(Debug, Clone)]
pub struct Link {
    /// Name of the score.
    pub score: String,
    /// The outcome.
    pub outcome: Outcome,
    /// Days over which the outcome was watched; none for a lifetime.
    pub window_days: Option<u32>,
    /// The difference after adjustment.
    pub found: Found,
    /// The difference before.
    pub raw: Option<f64>,
    /// How sure it is that one moves the other.
    pub grade: Grade,
    /// What a hidden factor would have to be like.
    pub hidden: Option<Hidden>,
    /// Chance that the difference is above zero, 0..1.
    pub chance: Option<f64>,
    /// Smallest difference that would have been seen.
    pub detectable: Option<f64>,
}

/// How strong a hidden factor would have to be to explain a link.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// A factor that was measured: `tenure`.
    pub benchmark: String,
    /// True where a hidden factor as strong as that one could not explain the link.
    pub withstands: bool,
    /// Share of what is left unexplained in score and outcome that it would need, 0..1.
    pub robustness: f64,
}

/// One step from a level to the next.
#[derive(Debug, Clone)]
pub struct Step<P> {
    /// Which step.
    pub part: P,
    /// A level or a difference; bounds for unknown parts are its interval, by worst case.
    pub found: Found,
}

/// A step of customer equity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EquityPart {
    /// Equity before.
    Before,
    /// Value of customers who left.
    Lost,
    /// Change of the value of customers who stayed.
    Stayed,
    /// Value of customers who came.
    New,
    /// Value of customers whose first day is not known.
    Unknown,
    /// Other terms: rate, margin, model.
    Terms,
    /// Equity after.
    After,
}

/// Where the revenue of this period comes from.
#[derive(Debug, Clone)]
pub struct Growth {
    /// From the revenue before to the revenue now.
    pub steps: Vec<Step<GrowthPart>>,
    /// Rates over the revenue before.
    pub rates: Vec<Step<GrowthRate>>,
}

/// A step of revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrowthPart {
    /// Revenue before.
    Before,
    /// Revenue of customers who did not come back.
    Lost,
    /// More or less revenue from those who did.
    Returning,
    /// Customers who came by recommendation.
    Earned,
    /// Customers who were bought.
    Bought,
    /// New customers of unknown origin.
    Unknown,
    /// Revenue now.
    After,
}

/// A rate of growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrowthRate {
    /// Growth of revenue.
    Total,
    /// Revenue of customers of the period before, over theirs then.
    NetRetention,
    /// Growth from returning customers and their recommendations.
    Earned,
    /// Growth from customers who were bought.
    Bought,
    /// Earned growth over all growth.
    Ratio,
}

/// A forecast against what happened.
#[derive(Debug, Clone)]
pub struct Backtest {
    /// Periods in time order.
    pub points: Vec<BacktestPoint>,
    /// Name of the last period that was fitted.
    pub fitted: String,
    /// The model.
    pub model: Model,
    /// The simple forecast.
    pub baseline: Model,
    /// Error of the model on the periods that it did not see, with its origin.
    pub error: Found,
    /// Error of the simple forecast on the same.
    pub baseline_error: Estimate,
    /// Share of periods whose truth lay inside the model's interval.
    pub coverage: Estimate,
    /// Which of the two is used.
    pub verdict: BacktestVerdict,
}

/// One period of a backtest.
#[derive(Debug, Clone)]
pub struct BacktestPoint {
    /// The period.
    pub period: String,
    /// What happened.
    pub actual: Option<f64>,
    /// What the model says.
    pub model: Option<Estimate>,
    /// What the simple forecast says.
    pub baseline: Option<f64>,
}

/// What a backtest came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BacktestVerdict {
    /// The model errs less and is used.
    Model,
    /// The simple forecast errs less and is used.
    Baseline,
    /// They cannot be told apart: the simpler one is used.
    Tie,
}

/// A tenth of customers by value.
#[derive(Debug, Clone)]
pub struct Decile {
    /// Customers in it.
    pub n: u64,
    /// Share of the value of all, 0..1.
    pub share: f64,
    /// Value per customer, with its origin.
    pub mean: Found,
    /// Groups that are much more frequent here than elsewhere: dimension, group, and how many times as frequent.
    pub marked: Vec<(String, String, f64)>,
}

/// A question that cannot be answered.
#[derive(Debug, Clone)]
pub struct Question {
    /// What was asked for.
    pub about: About,
    /// Why not, and what would lift it.
    pub refused: Refused,
}

/// What a refused question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A value.
    Value(ValueKind),
    /// How long customers stay.
    Survival,
    /// What a better score goes with.
    Link(Outcome),
    /// Outcomes by score band.
    Bands,
    /// Earned and bought growth.
    Growth,
    /// How well the model foretells.
    Backtest,
    /// The worth of one point of a score.
    Point,
}
