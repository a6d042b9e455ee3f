//! Who stays: what the study of retention found.

use super::{Fact, Propensity};
use crate::ground::estimate::{Absent, Caveat, Estimate, Refused};
use crate::ground::segment::Slice;
use serde::Serialize;

/// A part of a study, or why it cannot be given.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part<T> {
    /// What was found.
    Found(T),
    /// Why there is nothing.
    Absent(Absent),
}

impl<T> Part<T> {
    /// What was found, if anything was.
    pub const fn found(&self) -> Option<&T> {
        match self {
            Self::Found(x) => Some(x),
            Self::Absent(_) => None,
        }
    }
}

/// Who stays. Ages are in months of 30.4375 days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retention {
    /// The last complete day of records.
    pub as_of: Option<String>,
    /// First and last day covered.
    pub covered: Option<(String, String)>,
    /// Level of every interval.
    pub level: f64,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// How long customers stay.
    pub survival: Part<Survival>,
    /// What they leave for.
    pub causes: Part<Causes>,
    /// What goes with leaving.
    pub drivers: Part<Drivers>,
    /// Customers by the month they came.
    pub cohorts: Part<Cohorts>,
    /// Churn and retention in every form, each with its denominator.
    pub forms: Vec<Form>,
    /// Chances to leave.
    pub leaving: Part<Propensity>,
    /// Chances to buy again, of buyers.
    pub buying: Part<Propensity>,
}

/// How long customers stay.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Survival {
    /// The table whose rows live and end: `customers` or `subscriptions`.
    pub table: String,
    /// Everybody.
    pub whole: Curve,
    /// Groups of one dimension, where some were asked for or differ.
    pub by: Option<Groups>,
    /// The test of every dimension looked at, the clearest first.
    pub looks: Vec<GroupTest>,
    /// Doubts about all curves.
    pub caveats: Vec<Caveat>,
}

/// A survival curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// Whom it speaks about.
    pub slice: Slice,
    /// Customers.
    pub n: u64,
    /// Those who left.
    pub left: u64,
    /// Steps in order of age, the first at age 0.
    pub steps: Vec<Step>,
    /// Figures at round ages: `retention/survival/12`, `retention/survival/plan=gold/12`.
    pub at: Vec<AtAge>,
    /// Age by which half have left.
    pub median: Fact,
    /// Mean months stayed up to a horizon, which its id ends with.
    pub mean: Fact,
    /// Rate of leaving month by month.
    pub hazard: Vec<MonthlyHazard>,
}

/// A step of a curve: what holds from an age on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Step {
    /// The age, in months.
    pub age: f64,
    /// Share of customers still there just after it.
    pub value: f64,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// Customers under watch just before the age.
    pub at_risk: u64,
}

/// A figure at an age.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AtAge {
    /// The age, in months.
    pub age: u32,
    /// Customers under watch at the age.
    pub at_risk: u64,
    /// The figure.
    pub fact: Fact,
}

/// The rate of leaving in one month of age: the growth of Nelson and Aalen's cumulative hazard.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MonthlyHazard {
    /// The month of age, 1 for the first.
    pub month: u32,
    /// Customers under watch when it begins.
    pub at_risk: u64,
    /// Those who left in it.
    pub left: u64,
    /// Events per customer and month.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Curves of the groups of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Groups {
    /// The dimension; several are joined by commas.
    pub dimension: String,
    /// One curve per group, the most loyal first.
    pub curves: Vec<Curve>,
    /// Whether they differ.
    pub test: GroupTest,
}

/// Whether the groups of a dimension leave at the same rate (log-rank).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupTest {
    /// The dimension.
    pub dimension: String,
    /// Groups compared.
    pub groups: usize,
    /// The statistic.
    pub chi_square: Option<f64>,
    /// Degrees of freedom.
    pub df: u32,
    /// Chance of at least this much if all left alike.
    pub p: Option<f64>,
    /// The same, corrected for all dimensions looked at (Benjamini-Hochberg).
    pub p_adjusted: Option<f64>,
    /// True where the corrected p value is below 1 − level.
    pub significant: bool,
    /// Why there is no test.
    pub refused: Option<Refused>,
}

/// What customers leave for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Causes {
    /// The column that tells.
    pub column: String,
    /// Those who left.
    pub left: u64,
    /// Of these without a stated cause.
    pub unstated: u64,
    /// The causes, the commonest first.
    pub causes: Vec<Cause>,
}

