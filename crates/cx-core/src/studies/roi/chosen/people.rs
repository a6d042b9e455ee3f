//! Customers who chose and those who could have, with what was known of them before.

use super::super::gather::{days, of_initiative, told};
use super::super::outcomes::Outcome;
use super::super::{Context, TREATED};
use super::days::{Days, PARTS};
use crate::reduce::plan::Params;
use crate::reduce::{Engine, ReduceError, Run};
use std::collections::BTreeMap;

/// Most values of a column that are told apart.
const MOST_VALUES: usize = 12;

/// One customer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Customer {
    pub treated: bool,
    /// Days since they came; none where nobody knows.
    pub tenure: Option<f64>,
    /// Still there at the end; none where no record says who left.
    pub kept: Option<f64>,
    /// Which values of the columns of customers are theirs: 1 or 0.
    pub marks: Vec<f64>,
    /// By outcome: after, in the parts of the past, and earlier.
    pub did: Vec<Did>,
    /// Orders in the parts of the past.
    pub orders: [f64; PARTS],
    /// Another initiative met them in the days of outcomes.
    pub met: Vec<f64>,
}

/// What a customer did that counts for an outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::studies::roi) struct Did {
    pub after: f64,
    pub past: [f64; PARTS],
    pub earlier: f64,
}

impl Did {
    pub(in crate::studies::roi) fn before(&self) -> f64 {
        self.past.iter().sum()
    }
}

/// Who was treated: true, and asked in vain: false.
///
/// # Errors
/// See [`ReduceError`].
pub(super) fn chosen(
    context: &Context<'_>,
    id: &str,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<BTreeMap<String, bool>, ReduceError> {
    let treated = treats(context);
    let rows = format!(
        "assignments where initiative_id = INITIATIVE and customer_id is known per customer_id {{ t = max({treated}) }}"
    );
    let found = told(context, &rows, &of_initiative(id), &["t"], engine, machine)?;
    Ok(found.unwrap_or_default().into_iter().map(|(key, x)| (key, x[0] > 0.0)).collect())
}

/// 1 where an assignment treats and 0 where it does not, as an expression.
pub(in crate::studies::roi) fn treats(context: &Context<'_>) -> String {
    let arms = context.data.table("assignments").and_then(|t| t.column("arm"));
    let mut words = Vec::new();
    if let Some(dictionary) = arms.and_then(|c| c.dictionary.clone()) {
        dictionary.each(|_, word| {
            if TREATED.contains(&word.to_lowercase().as_str()) {
                words.push(format!("arm = '{}'", quoted(word)));
            }
        });
    }
    // A list without arms is one of those who chose; words of an arm that nobody knows say nothing of the kind.
    match (arms, &words[..]) {
        (None, _) => "1".to_owned(),
        (Some(_), []) => "if(arm is missing, 1, 0)".to_owned(),
        (Some(_), words) => format!("if(arm is missing or {}, 1, 0)", words.join(" or ")),
    }
}

/// A text within single quotes.
fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}

/// Everybody who was a customer when others chose.
///
/// # Errors
/// See [`ReduceError`].
pub(super) fn people(
    context: &Context<'_>,
    chose: &BTreeMap<String, bool>,
    beside: &[BTreeMap<String, bool>],
    outcomes: &[Outcome],
    when: &Days,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Option<Vec<Customer>>, ReduceError> {
    let params = days(context, &when.named());
    let (rows, values) = customers(context);
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let Some(there) = told(context, &rows, &params, &values, engine, machine)? else { return Ok(None) };
    let mut did = Vec::new();
    for outcome in outcomes {
        did.push(done(context, outcome, when, &params, engine, machine)?);
    }
    let orders = orders(context, &params, engine, machine)?;
    // Where the others were asked too, they alone are who could have chosen.
    let asked = chose.values().any(|treated| !treated);
    let (has_tenure, has_kept) =
        (context.has("customers", "acquired_at"), context.has("customers", "closed_at"));
    let customers =
        there.into_iter().filter(|(id, _)| !asked || chose.contains_key(id)).map(|(id, x)| Customer {
            treated: chose.get(&id).copied().unwrap_or(false),
            tenure: has_tenure.then_some(x[0]),
            kept: has_kept.then_some(x[1]),
            marks: x[2..].to_vec(),
            did: did.iter().map(|all| all.get(&id).copied().unwrap_or_default()).collect(),
            orders: orders.get(&id).copied().unwrap_or_default(),
            met: beside.iter().map(|met| f64::from(u8::from(met.get(&id) == Some(&true)))).collect(),
        });
    Ok(Some(customers.collect()))
}

/// The plan of who was there, and the names of its values: tenure, kept, marks.
fn customers(context: &Context<'_>) -> (String, Vec<String>) {
    let mut only = vec!["customer_id is known".to_owned()];
    let (mut tenure, mut kept) = ("0", "1");
    if context.has("customers", "acquired_at") {
        only.push("acquired_at < BEGIN".to_owned());
        tenure = "days(BEGIN - acquired_at)";
    }
    if context.has("customers", "closed_at") {
        only.push("(closed_at is missing or closed_at >= BEGIN)".to_owned());
        kept = "if(closed_at is missing, 1, if(closed_at < END, 0, 1))";
    }
    let mut fields = vec![format!("tenure = max({tenure})"), format!("kept = max({kept})")];
    let mut names = vec!["tenure".to_owned(), "kept".to_owned()];
    for (i, (column, value)) in marks(context).into_iter().enumerate() {
        fields.push(format!("m{i} = max(if({column} = '{}', 1, 0))", quoted(&value)));
        names.push(format!("m{i}"));
    }
    (format!("customers where {} per customer_id {{ {} }}", only.join(" and "), fields.join(", ")), names)
}

/// Columns of customers with few values, and each of those but the first.
fn marks(context: &Context<'_>) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for column in context.data.table("customers").iter().flat_map(|t| &t.columns) {
        // What a contract says of its end or its reasons came after: only what customers come with.
        let known = column.own || ["plan", "acquisition_channel", "country"].contains(&column.name.as_str());
        let Some(dictionary) = column.dictionary.as_ref().filter(|_| known) else { continue };
        let mut values = Vec::new();
        dictionary.each(|_, text| values.push(text.to_owned()));
        values.sort();
        if (2..=MOST_VALUES).contains(&values.len()) {
            list.extend(values.into_iter().skip(1).map(|value| (column.name.clone(), value)));
        }
    }
    list
}

