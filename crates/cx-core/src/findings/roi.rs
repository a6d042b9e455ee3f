//! What initiatives gave back, how sure that is, and by what evidence.

use super::value::or_absent;
use super::{ClaimBeside, Fact, Records};
use crate::ground::estimate::{Absent, Estimate, Refused};
use crate::ground::evidence::Grade;
use crate::ground::unit::Unit;
use serde::Serialize;

/// Everything the study of initiatives says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoiReport {
    /// The last complete day of records.
    pub as_of: String,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// Level of every interval of an effect.
    pub level: f64,
    /// What money rests on besides the records: rate, horizon, hurdle, draws.
    pub assumptions: Vec<(String, String)>,
    /// The initiatives, in the order they began.
    pub initiatives: Vec<InitiativeFound>,
    /// All that have a value, together.
    #[serde(serialize_with = "or_absent")]
    pub programme: Result<Programme, Absent>,
    /// What the claims together are held against.
    #[serde(serialize_with = "or_absent")]
    pub guard: Result<GuardFound, Absent>,
    /// Every figure, for `cx explain`.
    pub facts: Vec<Fact>,
    /// Where the rows went.
    pub records: Vec<Records>,
}

/// One initiative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InitiativeFound {
    /// Its id.
    pub id: String,
    /// Its name; the id where it has none.
    pub name: String,
    /// What kind of thing it is, by the strategies of the records.
    pub strategy: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// First day.
    pub started: Option<String>,
    /// The metric it should move.
    pub target_metric: Option<String>,
    /// The stream of money that it is priced by: `retention`, `spend`, `service`.
    pub stream: Option<String>,
    /// Every design, from best to least, with the reason where the records do not allow it.
    pub designs: Vec<DesignFound>,
    /// The design used; none where no effect can be given.
    pub design: Option<String>,
    /// What was compared.
    pub compared: Option<Compared>,
    /// Effects, the priced one first.
    pub outcomes: Vec<OutcomeEffect>,
    /// What was looked at before the effect was believed.
    pub checks: Vec<CheckFound>,
    /// Effects by time since the start, those before it too, where the design has them.
    pub path: Vec<PathPoint>,
    /// How the effect was found, after failed checks lowered it.
    pub grade: Option<Grade>,
    /// What it is worth; why that cannot be said.
    #[serde(serialize_with = "or_absent")]
    pub money: Result<MoneyFound, Absent>,
    /// What cannot be said, with what would lift it.
    pub refused: Vec<Refused>,
    /// What others claim of such initiatives, beside the own effect.
    pub claims: Vec<ClaimBeside>,
    /// Other initiatives that met the same customers or units at the same time.
    pub overlaps: Vec<String>,
}

/// A design and whether the records allow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DesignFound {
    /// `randomised`, `discontinuity`, `differences`, `synthetic`, `controlled_series`, `series`, `weighted`, `linkage`.
    pub design: String,
    /// The grade it has when its checks pass.
    pub grade: Grade,
    /// Why the records do not allow it; none where they do.
    pub missing: Option<String>,
}

/// Who was compared with whom, and when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// What was assigned: `customers`, the column of the units, or [`Compared::EVERYBODY`].
    pub assigned: String,
    /// Treated customers or units.
    pub treated: u64,
    /// The others.
    pub control: u64,
    /// Customers that the effect and the cost are about.
    pub population: u64,
    /// Shares of the assigned and of the others whom it reached, where the records say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<(f64, f64)>,
    /// First day of outcomes.
    pub from: String,
    /// Last day of outcomes.
    pub until: String,
    /// Months of outcomes.
    pub months: f64,
}

impl Compared {
    /// What is assigned where nobody was left without.
    pub const EVERYBODY: &str = "everybody";
}

/// The effect on one outcome, beside what naive comparisons would say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeEffect {
    /// `kept`, `margin`, `spend`, `orders`, `cost_to_serve`, `contacts`, `satisfied`.
    pub id: String,
    /// Its name, with what it is per.
    pub name: String,
    /// Unit.
    pub unit: Unit,
    /// With less without, by the design.
    pub effect: Estimate,
    /// Where the comparison stands without the initiative.
    pub without: Option<f64>,
    /// The effect over that, where it is not 0.
    pub relative: Option<f64>,
    /// After less before among the treated: what moved at the same time, no effect.
    pub before_after: Option<Estimate>,
    /// Treated less others as they stand: those who differ from the start differ here too.
    pub as_they_stand: Option<Estimate>,
    /// The effect on those who took it up because they were assigned; none where all did, or nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takers: Option<Estimate>,
    /// The smallest effect that this comparison finds in four of five cases.
    pub detectable: Option<f64>,
    /// True where money is counted by it.
    pub priced: bool,
}

/// Something looked at before an effect is believed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckFound {
    /// What was looked at.
    pub name: String,
    /// Whether it went well.
    pub passed: bool,
    /// What was found, in words with figures.
    pub says: String,
}

/// An effect at a time since the start.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PathPoint {
    /// Months since the start; negative before it.
    pub month: i64,
    /// The effect.
    pub value: f64,
    /// Lower limit of the band that holds all points at once.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
}