/// One cause of leaving.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cause {
    /// Its name.
    pub name: String,
    /// Those who left for it.
    pub left: u64,
    /// Its share among those whose cause is stated: `retention/reason/NAME`.
    pub share: Fact,
    /// Share of all customers lost to it by an age, the other causes competing: `retention/left_for/NAME/12`.
    pub at: Vec<AtAge>,
    /// The same at every age of the curve, in months.
    pub steps: Vec<Step>,
}

/// What goes with leaving: proportional hazards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drivers {
    /// Customers.
    pub n: u64,
    /// Those who left.
    pub left: u64,
    /// Hazard ratios, by covariate and level.
    pub effects: Vec<Effect>,
    /// Share of pairs in which the one at greater risk left first; 0.5 is chance.
    pub concordance: Option<f64>,
    /// p value that no effect drifts with age.
    pub drift_p: Option<f64>,
    /// What the check of proportionality says.
    pub said: String,
    /// Columns not in the model, each with its reason.
    pub left_out: Vec<(String, String)>,
}

/// One level of a covariate against its reference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// The covariate.
    pub covariate: String,
    /// The level.
    pub level: String,
    /// The level it is held against.
    pub against: String,
    /// Customers at the level.
    pub n: u64,
    /// How many times the rate of leaving of the reference: `retention/hazard_ratio/plan=gold`.
    pub hazard_ratio: Fact,
    /// Two-sided p value.
    pub p: f64,
    /// The same, corrected for all effects of the model.
    pub p_adjusted: f64,
    /// True where the corrected p value is below 1 − level.
    pub significant: bool,
    /// p value that the effect does not drift with age.
    pub drift_p: Option<f64>,
}

/// What makes a customer belong to a month of a triangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortKind {
    /// Bought in it.
    Bought,
    /// Was still a customer at its end.
    Stayed,
}

/// Customers by the month they came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cohorts {
    /// What makes a customer count.
    pub kind: CohortKind,
    /// One per month, from the first.
    pub cohorts: Vec<Cohort>,
    /// All cohorts old enough, by age: `retention/cohort/1`.
    pub ages: Vec<AtAge>,
    /// Doubts about all of them.
    pub caveats: Vec<Caveat>,
}

/// Customers who came in one month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cohort {
    /// The month, as `2026-03`.
    pub label: String,
    /// Customers; none where they are too few to be shown.
    pub customers: Option<u64>,
    /// Months from the first to the last of the records; later ones are not there.
    pub cells: Vec<CohortCell>,
}

/// A cohort in one month of its life.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CohortCell {
    /// Months since the cohort's first.
    pub month: u32,
    /// Share of the cohort that counts, Wilson's interval.
    pub share: Estimate,
    /// What the cohort spent in the month, major units.
    pub amount: Option<f64>,
    /// False where records end before the month does: the figure is too low and may not be compared.
    pub complete: bool,
}

/// One way to count churn or retention.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Form {
    /// The metric's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is divided by.
    pub base: String,
    /// The period it speaks about.
    pub period: String,
    /// The figure: `retention/form/churn_rate_start`.
    pub fact: Fact,
}

impl Curve {
    fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.at.iter().map(|a| &a.fact).chain([&self.median, &self.mean])
    }
}

impl Retention {
    /// Every figure with an id.
    pub fn facts(&self) -> Vec<&Fact> {
        let mut facts: Vec<&Fact> = Vec::new();
        if let Some(survival) = self.survival.found() {
            facts.extend(survival.whole.facts());
            facts.extend(survival.by.iter().flat_map(|g| &g.curves).flat_map(Curve::facts));
        }
        if let Some(causes) = self.causes.found() {
            for cause in &causes.causes {
                facts.push(&cause.share);
                facts.extend(cause.at.iter().map(|a| &a.fact));
            }
        }
        facts.extend(self.drivers.found().iter().flat_map(|d| &d.effects).map(|e| &e.hazard_ratio));
        facts.extend(self.cohorts.found().iter().flat_map(|c| &c.ages).map(|a| &a.fact));
        facts.extend(self.forms.iter().map(|f| &f.fact));
        for part in [&self.leaving, &self.buying] {
            facts.extend(part.found().into_iter().flat_map(Propensity::facts));
        }
        facts
    }

    /// A figure by its id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts().into_iter().find(|fact| fact.id == id)
    }
}
