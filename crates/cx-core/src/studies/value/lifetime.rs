//! From purchases and spend to lifetime values.

use super::Context;
use super::drawn::Drawn;
use super::law::{Found, Law};
use crate::ground::estimate::Absent;
use crate::infer::buying::{Cell, FittedSpend, GammaGamma, SpendCell, discounted_as_they_come};
use crate::stats::{Rfm, WORLDS};
use std::collections::BTreeMap;

/// Weeks of a year.
pub(super) const YEAR: f64 = 365.25 / 7.0;

/// Customers with the same history, and what they spent after their first day.
#[derive(Debug, Clone, Copy)]
pub(super) struct History {
    pub cell: Cell,
    /// Repeat spend of all of them, major units.
    pub spend: f64,
}

/// Histories in weeks of the customers of every group.
pub(super) fn histories(groups: &[(u32, &Rfm)], minor: f64) -> Vec<History> {
    let of = |group: u32, rfm: &Rfm| -> Vec<History> {
        rfm.cells
            .iter()
            .map(|(&(x, last, observed), &(count, spend))| History {
                cell: Cell {
                    x: f64::from(x),
                    recency: f64::from(last) / 7.0,
                    age: f64::from(observed) / 7.0,
                    count: count as f64,
                    group,
                },
                spend: spend as f64 / minor,
            })
            .collect()
    };
    groups.iter().flat_map(|(group, rfm)| of(*group, rfm)).collect()
}

/// What remains to be bought and earned from the present base.
#[derive(Debug, Clone)]
pub(super) struct Remaining {
    /// Mean chance that a customer has not left; none by the average.
    pub alive: Option<Drawn>,
    /// Purchases per customer in the next year.
    pub purchases: Drawn,
    /// Discounted revenue to come, all customers together.
    pub revenue: Drawn,
    /// Per history: discounted revenue of one customer.
    pub each: Vec<f64>,
}

/// Discounted purchases of one customer over the horizon.
pub(super) fn discounted(context: &Context<'_>, law: &Law, cell: &Cell) -> f64 {
    let expected = |years: f64| law.ahead(cell, years * YEAR).mean;
    discounted_as_they_come(expected, context.terms.years, context.terms.rate.ln_1p())
}

/// Expected spend per purchase of the customers of a history, all together.
fn spends(model: &GammaGamma, history: &History) -> Result<f64, Absent> {
    // Linear in the customer's own spend, so the sum needs no single customer.
    let one = |total: f64| model.expected_spend(history.cell.x, total);
    let (none, per_unit) = (one(0.0)?, one(1.0)?);
    Ok(history.cell.count * none + history.spend * (per_unit - none))
}

/// What remains of the present base.
///
/// # Errors
/// The spend model has no mean.
pub(super) fn remaining(
    context: &Context<'_>,
    bought: &dyn Found,
    spend: &FittedSpend,
    spend_worlds: &[GammaGamma],
    histories: &[History],
) -> Result<Remaining, Absent> {
    let cells: Vec<Cell> = histories.iter().map(|h| h.cell).collect();
    let customers: f64 = cells.iter().map(|c| c.count).sum();
    let law = bought.law();
    let known = cells.iter().all(|c| law.alive(c).is_some());
    let alive = known
        .then(|| bought.spread(&cells, &|law, c| law.alive(c).unwrap_or(0.0)).map(|sum| sum / customers));
    let purchases = bought.spread(&cells, &|law, c| law.ahead(c, YEAR).mean).map(|sum| sum / customers);
    let totals = histories.iter().map(|h| spends(&spend.model, h)).collect::<Result<Vec<f64>, _>>()?;
    // Every customer counts as often as their purchases are worth.
    let weighted: Vec<Cell> =
        cells.iter().zip(&totals).map(|(c, total)| Cell { count: total.max(0.0), ..*c }).collect();
    let revenue = bought.spread(&weighted, &|law, cell| discounted(context, law, cell));
    let each: Vec<f64> = cells
        .iter()
        .zip(&totals)
        .map(
            |(c, total)| {
                if c.count > 0.0 { total.max(0.0) / c.count * discounted(context, &law, c) } else { 0.0 }
            },
        )
        .collect();
    let spent = spend_factor(context, &law, spend, spend_worlds, histories)?;
    Ok(Remaining { alive, purchases, revenue: revenue.with(&spent, |a, b| a * b), each })
}

