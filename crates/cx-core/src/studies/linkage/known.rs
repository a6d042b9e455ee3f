//! What was known of customers before they answered.

use super::records::has;
use crate::tables::dataset::Dataset;

/// A covariate: what was known of a customer before the answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub name: &'static str,
    /// An amount, held in minor units.
    pub money: bool,
    /// The field that gathers it, as text with `{W}` for the window; none for a column.
    pub field: Option<String>,
    /// The value: `{T}` stands for the moment of the answer.
    pub value: String,
    /// Values of a text column that make levels; empty for numbers.
    pub values: Vec<String>,
}

/// Most values of a text column that are told apart.
const MOST_VALUES: usize = 12;

/// The covariates that the records offer.
pub(super) fn known(data: &Dataset) -> Vec<Known> {
    let mut list = Vec::new();
    let number = |name, field: Option<String>, value: &str| Known {
        name,
        money: matches!(name, "spend" | "recurring revenue"),
        field,
        value: value.to_owned(),
        values: Vec::new(),
    };
    if data.table("transactions").is_some() {
        let order = if has(data, "transactions", "order_id") { "distinct(order_id" } else { "count(" };
        list.push(number(
            "orders",
            Some(format!("_orders = {order} of transactions within {{W}})")),
            "_orders",
        ));
        if has(data, "transactions", "amount") {
            list.push(number(
                "spend",
                Some("_spend = sum(amount of transactions within {W})".to_owned()),
                "_spend",
            ));
        }
    }
    if has(data, "mrr_changes", "delta") && has(data, "mrr_changes", "customer_id") {
        let field = "_mrr = sum(delta of mrr_changes within {UPTO})".to_owned();
        list.push(number("recurring revenue", Some(field), "_mrr"));
    }
    if has(data, "customers", "acquired_at") {
        list.push(number("tenure", None, "days({T} - {C}acquired_at)"));
    }
    if data.table("interactions").is_some() && has(data, "interactions", "customer_id") {
        let by_kind = has(data, "interactions", "kind");
        let only = |kind: &str| if by_kind { format!(" where kind = '{kind}'") } else { String::new() };
        let field = format!("_contacts = count(of interactions{} within {{W}})", only("contact"));
        list.push(number("contacts", Some(field), "_contacts"));
        if by_kind {
            let field = format!("_complaints = count(of interactions{} within {{W}})", only("complaint"));
            list.push(number("complaints", Some(field), "_complaints"));
        }
    }
    for name in ["plan", "acquisition_channel", "country"] {
        let column = data.table("customers").and_then(|t| t.column(name));
        let Some(dictionary) = column.and_then(|c| c.dictionary.clone()) else { continue };
        let mut values = Vec::new();
        dictionary.each(|_, text| values.push(text.to_owned()));
        values.sort();
        if (2..=MOST_VALUES).contains(&values.len()) {
            list.push(Known { name, money: false, field: None, value: format!("{{C}}{name}"), values });
        }
    }
    list
}
