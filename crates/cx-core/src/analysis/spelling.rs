//! Names in a formula of the project's own that no table could ever have.
//!
//! A column that the settings do not map yet makes a metric wait for data. A
//! name that is neither a column of the house's tables nor a dimension of the
//! project's would make it wait for ever, and is a slip of the pen.

use crate::ground::expr::Expr;
use crate::ground::located::SettingFault;
use crate::project::Settings;
use crate::reduce::plan::{Clock, Cluster, Key, Shape};
use crate::studies::metrics::formula::Formula;
use crate::tables::schema::{TABLES, table};
use std::collections::BTreeSet;

/// Names that any expression of a formula may use.
const EVERYWHERE: [&str; 5] = ["period.start", "period.end", "as_of", "day", "_row"];

/// The first name of a formula that cannot be meant, with the nearest that can.
/// `start` is where the formula's text begins in the settings.
pub(super) fn misspelled(
    formula: &Formula,
    text: &str,
    start: usize,
    settings: &Settings,
) -> Option<SettingFault> {
    let slip = slip(formula, settings)?;
    let at = place(text, &slip.name);
    let span = start + at..start + at + slip.name.len();
    let fault = SettingFault::new(slip.fault, span);
    Some(fault.nearest(&slip.name, slip.known.iter().map(String::as_str)))
}

/// A name that means nothing where it stands.
struct Slip {
    name: String,
    fault: String,
    known: BTreeSet<String>,
}

fn slip(formula: &Formula, settings: &Settings) -> Option<Slip> {
    let rows = &formula.rows;
    let calendar = matches!(rows.shape, Shape::Calendar { .. });
    let linked = rows.fields().iter().filter_map(|f| f.table.as_deref());
    for name in linked.chain((!calendar).then_some(rows.table.as_str())) {
        if table(name).is_none() {
            let fault = format!("there is no table `{name}`");
            let known = TABLES.iter().map(|spec| spec.name.to_owned()).collect();
            return Some(Slip { name: name.to_owned(), fault, known });
        }
    }
    let own = if calendar { BTreeSet::new() } else { columns(&rows.table, settings) };
    let customers: BTreeSet<String> =
        columns("customers", settings).into_iter().map(|c| format!("customers.{c}")).collect();
    let wrong = |names: Vec<&str>, known: &BTreeSet<String>, of: &str| {
        let fits = |n: &&str| EVERYWHERE.contains(n) || known.contains(*n) || customers.contains(*n);
        let name = names.into_iter().find(|n| !fits(n))?.to_owned();
        let fault = format!("{of} no column `{name}`, and the settings name no such dimension");
        let known = known.union(&customers).cloned().collect();
        Some(Slip { name, fault, known })
    };
    let of_table = |name: &str| format!("`{name}` has");
    let mut first: Vec<&str> = rows.filter.iter().flat_map(Expr::columns).collect();
    first.extend(if let Clock::Column(name) = &rows.clock { Some(name.as_str()) } else { None });
    let mut units = BTreeSet::new();
    match &rows.shape {
        Shape::Plain => units.extend(own.iter().cloned()),
        Shape::Per { keys, .. } => {
            let keys = keys.iter().filter_map(|k| if let Key::Column(c) = k { Some(c) } else { None });
            units.extend(keys.clone().cloned());
            first.extend(keys.map(String::as_str));
        }
        Shape::Each { by, .. } => {
            units.extend(own.iter().cloned());
            first.extend(by.iter().map(|(mine, _)| mine.as_str()));
        }
        Shape::Calendar { .. } => {}
    }
    if let Some(slip) = wrong(first, &own, &of_table(&rows.table)) {
        return Some(slip);
    }
    let mut earlier = BTreeSet::new();
    for field in rows.fields() {
        let name = field.table.as_deref().unwrap_or(&rows.table);
        let mut known = columns(name, settings);
        known.extend(earlier.iter().cloned());
        let names = field.value.iter().chain(&field.filter).flat_map(Expr::columns);
        let names = names.chain(field.clock.as_deref()).collect();
        if let Some(slip) = wrong(names, &known, &of_table(name)) {
            return Some(slip);
        }
        earlier.insert(field.name.clone());
    }
    units.extend(earlier);
    let body = formula.body.expressions().into_iter().chain(&formula.weight).chain(&rows.having);
    let mut names: Vec<&str> = body.flat_map(Expr::columns).collect();
    names.extend(formula.body.columns());
    if let Some(Cluster::Column(name)) = &formula.cluster {
        // Units keep the cluster of their rows, whatever they were made by.
        units.extend(own.iter().filter(|c| *c == name).cloned());
        names.push(name);
    }
    let of = match &rows.shape {
        Shape::Per { .. } | Shape::Calendar { .. } => "its units know".to_owned(),
        _ => of_table(&rows.table),
    };
    wrong(names, &units, &of)
}

