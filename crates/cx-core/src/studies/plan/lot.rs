//! Customers drawn into arms: the list by which an initiative is rolled out, so that it can be judged.

use super::everybody::{everybody, prefix};
use crate::ground::expr::Expr;
use crate::infer::draws::uniform;
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::roi::Context;
use crate::studies::scenario::base::narrowed;

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
    let prefix = prefix(context);
    let only = narrowed(context, terms.population, prefix);
    let stratum = terms.strata.map_or_else(
        || "0".to_owned(),
        |column| format!("coalesce(fold({prefix}{column}, {STRATA}), 0 - 1)"),
    );
    let mut list: Vec<(f64, f64, String)> = Vec::new();
    let fields = [("s".to_owned(), stratum)];
    everybody(context, &only, &fields, engine, machine, &mut |customer, x| {
        let name = format!("lot {} {customer}", terms.id);
        list.push((x[0], uniform(context.seed, &name, 0), customer.to_owned()));
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
