//! Who is a customer at the end of the records.

use crate::ground::expr::{Expr, Literal};
use crate::ground::period::Day;
use crate::reduce::plan::{Params, Rows, parse_rows};
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::metrics::settled;
use crate::studies::roi::Context;
use crate::studies::scenario::base::YEAR;

/// What a plan writes before columns of `customers`: nothing where rows are theirs already.
pub(super) fn prefix(context: &Context<'_>) -> &'static str {
    if context.has("customers", "closed_at") { "" } else { "customers." }
}

/// Values of everybody who is a customer: who has not left, or without contracts whoever bought within a year.
///
/// `only` narrows them, and `fields` are named values, each the largest over a customer's rows; both write columns
/// of `customers` with [`prefix`].
///
/// # Errors
/// See [`ReduceError`]; unsupported where the records lack a column.
pub(super) fn everybody(
    context: &Context<'_>,
    only: &str,
    fields: &[(String, String)],
    engine: &dyn Engine,
    machine: &Run<'_>,
    tell: &mut dyn FnMut(&str, &[f64]),
) -> Result<(), ReduceError> {
    let list: Vec<String> = fields.iter().map(|(name, value)| format!("{name} = max({value})")).collect();
    let there = if prefix(context).is_empty() {
        "customers where customer_id is known and maybe(acquired_at < END) \
         and (closed_at is missing or closed_at >= END)"
    } else {
        "transactions where occurred_at >= START and occurred_at < END and customer_id is known"
    };
    let end = context.covered.1;
    let rows = read(context, &format!("{there}{only} per customer_id {{ {} }}", list.join(", ")), end)?;
    let values = fields.iter().map(|(name, _)| Expr::col(name)).collect();
    let as_of = context.data.calendar.start_of(end).0;
    let (rows, values) = settled(context.data, as_of, rows, values).map_err(|lacking| {
        let lacking: Vec<String> = lacking.into_iter().collect();
        ReduceError::Unsupported(format!("customers cannot be told without {}", lacking.join(", ")))
    })?;
    engine.list(context.data, &rows, &values, machine, &mut |customer, x| {
        tell(customer, x);
        Ok(())
    })?;
    Ok(())
}

fn read(context: &Context<'_>, text: &str, end: Day) -> Result<Rows, ReduceError> {
    let at = |day: Day| Literal::Time(context.data.calendar.start_of(day).0);
    let start = Day(context.covered.0.0.max(end.0 - YEAR));
    let params: Params = vec![("START".to_owned(), at(start)), ("END".to_owned(), at(end))];
    parse_rows(text, &params).map_err(|e| ReduceError::Unsupported(e.to_string()))
}