/// Every column that a table may have in this project.
fn columns(name: &str, settings: &Settings) -> BTreeSet<String> {
    // Customers who come from their contracts know what these say.
    let also = (name == "customers").then_some("subscriptions");
    let mut names = BTreeSet::new();
    for name in also.into_iter().chain([name]) {
        names.extend(table(name).iter().flat_map(|spec| spec.columns).map(|c| c.name.to_owned()));
        let fed = settings.sources.iter().flat_map(|s| &s.tables).filter(|t| t.table.value == name);
        names.extend(fed.flat_map(|t| &t.dimensions).map(|(dimension, _)| dimension.value.clone()));
    }
    names
}

/// Where a whole word stands in a text; its beginning where it cannot be found.
fn place(text: &str, word: &str) -> usize {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let whole = |at: &usize| !text[..*at].ends_with(part) && !text[*at + word.len()..].starts_with(part);
    text.match_indices(word).map(|(at, _)| at).find(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::metrics::catalog;
    use crate::studies::metrics::formula::parse_formula;

    fn settings() -> Settings {
        let text = "format = 1\n[[source]]\nname = \"a\"\nfiles = [\"a.csv\"]\n[source.transactions]\n\
            occurred_at = \"t\"\namount = \"x\"\ndimensions.shop_size = \"s\"\n";
        Settings::parse("cx.toml", text).unwrap()
    }

    #[test]
    fn slips_are_found_where_they_stand() {
        for (text, name, near) in [
            ("share(from_bets <= 1) of responses where answered", "from_bets", "`from_best`"),
            ("mean(amount) of transactoins", "transactoins", "`transactions`"),
            ("mean(amount) of transactions where shop_sise = 'big'", "shop_sise", "`shop_size`"),
            ("mean(spnt) of transactions per customer_id { spent = sum(amount) }", "spnt", "`spent`"),
            ("mean(n) of transactions per costumer_id { n = count() }", "costumer_id", "`customer_id`"),
            (
                "count() of transactions where customers.contry = 'PL'",
                "customers.contry",
                "`customers.country`",
            ),
            ("sum(c) / 2 of months { c = sum(amonut of costs) }", "amonut", "`amount`"),
        ] {
            let formula = parse_formula(text, &Vec::new()).unwrap();
            let fault = misspelled(&formula, text, 10, &settings()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[fault.span.start - 10..fault.span.end - 10], name, "{text}");
            assert!(fault.help.as_ref().is_some_and(|h| h.contains(near)), "{text}: {fault:?}");
        }
    }

    #[test]
    fn no_formula_of_the_catalogue_has_a_slip() {
        for metric in catalog::all().map(crate::studies::metrics::Definition::of) {
            for form in &metric.forms {
                let Ok(formula) = metric.formula(form) else { continue };
                let fault = misspelled(&formula, &form.formula, 0, &settings());
                assert!(fault.is_none(), "{} {}: {fault:?}", metric.id, form.variant);
            }
        }
    }
}
