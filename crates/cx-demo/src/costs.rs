//! `costs.csv`: what the company spends, month by month and on its initiatives.

use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::{Sheet, money};
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) const FILE: &str = "costs.csv";

/// A monthly cost that has nothing to do with initiatives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account {
    pub name: &'static str,
    pub kind: &'static str,
    /// Whom marketing speaks to: new, existing, all, or blank.
    pub to: &'static str,
    /// Paid media: yes, no, or blank.
    pub paid: &'static str,
    /// Cents per customer on file and month.
    pub cents: f64,
}

pub(crate) const fn account(
    name: &'static str,
    kind: &'static str,
    to: &'static str,
    paid: &'static str,
    cents: f64,
) -> Account {
    Account { name, kind, to, paid, cents }
}

/// What an initiative costs, in cents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spending {
    pub initiative: &'static str,
    pub account: &'static str,
    /// Paid once, on this day.
    pub capex: (Day, i64),
    /// Paid at the end of every complete month from one day until another.
    pub opex: (Day, Day, i64),
}

/// What was written to `costs.csv`.
#[derive(Debug, Default, Serialize)]
pub(crate) struct CostTruth {
    pub rows: u64,
    pub cents_by_kind: BTreeMap<&'static str, i64>,
    pub cents_by_initiative: BTreeMap<&'static str, i64>,
}

/// The records' time, and what a month's costs follow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub seed: u64,
    pub customers: u32,
    pub first: Day,
    pub last: Day,
    /// Factor on the accounts by month of the year.
    pub season: fn(i32) -> f64,
}

/// Writes the accounts of every complete month, and what initiatives cost.
pub(crate) fn write(
    span: Span,
    accounts: &[Account],
    spending: &[Spending],
    folder: &mut Folder,
) -> Result<CostTruth, Error> {
    let mut sheet = Sheet::plain(folder.create(FILE)?, ',');
    sheet.head("Booking,Date,Account,Amount,Kind,Addressed to,Paid media,Initiative");
    let mut truth = CostTruth::default();
    let mut dice = Dice::new(span.seed, "costs", 0);
    let mut book = |day: Day, account: Account, cents: i64, initiative: &'static str| {
        sheet.cell(format_args!("B{:05}", sheet.rows() + 1)).cell(day).text(account.name).cell(money(cents));
        sheet.text(account.kind).text(account.to).text(account.paid).text(initiative).end();
        *truth.cents_by_kind.entry(account.kind).or_default() += cents;
        if !initiative.is_empty() {
            *truth.cents_by_initiative.entry(initiative).or_default() += cents;
        }
    };
    let of = |one: &Spending, kind| account(one.account, kind, "", "", 0.0);
    let mut month = span.first.month_start(0);
    while month.month_start(1) <= span.last.plus(1) {
        let last = month.month_start(1).plus(-1);
        for account in accounts {
            let season = (span.season)(month.month());
            let amount = account.cents * f64::from(span.customers) * season * (1.0 + 0.06 * dice.normal());
            book(last, *account, amount as i64, "");
        }
        for one in spending.iter().filter(|s| month >= s.opex.0 && month < s.opex.1) {
            book(last, of(one, "initiative_opex"), one.opex.2, one.initiative);
        }
        month = month.month_start(1);
    }
    for one in spending {
        book(one.capex.0, of(one, "initiative_capex"), one.capex.1, one.initiative);
    }
    truth.rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok(truth)
}
