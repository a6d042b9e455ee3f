//! `orders.csv`: the shop's export, with every trap such exports have.

use super::orders::{Line, Order, clock_change};
use super::people::number;
use super::products::PRODUCTS;
use super::rates::Rates;
use super::world::{CHANNELS, World};
use crate::calendar::Moment;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::{Sheet, german_money};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) const FILE: &str = "orders.csv";

/// How the shop calls its sales channels.
const SHOP_CHANNELS: [&str; 3] = ["Webshop", "App", "Marktplatz"];

/// What was written to `orders.csv`.
#[derive(Debug, Default, Serialize)]
pub(super) struct OrderTruth {
    /// Rows below the heading.
    pub rows: u64,
    /// Rows whose date is none: rejected.
    pub rejected_dates: u64,
    /// Rows that stay; the counts below are of these.
    pub kept: u64,
    pub sales: u64,
    pub returns: u64,
    pub orders: u64,
    /// Orders with a customer.
    pub orders_of_customers: u64,
    pub customers: u64,
    pub without_customer: u64,
    /// Rows that repeat another cell by cell; both stay.
    pub repeated_rows: u64,
    /// Amounts with more digits than a cent; rounded.
    pub rounded_amounts: u64,
    /// Blank amounts: not zero.
    pub blank_amounts: u64,
    /// Local times that a change of clocks skipped, and that occurred twice.
    pub clock_skipped: u64,
    pub clock_twice: u64,
    pub foreign: BTreeMap<&'static str, u64>,
    /// Foreign rows of a day without a rate: no amount.
    pub missing_rate: BTreeMap<&'static str, u64>,
    /// Sum of the amounts in euro cents, converted at the day's rate; blanks and missing rates left out.
    pub revenue_cents: i64,
    /// Of it, rows paid in euro.
    pub revenue_in_euro_cents: i64,
    /// Of rows with a customer.
    pub revenue_of_customers_cents: i64,
    pub rows_by_channel: BTreeMap<&'static str, u64>,
    /// Orders that arrived, and those of them that arrived by the day promised.
    pub delivered: u64,
    pub on_time: u64,
}

/// A row of the export: a line sold, or a line sent back.
struct Row<'a> {
    at: Moment,
    order: usize,
    line: &'a Line,
    back: bool,
}

/// What makes a row special.
#[derive(Clone, Copy, PartialEq)]
enum Trap {
    Repeated,
    SubCent,
    Blank,
    NoDate,
}

/// Writes the export.
pub(super) fn write(
    world: &World,
    orders: &[Order],
    rates: &Rates,
    folder: &mut Folder,
) -> Result<OrderTruth, Error> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (i, order) in orders.iter().enumerate() {
        for line in &order.lines {
            rows.push(Row { at: order.at, order: i, line, back: false });
            rows.extend(line.returned.map(|at| Row { at, order: i, line, back: true }));
        }
    }
    rows.sort_by_key(|r| (r.at, r.order, r.back));
    let traps = traps(world, orders, &rows);
    let mut sheet = Sheet::plain(folder.create(FILE)?, ';');
    sheet.head("Linden & Finch Shop 4.2 - Export vom 16.11.2026 06:00");
    sheet.head("Order;Type;Customer;Ordered;Article;Category;Quantity;List price;Discount;Line total;Goods cost;Margin;Currency;Channel;Promised;Delivered;Complete;Damaged;Club price");
    let mut truth = OrderTruth::default();
    let mut buyers = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for (i, row) in rows.iter().enumerate() {
        let trap = traps.get(&i).copied();
        let times = if trap == Some(Trap::Repeated) { 2 } else { 1 };
        for time in 0..times {
            put(&mut sheet, &orders[row.order], row, trap);
            count(&mut truth, &orders[row.order], row, trap, rates);
            truth.repeated_rows += time;
        }
        if trap != Some(Trap::NoDate) {
            seen.insert(row.order);
            buyers.extend(orders[row.order].customer);
        }
    }
    truth.customers = buyers.len() as u64;
    truth.orders = seen.len() as u64;
    let known = seen.iter().map(|i| &orders[*i]);
    truth.orders_of_customers = known.clone().filter(|o| o.customer.is_some()).count() as u64;
    truth.delivered = known.clone().filter(|o| o.delivered.is_some()).count() as u64;
    truth.on_time = known.filter(|o| o.delivered.is_some() && !o.late()).count() as u64;
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok(truth)
}