/// What an initiative is worth, in joint draws.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MoneyFound {
    /// Months from the start that benefits and costs are counted for.
    pub horizon_months: u32,
    /// Discount rate a year.
    pub rate: f64,
    /// Draws.
    pub draws: u32,
    /// Parts of the benefit, which add up to it exactly at the medians of the inputs.
    pub streams: Vec<StreamFound>,
    /// Present value of the benefit: median, 5 and 95 %.
    pub benefit: Estimate,
    /// Present value of the cost.
    pub cost: Estimate,
    /// Net present value.
    pub npv: Estimate,
    /// Return on investment, (benefit − cost)/cost.
    pub roi: Estimate,
    /// The rate a year at which it would just pay, limits over draws.
    pub internal_rate: Estimate,
    /// The three forms of the return at the medians: standard, gross, and (net profit − cost)/cost.
    pub forms: Option<[f64; 3]>,
    /// Net present value at 5, 10, 25, 50, 75, 90 and 95 %.
    pub quantiles: [f64; 7],
    /// Counts of draws in bins of equal width from the first to the second border.
    pub density: Density,
    /// Chance that it pays.
    pub pays: f64,
    /// The return that is asked for.
    pub hurdle: f64,
    /// Chance that the return is above it.
    pub above_hurdle: f64,
    /// Mean of the worst twentieth.
    pub shortfall: f64,
    /// Years until it has paid back, discounted, at the medians; none where it never does.
    pub payback_years: Option<f64>,
    /// What half a year's delay costs at the medians.
    pub half_year_delay: Option<f64>,
    /// The effect at which it just pays; none where it always or never does.
    pub break_even: Option<f64>,
    /// Where there is none: true where it always pays.
    pub always_pays: bool,
    /// Break-even effect over the smallest that the comparison finds; below 1 it could miss what pays.
    pub detectability: Option<f64>,
    /// Inputs, how they are drawn, and what hangs on them, the most telling first.
    pub inputs: Vec<InputFound>,
    /// The most that knowing everything beforehand would be worth.
    pub perfect_information: f64,
    /// True where costs after the last day of records are taken on at their usual rate.
    pub costs_go_on: bool,
    /// What is left of it where the claims together are more than the company gained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

/// Money whose gains were scaled to what the company can have gained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// Factor on the gains, 0..1.
    pub factor: f64,
    /// Present value of the benefit that fits.
    pub benefit: Estimate,
    /// Net present value with it.
    pub npv: Estimate,
    /// Chance that it pays.
    pub pays: f64,
}

/// A part of the benefit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StreamFound {
    /// `retention`, `spend`, `interaction`, `service`, `service_not_cash`.
    pub id: String,
    /// What it is.
    pub name: String,
    /// Its present value at the medians.
    pub value: f64,
    /// True where it counts in the benefit; what is no cash stands beside.
    pub counted: bool,
}

/// Draws in bins of equal width.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Density {
    /// Lower border of the first bin.
    pub from: f64,
    /// Upper border of the last.
    pub to: f64,
    /// Draws in each.
    pub counts: Vec<u32>,
}

/// One uncertain input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputFound {
    /// Its name.
    pub name: String,
    /// `data`, `design`, `prior`, `judgement`, `fixed`.
    pub provenance: String,
    /// How it is drawn, in words.
    pub drawn: String,
    /// Net present value with this input at its 10 and 90 %, the others at their medians.
    pub swing: (f64, f64),
    /// Share of the variance that would stay if all others were known.
    pub total_index: Option<f64>,
    /// What it would be worth to know it.
    pub information: f64,
}

/// Initiatives together, draw by draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Programme {
    /// The initiatives in it.
    pub initiatives: Vec<String>,
    /// Those left out, for want of a value.
    pub left_out: Vec<String>,
    /// Net present value.
    pub npv: Estimate,
    /// Present value of the benefit.
    pub benefit: Estimate,
    /// Present value of the cost.
    pub cost: Estimate,
    /// Return: Σ net present value over Σ cost in every draw.
    pub roi: Estimate,
    /// Chance that they pay together.
    pub pays: f64,
    /// Lowest grade among them.
    pub grade: Grade,
    /// Draws in bins.
    pub density: Density,
    /// Net present value as claimed, where gains were scaled to what the company can have gained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_claimed: Option<Estimate>,
}

/// Claims together against what the company gained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GuardFound {
    /// Months looked at, since the first initiative.
    pub months: u32,
    /// Margin of these months as it was.
    pub actual: f64,
    /// As the months before foretell it.
    pub foretold: Estimate,
    /// The most that the company can have gained: the upper end of the 90 % interval.
    pub bound: f64,
    /// What the initiatives claim for the same months.
    pub claimed: f64,
    /// Factor on their gains; 1 where they fit.
    pub factor: f64,
    /// What each claims for these months, and what of it fits.
    pub claims: Vec<ClaimHeld>,
}

/// What one initiative claims for the months held against the company.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimHeld {
    /// The initiative.
    pub initiative: String,
    /// Margin claimed.
    pub claimed: f64,
    /// Margin that fits.
    pub fits: f64,
}
