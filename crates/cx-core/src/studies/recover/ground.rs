//! What the records allow: the day of the effect and the amounts it is planted in.

use super::Question;
use crate::ground::estimate::Refused;
use crate::ground::period::{Day, Instant};
use crate::studies::roi::{Context, FEWEST_DAYS, line_margin};

/// Amounts of a line that grow together, so that its margin grows by the same share.
const AMOUNTS: [&str; 3] = ["amount", "cogs", "margin"];

/// Where an effect is planted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ground {
    /// The first day of the effect.
    pub day: Day,
    /// Its first moment.
    pub from: Instant,
    /// Columns of a line that grow.
    pub amounts: Vec<String>,
    /// The outcome of the study that is looked at.
    pub outcome: &'static str,
    /// What a line adds to it, in minor units.
    pub value: String,
}

/// Where an effect can be planted; why nowhere.
pub(super) fn ground(context: &Context<'_>, question: &Question) -> Result<Ground, Refused> {
    let span = |name: &str| context.data.table(name).and_then(|table| table.span);
    let Some((first, last)) = span("transactions") else {
        let only = if context.data.table("subscriptions").is_some() { "contracts but no" } else { "no" };
        return Err(refuse(
            "order lines",
            format!("the records have {only} order lines, and the effect is planted in these"),
            "the table `transactions` with `customer_id`, `occurred_at` and `amount` or `margin`",
        ));
    };
    let has = |column: &str| context.data.table("transactions").is_some_and(|t| t.column(column).is_some());
    if !has("customer_id") {
        return Err(refuse(
            "customers",
            "no order line says whose it is, so nobody can be drawn",
            "map `customer_id` of transactions",
        ));
    }
    let (outcome, value) = match line_margin(context) {
        Some(margin) => ("margin", margin),
        None if has("amount") => ("spend", "amount".to_owned()),
        None => {
            return Err(refuse(
                "amounts",
                "no order line says what was paid",
                "map `amount` or `margin` of transactions",
            ));
        }
    };
    let calendar = &context.data.calendar;
    let first = calendar.day_of(first).max(context.covered.0);
    let end = calendar.day_of(last).plus(1).min(context.covered.1);
    // The window of those drawn in the course of the last day ends before the records do.
    let (earliest, latest) = (first.plus(FEWEST_DAYS), end.plus(-FEWEST_DAYS - 2));
    if earliest > latest {
        return Err(refuse(
            "days",
            format!(
                "the order lines cover {} days, and {FEWEST_DAYS} are needed before the effect and {FEWEST_DAYS} after",
                (end.0 - first.0).max(0)
            ),
            "order lines of two months or more",
        ));
    }
    let day = question.from.unwrap_or_else(|| Day(first.0 + (end.0 - first.0) / 2));
    if !(earliest..=latest).contains(&day) {
        return Err(refuse(
            "first day",
            format!("{day} leaves fewer than {FEWEST_DAYS} days of order lines before it or after"),
            &format!("a day from {earliest} to {latest}"),
        ));
    }
    let amounts = AMOUNTS.iter().filter(|c| has(c)).map(|c| (*c).to_owned()).collect();
    Ok(Ground { day, from: calendar.start_of(day), amounts, outcome, value })
}

pub(super) fn refuse(rule: &str, reason: impl Into<String>, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason: reason.into(), lift: lift.to_owned() }
}
