//! What is planned, with every assumption: as `plan.toml` has it.

use crate::ground::expr::Expr;
use crate::ground::period::Day;
use crate::infer::portfolio::Objective;
use crate::studies::scenario::{Amount, Key, Request};

/// Months that a test lasts, where nobody says.
pub const TEST_MONTHS: u32 = 12;

/// What may be done, and what limits it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// The day on which work may begin; the first after the records where it is not said.
    pub starts: Option<Day>,
    /// Expected cost at present values that may be spent over the horizon.
    pub budget: Option<f64>,
    /// What may be spent in each year from the start, not discounted.
    pub by_year: Vec<f64>,
    /// What the chosen set is best by.
    pub objective: Objective,
    /// Months that a test by lot lasts.
    pub test_months: u32,
    /// Figures of the base that take the place of measured ones, a month.
    pub given: Vec<(Key, Amount)>,
    /// Who works on it.
    pub teams: Vec<Team>,
    /// What may be done.
    pub candidates: Vec<Candidate>,
}

/// A team and how much it can do.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Its name.
    pub id: String,
    /// What it has for the whole plan, in whatever `needs` are counted in.
    pub capacity: f64,
}

/// An initiative that may be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its id, as the register will have it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its strategy, one of those of the register.
    pub strategy: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The day on which work begins; as the order of the plan has it where it is not said.
    pub starts: Option<Day>,
    /// Months of work until customers see it.
    pub work_months: f64,
    /// Customers that it is for: a condition on `customers`; all without one.
    pub population: Option<Condition>,
    /// What it is expected to change, and what it costs.
    pub request: Request,
    /// What it takes of teams.
    pub needs: Vec<(String, f64)>,
    /// Candidates without which it cannot be.
    pub requires: Vec<String>,
    /// Candidates with which it cannot be.
    pub excludes: Vec<String>,
    /// The one it is another size of: of those that share it one is done.
    pub variant_of: Option<String>,
    /// What a test of it would cost besides what it withholds; what is spent at the start where it is not
    /// said, since there is nothing to test before it is made.
    pub test_cost: Option<f64>,
}

/// A condition as it was written and as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// As it was written.
    pub text: String,
    /// As it is read.
    pub expr: Expr,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            name: String::new(),
            starts: None,
            budget: None,
            by_year: Vec::new(),
            objective: Objective::Mean,
            test_months: TEST_MONTHS,
            given: Vec::new(),
            teams: Vec::new(),
            candidates: Vec::new(),
        }
    }
}
