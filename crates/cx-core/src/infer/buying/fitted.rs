//! A model fitted to cells.

use super::table::in_order;
use super::{Cell, Model, Table};
use crate::ground::estimate::{Absent, Interval, Refused};
use crate::infer::Level;
use crate::infer::fit::{Fit, NoFit, Search, maximise, profile};

/// A model at its maximum likelihood.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted<M> {
    /// The model.
    pub model: M,
    /// The search: value, convergence, information, over the logs of the parameters.
    pub fit: Fit,
    /// Customers in all.
    pub customers: f64,
    /// Cells with any customer.
    pub cells: usize,
}

/// The log-likelihood of cells at the logs of a model's parameters; writes its gradient.
///
/// The sum runs in the order of the cells, so that the same cells give the same bytes.
pub fn log_likelihood<M: Model>(cells: &[Cell], at: &[f64], gradient: &mut [f64]) -> f64 {
    gradient.fill(0.0);
    let model = at_logs::<M>(at);
    let mut sum = 0.0;
    for cell in cells {
        let (value, slopes) = model.log_likelihood(cell);
        sum += cell.count * value;
        for (total, slope) in gradient.iter_mut().zip(slopes) {
            *total += cell.count * slope;
        }
    }
    sum
}

/// The same of a table, for a search.
fn total<M: Model>(table: &Table, at: &[f64], gradient: &mut [f64]) -> f64 {
    let (value, slopes) = at_logs::<M>(at).total(table);
    gradient.copy_from_slice(&slopes);
    value
}

/// The model at the logs of its parameters.
pub fn at_logs<M: Model>(at: &[f64]) -> M {
    M::new(std::array::from_fn(|k| at[k].exp()))
}

/// Fits a model to cells by maximum likelihood.
///
/// The time unit of the parameters is that of the cells. Cells of count 0 are passed over.
///
/// # Errors
/// No customer; a history that cannot be; and, named, what no fit can mend:
/// nobody came back, everybody has the same history, a likelihood without a
/// peak (with the simpler model that the data point to, where it has a name).
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{BgNbd, Cell, fit};
/// // Histories (x, t_x, T) in weeks with the customers who have them.
/// let cells: Vec<Cell> = [
///     (0.0, 0.0, 38.0, 60.0), (1.0, 2.0, 38.0, 9.0), (1.0, 20.0, 38.0, 6.0), (2.0, 9.0, 38.0, 5.0),
///     (2.0, 31.0, 38.0, 5.0), (4.0, 35.0, 38.0, 3.0), (5.0, 16.0, 38.0, 3.0), (9.0, 36.0, 38.0, 2.0),
/// ].iter().map(|&(x, t, age, n)| Cell::one(x, t, age).times(n, 0)).collect();
/// let fitted = fit::<BgNbd>(&cells).unwrap();
/// assert!(fitted.fit.converged());
/// assert!((fitted.model.r - 0.3).abs() < 0.2);
/// // Nobody came back: there is no rate to estimate.
/// assert!(fit::<BgNbd>(&cells[..1]).is_err());
/// ```
pub fn fit<M: Model>(cells: &[Cell]) -> Result<Fitted<M>, Absent> {
    let cells = in_order(cells);
    refuse::<M>(&cells)?;
    let table = Table::of(&cells);
    let f = |at: &[f64], gradient: &mut [f64]| total::<M>(&table, at, gradient);
    let mut starts: Vec<Vec<f64>> =
        M::starts(&cells).iter().map(|s| s.iter().map(|p| p.ln()).collect()).collect();
    if let Some(near) = pilot::<M>(&cells, &starts) {
        starts = vec![near];
    }
    let fit = maximise(&f, &starts, &Search::default()).map_err(|why: NoFit| {
        refused("likelihood without a value", why.to_string(), "look for extreme values in the data")
    })?;
    if let Some(mut refused) = fit.refusal(&M::NAMES) {
        if let crate::infer::fit::Verdict::Flat { direction } = &fit.verdict
            && let Some(limit) = M::limit(direction)
        {
            refused.reason = format!("{}: {limit}", refused.reason);
        }
        return Err(Absent::Refused(refused));
    }
    let customers = cells.iter().map(|c| c.count).sum();
    Ok(Fitted { model: at_logs(&fit.at), fit, customers, cells: cells.len() })
}

/// Cells of a pilot.
const PILOT: usize = 4_000;

/// The maximum over a sample of the cells in their order, where there are many: a start from
/// which the whole takes a few steps. It decides where the search begins, never where it ends.
fn pilot<M: Model>(cells: &[Cell], starts: &[Vec<f64>]) -> Option<Vec<f64>> {
    let some = Table::thinned(cells, PILOT)?;
    let f = |at: &[f64], gradient: &mut [f64]| total::<M>(&some, at, gradient);
    maximise(&f, starts, &Search::default()).ok().filter(Fit::converged).map(|fit| fit.at)
}

/// What no fit can mend.
fn refuse<M: Model>(cells: &[Cell]) -> Result<(), Absent> {
    if cells.is_empty() {
        return Err(Absent::NoData);
    }
    if let Some(cell) = cells.iter().find(|cell| !M::possible(cell)) {
        let why =
            format!("a customer cannot have x = {}, t_x = {} and T = {}", cell.x, cell.recency, cell.age);
        return Err(Absent::Undefined { why });
    }
    if cells.iter().all(|cell| cell.x == 0.0) {
        return Err(refused(
            "nobody came back",
            "no customer has a repeat purchase, so no rate of buying can be told from leaving".to_owned(),
            "watch longer",
        ));
    }
    let first = &cells[0];
    if cells.iter().all(|c| (c.x, c.recency, c.age) == (first.x, first.recency, first.age)) {
        return Err(refused(
            "everybody alike",
            "all customers have the same history, so differences between them cannot be estimated".to_owned(),
            "customers with different histories",
        ));
    }
    Ok(())
}

pub(super) fn refused(rule: &str, reason: String, lift: &str) -> Absent {
    Absent::Refused(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
}

impl<M: Model> Fitted<M> {
    /// The Wald interval of parameter k, made on the log scale.
    pub fn interval(&self, k: usize, level: Level) -> Option<Interval> {
        self.fit.interval_exp(k, level)
    }

    /// The profile-likelihood interval of parameter k; a side that the data
    /// do not bound within a factor of 10⁸ is open.
    pub fn profile(&self, cells: &[Cell], k: usize, level: Level) -> Option<Interval> {
        let table = Table::new(cells);
        let f = |at: &[f64], gradient: &mut [f64]| total::<M>(&table, at, gradient);
        let interval = profile(&f, &self.fit, k, 8.0 * std::f64::consts::LN_10, level)?;
        Some(Interval { low: interval.low.map(f64::exp), high: interval.high.map(f64::exp), ..interval })
    }
}
