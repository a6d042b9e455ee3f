//! Lines of orders.

use super::Candidate;
use super::sketch::{Sketch, Wants, count, name_in_expr, text_in_expr};
use crate::project::init::draft::{Line, TableDraft, inline, key, quoted};
use crate::project::init::profile::{Holds, Mark};
use crate::project::init::survey::Shape;
use crate::project::init::words::Role;
use std::collections::BTreeMap;

/// Words for kinds of lines.
const KINDS: [(&str, &[&str]); 5] = [
    ("sale", &["sale", "sales", "purchase", "order", "sprzedaż", "verkauf", "продажа", "销售"]),
    ("return", &["return", "returned", "cancellation", "zwrot", "retoure", "rückgabe", "возврат", "退货"]),
    ("refund", &["refund", "refunded", "reversal", "gutschrift", "erstattung", "zwrot pieniędzy", "退款"]),
    ("fee", &["fee", "charge", "shipping", "postage", "opłata", "gebühr", "комиссия", "费用"]),
    (
        "adjustment",
        &["adjustment", "correction", "write-off", "korekta", "korrektur", "корректировка", "调整"],
    ),
];

/// Names of files that hold what the company pays.
const COSTS: [&str; 8] = ["cost", "expense", "spend", "budget", "koszt", "kosten", "расход", "费用"];
/// Letters before order numbers by which systems mark a cancellation.
const RETURN_LETTERS: [&str; 6] = ["C", "R", "RE", "RET", "CN", "CR"];

pub(super) fn recognise(shape: &Shape, _: &BTreeMap<String, String>) -> Option<Candidate> {
    let mut sketch = Sketch::new(shape);
    let mut to = TableDraft::new("transactions");
    let spec = crate::tables::schema::table("transactions")?;
    let at = sketch
        .vendors(spec, "occurred_at")
        .or_else(|| sketch.find(Role::OrderedAt, Wants::Moment))
        .or_else(|| sketch.find(Role::Date, Wants::Moment))?;
    // The totals of such an export stand on the first line of an order alone.
    let by_line = shape.vendor.is_some_and(|v| v.name == "Shopify");
    let amount = sketch.find(Role::Amount, Wants::Number).filter(|_| !by_line);
    let price = sketch.find(Role::UnitPrice, Wants::Number);
    let quantity = sketch.vendors(spec, "quantity").or_else(|| sketch.find(Role::Quantity, Wants::Number));
    let price = if by_line { shopify_price(&sketch) } else { price };
    let computed = price.zip(quantity).filter(|(p, q)| p != q);
    if amount.is_none() && computed.is_none() {
        return None;
    }
    // What the company pays has moments and amounts as well.
    let name = shape.name.to_lowercase();
    let mut score = 4;
    if COSTS.iter().any(|w| name.contains(w)) {
        return None;
    }
    score += 3 * i32::from(sketch.map(&mut to, "order_id", Role::Order, Wants::Key).is_some());
    score += 2 * i32::from(sketch.map(&mut to, "customer_id", Role::Customer, Wants::Key).is_some());
    sketch.put(&mut to, "occurred_at", at, "");
    kind(&mut sketch, &mut to, amount);
    if let Some(quantity) = quantity {
        sketch.put(&mut to, "quantity", quantity, "");
        score += 1;
    }
    score += paid(&mut sketch, &mut to, amount, computed)?;
    for (canonical, role, wants) in [
        ("product", Role::Product, Wants::Category),
        ("category", Role::Category, Wants::Category),
        ("discount", Role::Discount, Wants::Number),
        ("list_price", Role::ListPrice, Wants::Number),
        ("cogs", Role::Cogs, Wants::Number),
        ("margin", Role::Margin, Wants::Number),
        ("channel", Role::Channel, Wants::Category),
        ("outlet", Role::Outlet, Wants::Category),
        ("promised_at", Role::PromisedAt, Wants::Moment),
        ("delivered_at", Role::DeliveredAt, Wants::Moment),
        ("currency", Role::Currency, Wants::Category),
    ] {
        let free = sketch.find(role, wants).is_some_and(|c| !sketch.used.contains(&c));
        if free && sketch.map(&mut to, canonical, role, wants).is_some() {
            score += 1;
        }
    }
    let of_sale = ["order_id", "customer_id", "product", "quantity"];
    if !to.lines.iter().any(|l| of_sale.contains(&l.key.as_str())) {
        return None;
    }
    sketch.dimensions(&mut to);
    Some(sketch.finish("lines of orders", score, vec![to]))
}

