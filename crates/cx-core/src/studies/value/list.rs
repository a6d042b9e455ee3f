//! One customer after the other, for a file.

use super::Context;
use super::gather::{fixed, histories};
use super::lifetime::{YEAR, discounted};
use super::run::look;
use crate::ground::estimate::Absent;
use crate::ground::expr::{BinaryOp, Expr};
use crate::infer::buying::Cell;
use crate::reduce::plan::{Gather, Reduction, Rows};
use crate::reduce::{Engine, ReduceError, Run};

/// Customers told in one go; more are told in several, so that never all are held.
const AT_ONCE: u64 = 2_000_000;

/// What one customer is expected to do and to be worth.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerValue {
    /// The customer.
    pub customer: String,
    /// Repeat purchase days so far.
    pub repeats: u64,
    /// Chance that the customer has not left; none by the cohort average.
    pub alive: Option<f64>,
    /// Purchases expected in the next year.
    pub purchases: f64,
    /// Standard deviation of that number, at the fitted parameters.
    pub purchases_sd: f64,
    /// Expected spend of a purchase.
    pub spend: Option<f64>,
    /// Revenue still to come over the horizon, discounted.
    pub revenue: Option<f64>,
    /// The same in margin.
    pub margin: Option<f64>,
}

/// Tells every customer who has bought, by name within blocks of customers,
/// and which model it is by.
///
/// # Errors
/// See [`ReduceError`]; what `each` returns ends the run. `Ok(Err(_))` says why
/// there is no model.
pub fn list(
    context: &Context<'_>,
    engine: &dyn Engine,
    machine: &Run<'_>,
    each: &mut dyn FnMut(&CustomerValue) -> Result<(), ReduceError>,
) -> Result<Result<String, Absent>, ReduceError> {
    let looked = look(context, engine, machine)?;
    let bought = match &looked.bought {
        Ok(bought) => bought,
        Err(absent) => return Ok(Err(absent.clone())),
    };
    let law = bought.law.law();
    let margin = looked.margin.as_ref().ok().map(|(drawn, _)| drawn.value);
    let spend = bought.spend.as_ref().ok().map(|s| s.fitted.model);
    let Some((rows, values)) = histories(context, context.covered.1, &[]).and_then(told) else {
        return Ok(Err(Absent::NoData));
    };
    let blocks = bought.found.customers.div_ceil(AT_ONCE).max(1);
    for block in 0..blocks {
        let mut rows = rows.clone();
        if blocks > 1 {
            let here = Expr::Binary(
                BinaryOp::Eq,
                Box::new(fixed(&format!("fold(customer_id, {blocks})"))),
                Box::new(Expr::num(block as f64)),
            );
            rows.having = Expr::and(rows.having.take(), Some(here));
        }
        let mut list: Vec<(String, [f64; 4])> = Vec::new();
        engine.list(context.data, &rows, &values, machine, &mut |customer, x| {
            let days = |x: f64| x.round();
            list.push((customer.to_owned(), [days(x[0]), days(x[1]), days(x[2]), x[3] / context.minor()]));
            Ok(())
        })?;
        list.sort_by(|a, b| a.0.cmp(&b.0));
        for (customer, [x, recency, age, total]) in list {
            let cell = Cell::one(x, recency / 7.0, age / 7.0);
            let year = law.ahead(&cell, YEAR);
            let spend = spend.and_then(|model| model.expected_spend(x, total).ok()).map(|m| m.max(0.0));
            let revenue = spend.map(|m| m * discounted(context, &law, &cell));
            each(&CustomerValue {
                customer,
                repeats: x as u64,
                alive: law.alive(&cell),
                purchases: year.mean,
                purchases_sd: year.variance.sqrt(),
                spend,
                revenue,
                margin: revenue.zip(margin).map(|(r, m)| r * m),
            })?;
        }
    }
    Ok(Ok(bought.found.chosen.clone()))
}

/// The rows of histories, and what is told of each customer.
fn told(reduction: Reduction) -> Option<(Rows, Vec<Expr>)> {
    match reduction.gather {
        Gather::Rfm { x, last, observed, spend } => Some((reduction.rows, vec![x, last, observed, spend])),
        _ => None,
    }
}