/// What customers did that counts for an outcome.
///
/// # Errors
/// See [`ReduceError`].
pub(in crate::studies::roi) fn done(
    context: &Context<'_>,
    outcome: &Outcome,
    when: &Days,
    params: &Params,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<BTreeMap<String, Did>, ReduceError> {
    let table = outcome.table.unwrap_or_default();
    let Some(clock) = context.data.table(table).and_then(|t| t.spec.clock) else {
        return Ok(BTreeMap::new());
    };
    let own = outcome.filter.as_ref().map(|f| format!("{f} and ")).unwrap_or_default();
    let sum = |name: &str, from: &str, to: &str| {
        format!("{name} = sum({} where {own}{clock} >= {from} and {clock} < {to})", outcome.value)
    };
    let mut fields = vec![sum("a", "BEGIN", "END")];
    let mut names = vec!["a".to_owned()];
    for i in 0..PARTS {
        names.push(format!("q{i}"));
        fields.push(sum(&names[i + 1], &format!("P{i}"), &format!("P{}", i + 1)));
    }
    if when.earlier.is_some() {
        names.push("e".to_owned());
        fields.push(sum("e", "FROM", "P0"));
    }
    let rows = format!(
        "{table} where customer_id is known and {clock} >= FROM and {clock} < END per customer_id {{ {} }}",
        fields.join(", ")
    );
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = told(context, &rows, params, &names, engine, machine)?.unwrap_or_default();
    let per = if outcome.money { context.minor() } else { 1.0 };
    let one = |x: Vec<f64>| Did {
        after: x[0] / per,
        past: std::array::from_fn(|i| x[1 + i] / per),
        earlier: x.get(1 + PARTS).map_or(0.0, |e| e / per),
    };
    Ok(found.into_iter().map(|(id, x)| (id, one(x))).collect())
}

/// Orders of customers in the parts of the past.
fn orders(
    context: &Context<'_>,
    params: &Params,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<BTreeMap<String, [f64; PARTS]>, ReduceError> {
    let Some(clock) = context.data.table("transactions").and_then(|t| t.spec.clock) else {
        return Ok(BTreeMap::new());
    };
    let kind = if context.has("transactions", "kind") { "maybe(kind = 'sale') and " } else { "" };
    let count =
        if context.has("transactions", "order_id") { "distinct(order_id where" } else { "count(where" };
    let names: Vec<String> = (0..PARTS).map(|i| format!("q{i}")).collect();
    let fields: Vec<String> = (0..PARTS)
        .map(|i| format!("q{i} = {count} {kind}{clock} >= P{i} and {clock} < P{})", i + 1))
        .collect();
    let rows = format!(
        "transactions where customer_id is known and {clock} >= P0 and {clock} < BEGIN per customer_id {{ {} }}",
        fields.join(", ")
    );
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = told(context, &rows, params, &names, engine, machine)?.unwrap_or_default();
    Ok(found.into_iter().map(|(id, x)| (id, std::array::from_fn(|i| x[i]))).collect())
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_within_a_value_are_doubled() {
        assert_eq!(quoted("L'Avenue"), "L''Avenue");
    }
}