fn shopify_price(sketch: &Sketch<'_>) -> Option<usize> {
    let columns = sketch.shape.columns.iter();
    columns.enumerate().find(|(_, c)| c.profile.name.eq_ignore_ascii_case("lineitem price")).map(|(i, _)| i)
}

/// What was paid: a column, or price times quantity.
fn paid(
    sketch: &mut Sketch<'_>,
    to: &mut TableDraft,
    amount: Option<usize>,
    computed: Option<(usize, usize)>,
) -> Option<i32> {
    if let Some((price, quantity)) = computed.filter(|_| amount.is_none()) {
        // Formulas read the point as decimal mark.
        if sketch.profile(price).decimal() == Mark::Comma || sketch.profile(quantity).decimal() == Mark::Comma
        {
            return None;
        }
        let expr = format!("{} * {}", name_in_expr(sketch.name(quantity)), name_in_expr(sketch.name(price)));
        let why = format!(
            "no column holds what was paid; `{}` ({}) is the price of one",
            sketch.name(price),
            sketch.profile(price).shown()
        );
        sketch.put_expr(to, "amount", &expr, why);
        sketch.used.insert(price);
        return Some(2);
    }
    sketch.map(to, "amount", Role::Amount, Wants::Number)?;
    Some(2)
}

/// What a line does: by a column, by letters before the order number, by the sign.
fn kind(sketch: &mut Sketch<'_>, to: &mut TableDraft, amount: Option<usize>) {
    if let Some(column) = sketch.find(Role::LineKind, Wants::Category)
        && let Some(labels) = kind_words(sketch, column)
    {
        let labels: Vec<(&str, String)> = labels.iter().map(|(w, k)| (w.as_str(), quoted(k))).collect();
        let value = inline(&[("column", quoted(sketch.name(column))), ("labels", inline(&labels))]);
        to.lines.push(Line::new("kind", value, "the words say what a line does"));
        sketch.used.insert(column);
        return;
    }
    if let Some(returns) = sketch.shape.evidence.returns.clone() {
        let order = name_in_expr(sketch.name(returns.order));
        let (mut expr, mut told) = (text_in_expr("sale"), Vec::new());
        for (letters, (rows, negative)) in returns.by.iter().rev() {
            let takes_back = *negative * 10 >= *rows * 9;
            let known = RETURN_LETTERS.contains(&letters.as_str());
            let kind = if takes_back && (known || *rows >= 10) { "return" } else { "adjustment" };
            expr = format!("if(starts({order}, {}), {}, {expr})", text_in_expr(letters), text_in_expr(kind));
            told.push(format!(
                "{letters} in {} rows, of which {} have `{}` below zero: {kind}",
                count(*rows),
                count(*negative),
                sketch.name(returns.measure)
            ));
        }
        told.reverse();
        if !returns.by.is_empty() {
            let why = format!("numbers that begin with letters: {}", told.join("; "));
            sketch.put_expr(to, "kind", &expr, why);
            return;
        }
    }
    let below =
        |c: &usize| sketch.profile(*c).numbers().negative > 0 && sketch.profile(*c).decimal() != Mark::Comma;
    let signed = sketch.find(Role::Quantity, Wants::Number).into_iter().chain(amount).find(below);
    if let Some(column) = signed {
        let n = sketch.profile(column).numbers().negative;
        let name = name_in_expr(sketch.name(column));
        let why = format!("{} rows have `{}` below zero: taken for returns", count(n), sketch.name(column));
        sketch.put_expr(to, "kind", &format!("if({name} < 0, 'return', 'sale')"), why);
    }
}

/// Every word of a column with the kind it means; none where one is not known.
fn kind_words(sketch: &Sketch<'_>, column: usize) -> Option<Vec<(String, &'static str)>> {
    let profile = sketch.profile(column);
    let values = profile.values.as_ref().filter(|_| profile.holds() == Holds::Words)?;
    values
        .keys()
        .map(|word| {
            let plain = word.to_lowercase();
            KINDS
                .iter()
                .find(|(_, words)| words.contains(&plain.as_str()))
                .map(|(kind, _)| (word.clone(), *kind))
        })
        .collect::<Option<Vec<_>>>()
        .filter(|labels| !labels.is_empty() && !key(&labels[0].0).is_empty())
}
