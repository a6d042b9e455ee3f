//! What moving one figure of the base would be worth, whoever moves it and at whatever cost.

use crate::findings::Opportunity;
use crate::ground::estimate::{Absent, Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::optimism::Optimism;
use crate::studies::roi::Context;
use crate::studies::scenario::base::Base;
use crate::studies::scenario::model::standing;
use crate::studies::scenario::run::{change, priced};
use crate::studies::scenario::{Amount, Change, Key, Request, Sort, Term};

/// A tenth of what goes wrong, and a hundredth of what is earned: sizes that people ask about.
const ASKED: [(Key, f64); 4] =
    [(Key::Churn, -0.1), (Key::Margin, 0.01), (Key::Contacts, -0.1), (Key::CostToServe, -0.1)];
/// The change as it stands: what is left of it later is for whoever plans it to say.
const LASTS: [f64; 3] = [1.0; 3];

/// Opportunities by money, the most first; those without a figure last.
pub(super) fn opportunities(
    context: &Context<'_>,
    usual: &Request,
    base: &Base,
    learnt: &Optimism,
) -> Vec<Opportunity> {
    let there = |key: Key| standing(usual, base, key).is_ok();
    // Contacts with their cost are all that serving costs: one of the two is enough.
    let twice = |key: Key| key == Key::CostToServe && there(Key::Contacts) && there(Key::ContactCost);
    let mut list: Vec<Opportunity> = ASKED
        .iter()
        // What is not recorded is no opportunity; churn and margin are worth saying why.
        .filter(|(key, _)| (there(*key) && !twice(*key)) || matches!(key, Key::Churn | Key::Margin))
        .map(|(key, by)| {
            let moved = Change { sort: Sort::Relative, amount: Amount::Sure(*by) };
            let term = Term { key: *key, change: moved, lasting: LASTS };
            let request = Request {
                id: format!("opportunity {}", key.word()),
                terms: vec![term],
                as_promised: true,
                given: usual.given.clone(),
                horizon_months: usual.horizon_months,
                draws: usual.draws,
                ..Request::default()
            };
            let worth = match priced(context, &request, base, learnt) {
                Ok((_, worth)) => worth.found.benefit,
                Err(absent) => none(absent),
            };
            Opportunity { change: change(&request, base, &term), worth }
        })
        .collect();
    let value = |one: &Opportunity| one.worth.value.unwrap_or(f64::NEG_INFINITY);
    list.sort_by(|a, b| value(b).total_cmp(&value(a)));
    list
}

fn none(absent: Absent) -> Estimate {
    Estimate::absent(absent, Unit::Money, Size::default())
}
