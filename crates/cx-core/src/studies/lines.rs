//! What lines of orders say, for every study alike.

use crate::tables::dataset::Dataset;

/// The margin of a line as an expression, where lines carry one: their own, else the amount less the goods.
pub(super) fn margin(data: &Dataset) -> Option<&'static str> {
    let lines = data.table("transactions")?;
    let there = |column: &str| lines.column(column).is_some();
    match (there("margin"), there("amount") && there("cogs")) {
        (true, true) => Some("coalesce(margin, amount - cogs)"),
        (true, false) => Some("margin"),
        (false, true) => Some("amount - cogs"),
        (false, false) => None,
    }
}
