//! What all models of repeat purchases can say.

use super::Cell;
use super::table::{Sum, Table};

/// Mean and variance of a number of purchases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Expected number.
    pub mean: f64,
    /// Variance from customer to customer and from luck, at fixed parameters.
    pub variance: f64,
}

impl Moments {
    /// Of a number that is 0 with chance 1 − p and otherwise has these first and second moments.
    pub(super) fn mixed(p: f64, first: f64, second: f64) -> Self {
        let mean = p * first;
        Self { mean, variance: mean.mul_add(-mean, p * second).max(0.0) }
    }
}

/// A model of repeat purchases with four positive parameters.
pub trait Model: Copy + Sync + std::fmt::Debug + PartialEq {
    /// Its parameters' names, in order.
    const NAMES: [&'static str; 4];

    /// The model with these parameters, all positive.
    fn new(parameters: [f64; 4]) -> Self;

    /// Its parameters, in the order of their names.
    fn parameters(&self) -> [f64; 4];

    /// True where a customer can have this history.
    fn possible(cell: &Cell) -> bool {
        cell.possible()
    }

    /// The log-likelihood of one customer's history, and its gradient over the
    /// logs of the parameters.
    fn log_likelihood(&self, cell: &Cell) -> (f64, [f64; 4]);

    /// The log-likelihood of all cells of a table, and its gradient: the sum of
    /// [`Model::log_likelihood`] beyond rounding, many times faster where the
    /// model knows how.
    fn total(&self, table: &Table) -> Sum {
        table.sum(|piece| piece.one_by_one(self, &table.times))
    }

    /// The probability that a customer with this history has not left.
    fn alive(&self, cell: &Cell) -> f64;

    /// Purchases of a customer with this history in (T, T+t].
    fn ahead(&self, cell: &Cell, t: f64) -> Moments;

    /// Repeat purchases of a new customer within t.
    fn fresh(&self, t: f64) -> Moments;

    /// Where searches start, in the unit of time of the cells.
    fn starts(cells: &[Cell]) -> Vec<[f64; 4]>;

    /// The simpler model that a likelihood running in this direction of the
    /// logs of the parameters leads to.
    fn limit(direction: &[f64]) -> Option<&'static str>;
}

/// Which parameters a direction moves: +1 up, −1 down, 0 not.
pub(super) fn moves(direction: &[f64]) -> [i8; 4] {
    let largest = direction.iter().fold(0.0_f64, |m, d| m.max(d.abs()));
    let mut signs = [0; 4];
    for (sign, d) in signs.iter_mut().zip(direction) {
        if d.abs() >= 0.3 * largest {
            *sign = if *d > 0.0 { 1 } else { -1 };
        }
    }
    signs
}

/// The mean of a time over the cells, where it is positive, else 1.
pub(super) fn mean_age(cells: &[Cell]) -> f64 {
    let count: f64 = cells.iter().map(|c| c.count).sum();
    let mean = cells.iter().map(|c| c.count * c.age).sum::<f64>() / count;
    if mean > 0.0 && mean.is_finite() { mean } else { 1.0 }
}
