//! What may change: outcomes of a customer after a day, and of a unit in a month.

use super::Context;
use crate::ground::unit::Unit;
use crate::studies::lines;

/// An outcome of customers over a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub id: &'static str,
    pub name: &'static str,
    pub unit: Unit,
    /// True where it is counted in minor units.
    pub money: bool,
    /// The table its rows are of; none for what the customer's own row says.
    pub table: Option<&'static str>,
    /// What one row adds.
    pub value: String,
    /// Rows that count.
    pub filter: Option<String>,
    /// What each row adds to the denominator, for a mean of rows: 1 for a share of answers.
    pub over_rows: bool,
}

/// What the margin of a line is, in minor units: of the line, else a share of the amount.
pub(in crate::studies) fn line_margin(context: &Context<'_>) -> Option<String> {
    lines::margin(context.data).map(str::to_owned).or_else(|| {
        let share = context.margin.filter(|_| context.has("transactions", "amount"))?;
        Some(format!("amount * {share}"))
    })
}

/// Outcomes that the records allow, the same for customers and units.
pub(super) fn outcomes(context: &Context<'_>) -> Vec<Outcome> {
    let mut list = Vec::new();
    let sum = |id, name, table, value: &str, filter: Option<&str>| Outcome {
        id,
        name,
        unit: Unit::Money,
        money: true,
        table: Some(table),
        value: value.to_owned(),
        filter: filter.map(str::to_owned),
        over_rows: false,
    };
    let buys = context.has("transactions", "customer_id") || context.has("transactions", "outlet");
    if buys && let Some(margin) = line_margin(context) {
        list.push(sum("margin", "Margin", "transactions", &margin, None));
    }
    if buys && context.has("transactions", "amount") {
        list.push(sum("spend", "Spend", "transactions", "amount", None));
    }
    if buys {
        let kind = context.has("transactions", "kind").then_some("maybe(kind = 'sale')");
        let count = sum("purchases", "Lines bought", "transactions", "1", kind);
        list.push(Outcome { unit: Unit::PerUnit, money: false, ..count });
    }
    if context.data.table("interactions").is_some() {
        let contact = context.has("interactions", "kind").then_some("kind = 'contact'");
        if context.has("interactions", "cost") {
            list.push(sum("cost_to_serve", "Cost to serve", "interactions", "cost", None));
        }
        let count = sum("contacts", "Contacts", "interactions", "1", contact);
        list.push(Outcome { unit: Unit::PerUnit, money: false, ..count });
    }
    if context.has("responses", "question") && context.has("responses", "scale_max") {
        let answers = "question = 'satisfaction' and answered";
        let top = "if(value >= scale_max - 1, 1, 0)";
        let share = sum("satisfied", "Share satisfied", "responses", top, Some(answers));
        list.push(Outcome { unit: Unit::Share, money: false, over_rows: true, ..share });
    }
    list
}

impl Outcome {
    /// Aggregates of its rows within a window, as fields `NAME` and, for a mean of rows, `NAME_n`.
    pub(super) fn fields(&self, name: &str, window: &str) -> Vec<String> {
        let Some(table) = self.table else { return Vec::new() };
        let only = self.filter.as_ref().map(|f| format!(" where {f}")).unwrap_or_default();
        let mut fields = vec![format!("{name} = sum({} of {table}{only} within {window})", self.value)];
        if self.over_rows {
            fields.push(format!("{name}_n = count(of {table}{only} within {window})"));
        }
        fields
    }
}