/// What the worlds of the spend model do to the revenue, relative to its fit.
fn spend_factor(
    context: &Context<'_>,
    law: &Law,
    spend: &FittedSpend,
    worlds: &[GammaGamma],
    histories: &[History],
) -> Result<Drawn, Absent> {
    // By number of purchases: discounted purchases, and those times own spend.
    let mut by_x: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    for history in histories.iter().filter(|h| h.cell.count > 0.0) {
        let each = discounted(context, law, &history.cell);
        let sums = by_x.entry(history.cell.x as u64).or_insert((0.0, 0.0));
        sums.0 += each * history.cell.count;
        sums.1 += each * history.spend;
    }
    let total = |model: &GammaGamma| -> Option<f64> {
        by_x.iter()
            .map(|(x, (purchases, own))| {
                let none = model.expected_spend(*x as f64, 0.0).ok()?;
                let one = model.expected_spend(*x as f64, 1.0).ok()?;
                Some(none * purchases + (one - none) * own)
            })
            .sum()
    };
    let base = total(&spend.model).ok_or(Absent::Undefined { why: "spend has no mean".to_owned() })?;
    let worlds = worlds.iter().map(|model| total(model).map(|x| x / base).filter(|x| x.is_finite()));
    Ok(Drawn { value: 1.0, worlds: worlds.collect() })
}

/// What a new customer will bring: the first purchase and the repeats.
#[derive(Debug, Clone)]
pub(super) struct NewCustomer {
    /// Undiscounted revenue.
    pub revenue: Drawn,
    /// Discounted revenue.
    pub discounted: Drawn,
    /// Discounted revenue by month from the first purchase, that one in the first.
    pub months: Vec<f64>,
}

/// The value of a new customer over the horizon.
pub(super) fn new_customer(
    context: &Context<'_>,
    bought: &dyn Found,
    first: &Drawn,
    mean_spend: &Drawn,
) -> NewCustomer {
    let months = (context.terms.years * 12.0).round() as u32;
    let month = YEAR / 12.0;
    let purchases = |law: &Law| law.fresh(f64::from(months) * month);
    let by_month = |law: &Law| -> Vec<f64> {
        let mut before = 0.0;
        (1..=months)
            .map(|k| {
                let until = law.fresh(f64::from(k) * month);
                let gain = (until - before) * context.discount((f64::from(k) - 0.5) / 12.0);
                before = until;
                gain
            })
            .collect()
    };
    let law = bought.law();
    let worlds = bought.worlds();
    let drawn = |f: &dyn Fn(&Law) -> f64| Drawn {
        value: f(&law),
        worlds: worlds.iter().map(|law| Some(f(law)).filter(|x| x.is_finite())).collect(),
    };
    let repeats = drawn(&purchases).with(mean_spend, |n, m| n * m);
    let discounted = drawn(&|law| by_month(law).iter().sum()).with(mean_spend, |n, m| n * m);
    let mut list: Vec<f64> = by_month(&law).iter().map(|n| n * mean_spend.value).collect();
    if let Some(month) = list.first_mut() {
        *month += first.value;
    }
    NewCustomer {
        revenue: repeats.with(first, |a, b| a + b),
        discounted: discounted.with(first, |a, b| a + b),
        months: list,
    }
}

/// The mean spend per purchase over customers, with its worlds.
///
/// # Errors
/// It has none.
pub(super) fn mean_spend(spend: &FittedSpend, worlds: &[GammaGamma]) -> Result<Drawn, Absent> {
    let value = spend.model.population_mean()?;
    Ok(Drawn { value, worlds: worlds.iter().map(|m| m.population_mean().ok()).collect() })
}

/// Spend by number of purchases, group by group.
pub(super) fn spend_cells(groups: &[(u32, &Rfm)], minor: f64) -> Vec<SpendCell> {
    groups.iter().flat_map(|(group, rfm)| crate::infer::buying::spend_cells(rfm, minor, *group)).collect()
}

/// Worlds of the spend model.
pub(super) fn spend_worlds(spend: &FittedSpend, cells: &[SpendCell], seed: u64) -> Vec<GammaGamma> {
    spend.worlds(cells, seed, WORLDS)
}
