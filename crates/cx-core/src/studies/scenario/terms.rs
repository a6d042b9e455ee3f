//! What is asked of a scenario, with every assumption.

use super::{Amount, Change, Key};
use crate::infer::draws::DRAWS;
use crate::infer::optimism::Ratio;

/// One change of a scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// What changes.
    pub key: Key,
    /// By how much.
    pub change: Change,
    /// Share of the change that is left after the first year: least, most likely, most.
    pub lasting: [f64; 3],
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Whose draws they are: part of the names that key them.
    pub id: String,
    /// The changes; none for the base alone.
    pub terms: Vec<Term>,
    /// Base values given by hand, which take the place of measured ones; `customers` by its own field.
    pub given: Vec<(Key, Amount)>,
    /// Customers that the change reaches; those of the base where it is not said.
    pub customers: Option<f64>,
    /// True where rates and amounts are those of a year, and not of a month.
    pub yearly: bool,
    /// Spent once, at the start.
    pub cost: Amount,
    /// Running cost of a year.
    pub cost_yearly: Amount,
    /// Running cost of a year for every active customer.
    pub cost_per_customer: Amount,
    /// Share of spared service that is cash.
    pub cash: Amount,
    /// Months looked at.
    pub horizon_months: u32,
    /// The return that is asked for, as a share.
    pub hurdle: f64,
    /// Joint draws.
    pub draws: u32,
    /// Family of initiatives that the forecast is of.
    pub family: String,
    /// What resolved promises delivered.
    pub delivered: Vec<Ratio>,
    /// True where the benefit is taken as promised.
    pub as_promised: bool,
}

impl Term {
    /// How much of a change is left, where nobody says.
    pub const USUAL: [f64; 3] = [0.0, 0.5, 1.0];
}

impl Default for Request {
    fn default() -> Self {
        Self {
            id: "scenario".to_owned(),
            terms: Vec::new(),
            given: Vec::new(),
            customers: None,
            yearly: false,
            cost: Amount::Sure(0.0),
            cost_yearly: Amount::Sure(0.0),
            cost_per_customer: Amount::Sure(0.0),
            cash: Amount::Sure(1.0),
            horizon_months: 36,
            hurdle: 0.0,
            draws: DRAWS,
            family: "other".to_owned(),
            delivered: Vec::new(),
            as_promised: false,
        }
    }
}
