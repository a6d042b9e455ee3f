//! From the value of the present base to that with customers still to be won.

use super::super::Context;
use crate::findings::{BridgeStep, Fact};
use crate::ground::estimate::{Caveat, Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::lifetime_value::{Newcomers, newcomers_value};

/// From the present base to the base with those still to be won.
pub(in super::super) fn equity(context: &Context<'_>, facts: &[Fact]) -> Vec<BridgeStep> {
    let find = |id: &str| facts.iter().find(|f| f.id == id && f.given());
    let present = find("value/customer_equity").or_else(|| find("value/contracts/customer_equity"));
    let Some(present) = present else { return Vec::new() };
    let step =
        |name: &str, amount: Estimate, total: bool| BridgeStep { name: name.to_owned(), amount, total };
    let mut list = vec![step("present customers", present.estimate.clone(), true)];
    let new = find("value/clv").or_else(|| find("value/contracts/clv"));
    let cac = find("value/cac").and_then(|f| f.estimate.value);
    let (Some(new), plan) = (new.and_then(|f| f.estimate.value), &context.terms.new_customers) else {
        return list;
    };
    let newcomers: Vec<Newcomers> =
        plan.iter().map(|n| Newcomers { customers: *n, value: new, cost: cac.unwrap_or(0.0) }).collect();
    if newcomers.is_empty() {
        return list;
    }
    let Some(value) = newcomers_value(&newcomers, context.terms.rate) else { return list };
    let mut amount = Estimate::new(value, None, Unit::Money, Size::default());
    let text = "a plan, not a measurement: how many will be won is taken as set".to_owned();
    amount = amount.with_caveat(Caveat::Note { text });
    if cac.is_none() {
        let text = "no cost of winning is known, so none is taken off".to_owned();
        amount = amount.with_caveat(Caveat::Note { text });
    }
    list.push(step("customers still to be won", amount, false));
    let whole = present.estimate.value.unwrap_or(0.0) + value;
    list.push(step("together", Estimate::new(whole, None, Unit::Money, Size::default()), true));
    list
}
