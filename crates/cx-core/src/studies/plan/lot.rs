//! Customers drawn into arms: the list by which an initiative is rolled out, so that it can be judged.

use crate::ground::expr::{Expr, Literal};
use crate::ground::period::Day;
use crate::infer::draws::uniform;
use crate::reduce::plan::parse_rows;
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::metrics::settled;
use crate::studies::roi::Context;
use crate::studies::scenario::base::{YEAR, narrowed};

/// Parts that values of a column fall into: more than any column by which one would draw has values.
const STRATA: u32 = 1 << 16;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct LotTerms<'a> {
    /// The initiative that it is for: another one draws other arms.
    pub id: &'a str,
    /// A condition on `customers`; all without one.
    pub population: Option<&'a Expr>,
    /// Arms, the last of which is the control.
    pub arms: u32,
    /// A text column of `customers` within whose equal values arms are equally large; none draws over all.
    pub strata: Option<&'a str>,
}

/// A customer with an arm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The customer.
    pub customer: String,
    /// Its arm, from 0; the last is the control.
    pub arm: u32,
}

/// Draws every customer of the base into an arm.
///
/// Within a stratum customers are ordered by a hash of seed, initiative and
/// customer and dealt out in turn, so that arms differ by one customer at
/// most; where the dealing begins is drawn too. The same call gives the same list.
///
/// # Errors
/// See [`ReduceError`].
pub fn draw(
    context: &Context<'_>,
    terms: &LotTerms<'_>,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Vec<Drawn>, ReduceError> {
    let end = context.covered.1;
    let contractual = context.has("customers", "closed_at");
    let prefix = if contractual { "" } else { "customers." };
    let only = narrowed(context, terms.population, prefix);
    let stratum = terms.strata.map_or_else(
        || "0".to_owned(),
        |column| format!("coalesce(fold({prefix}{column}, {STRATA}), 0 - 1)"),
    );
    let rows = if contractual {
        format!(
            "customers where customer_id is known and maybe(acquired_at < END) \
             and (closed_at is missing or closed_at >= END){only} per customer_id {{ s = max({stratum}) }}"
        )
    } else {
        format!(
            "transactions where occurred_at >= START and occurred_at < END and customer_id is known{only} \
             per customer_id {{ s = max({stratum}) }}"
        )
    };
    let at = |day: Day| Literal::Time(context.data.calendar.start_of(day).0);
    let start = Day(context.covered.0.0.max(end.0 - YEAR));
    let params = vec![("START".to_owned(), at(start)), ("END".to_owned(), at(end))];
    let rows = parse_rows(&rows, &params).map_err(|e| ReduceError::Unsupported(e.to_string()))?;
    let as_of = context.data.calendar.start_of(end).0;
    let (rows, values) = settled(context.data, as_of, rows, vec![Expr::col("s")]).map_err(|lacking| {
        let lacking: Vec<String> = lacking.into_iter().collect();
        ReduceError::Unsupported(format!("a lot of customers needs {}", lacking.join(", ")))
    })?;
    let mut list: Vec<(f64, f64, String)> = Vec::new();
    engine.list(context.data, &rows, &values, machine, &mut |customer, x| {
        let name = format!("lot {} {customer}", terms.id);
        list.push((x[0], uniform(context.seed, &name, 0), customer.to_owned()));
        Ok(())
    })?;
    list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let arms = terms.arms.max(2);
    let mut drawn = Vec::with_capacity(list.len());
    let mut begun: Option<(f64, u32)> = None;
    for (stratum, _, customer) in list {
        let next = match begun {
            Some((same, next)) if same.total_cmp(&stratum).is_eq() => next,
            _ => {
                let name = format!("lot {} begins in {stratum}", terms.id);
                (uniform(context.seed, &name, 0) * f64::from(arms)).floor() as u32 % arms
            }
        };
        drawn.push(Drawn { customer, arm: next });
        begun = Some((stratum, (next + 1) % arms));
    }
    drawn.sort_by(|a, b| a.customer.cmp(&b.customer));
    Ok(drawn)
}