/// Rows that become traps: ordinary sales in euro, so that each carries one fault.
fn traps(world: &World, orders: &[Order], rows: &[Row<'_>]) -> HashMap<usize, Trap> {
    let plain: Vec<usize> = (0..rows.len())
        .filter(|i| {
            let order = &orders[rows[*i].order];
            let ordinary = order.currency() == "EUR" && order.customer.is_some() && order.lines.len() > 1;
            ordinary && !rows[*i].back && clock_change(order.at).is_none()
        })
        .collect();
    let mut dice = Dice::new(world.seed, "order traps", 0);
    let kinds = [(Trap::Repeated, 37), (Trap::SubCent, 64), (Trap::Blank, 9), (Trap::NoDate, 5)];
    let chosen = dice.distinct(kinds.iter().map(|(_, n)| n).sum(), plain.len());
    let kinds = kinds.into_iter().flat_map(|(kind, n)| std::iter::repeat_n(kind, n));
    chosen.into_iter().map(|i| plain[i]).zip(kinds).collect()
}

/// The amount of a row in hundredths of its currency.
const fn amount(row: &Row<'_>) -> i64 {
    let paid = row.line.list - row.line.discount;
    if row.back { -paid } else { paid }
}

fn put(sheet: &mut Sheet, order: &Order, row: &Row<'_>, trap: Option<Trap>) {
    let sign = if row.back { -1 } else { 1 };
    let product = &PRODUCTS[row.line.product];
    let (paid, cost) = (amount(row), sign * row.line.cost);
    sheet.cell(4_100_001 + row.order).text(if row.back { "Retoure" } else { "Verkauf" });
    sheet.maybe(order.customer.map(number));
    if trap == Some(Trap::NoDate) {
        sheet.text("00.00.0000 00:00");
    } else {
        sheet.cell(row.at.german());
    }
    sheet.text(product.name).text(product.category).cell(sign * row.line.quantity);
    sheet.cell(german_money(sign * row.line.list)).cell(german_money(sign * row.line.discount));
    match trap {
        Some(Trap::Blank) => sheet.cell(""),
        // Below half a cent, so that rounding gives the cent again.
        Some(Trap::SubCent) => sheet.cell(format_args!("{}3", german_money(paid))),
        _ => sheet.cell(german_money(paid)),
    };
    sheet.cell(german_money(cost));
    sheet.maybe((trap != Some(Trap::Blank)).then(|| german_money(paid - cost)));
    sheet.text(order.currency()).text(SHOP_CHANNELS[order.channel]);
    if row.back {
        sheet.cell("").cell("").cell("").cell("");
    } else {
        let yes_no = |b: bool| if b { "ja" } else { "nein" };
        sheet.cell(order.promised.german()).maybe(order.delivered.map(crate::calendar::Day::german));
        sheet.maybe(order.delivered.map(|_| yes_no(order.in_full)));
        sheet.maybe(order.delivered.map(|_| yes_no(order.damaged)));
    }
    sheet.text(if order.club { "ja" } else { "nein" }).end();
}

fn count(truth: &mut OrderTruth, order: &Order, row: &Row<'_>, trap: Option<Trap>, rates: &Rates) {
    if trap == Some(Trap::NoDate) {
        truth.rejected_dates += 1;
        return;
    }
    truth.kept += 1;
    *(if row.back { &mut truth.returns } else { &mut truth.sales }) += 1;
    truth.without_customer += u64::from(order.customer.is_none());
    truth.rounded_amounts += u64::from(trap == Some(Trap::SubCent));
    truth.blank_amounts += u64::from(trap == Some(Trap::Blank));
    let change = clock_change(row.at);
    truth.clock_skipped += u64::from(change == Some("skipped"));
    truth.clock_twice += u64::from(change == Some("twice"));
    *truth.rows_by_channel.entry(CHANNELS[order.channel]).or_default() += 1;
    let foreign = order.currency() != "EUR";
    if foreign {
        *truth.foreign.entry(order.currency()).or_default() += 1;
    }
    let paid = amount(row);
    let euros = if foreign { rates.convert(order.currency(), row.at.day, paid) } else { Some(paid) };
    match euros {
        None => *truth.missing_rate.entry(order.currency()).or_default() += 1,
        Some(_) if trap == Some(Trap::Blank) => {}
        Some(cents) => {
            truth.revenue_cents += cents;
            truth.revenue_in_euro_cents += if foreign { 0 } else { cents };
            truth.revenue_of_customers_cents += if order.customer.is_some() { cents } else { 0 };
        }
    }
}
