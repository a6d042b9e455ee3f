//! The present base by tenths of remaining value.

use super::law::Law;
use super::lifetime::History;
use crate::findings::Decile;
use crate::reduce::{Reduced, Stat};
use std::collections::{BTreeMap, BTreeSet};

/// Tenths of customers by the value that remains of them, the best first.
///
/// Customers of one history count as equal; a history that lies across a
/// border is dealt to both sides. `cut` are histories by segment: the columns'
/// names, and histories by their values, for who the best are.
pub(super) fn deciles(
    histories: &[History],
    each: &[f64],
    law: &Law,
    cut: Option<(&[String], &Reduced)>,
) -> Vec<Decile> {
    let customers: f64 = histories.iter().map(|h| h.cell.count).sum();
    let total: f64 = histories.iter().zip(each).map(|(h, v)| h.cell.count * v).sum();
    if customers < 10.0 || total <= 0.0 {
        return Vec::new();
    }
    // Histories of all random groups together.
    let mut merged: BTreeMap<Key, (f64, f64, Option<f64>)> = BTreeMap::new();
    for (history, value) in histories.iter().zip(each) {
        let row = merged.entry(key(history)).or_insert((0.0, 0.0, law.alive(&history.cell)));
        row.0 += history.cell.count;
        row.1 += history.cell.count * value;
    }
    let mut order: Vec<(&Key, f64, f64, Option<f64>)> =
        merged.iter().map(|(k, (n, sum, alive))| (k, *n, sum / n, *alive)).collect();
    order.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(b.0)));
    let shares = cut.map(|(names, reduced)| segments(names, reduced));
    let mut list = Vec::new();
    let mut rows = order.into_iter();
    let mut left: Option<(&Key, f64, f64, Option<f64>)> = rows.next();
    for number in 1..=10 {
        let mut open = customers / 10.0;
        let mut decile = Decile {
            number,
            customers: 0.0,
            value: 0.0,
            share: 0.0,
            purchases: 0.0,
            alive: None,
            profile: Vec::new(),
        };
        let mut alive = Some(0.0);
        let mut who: BTreeMap<(String, String), f64> = BTreeMap::new();
        while let Some((key, n, value, chance)) = left {
            let taken = if number == 10 { n } else { n.min(open) };
            decile.customers += taken;
            decile.value += taken * value;
            decile.purchases += taken * f64::from(key.0);
            alive = alive.zip(chance).map(|(sum, p)| sum + taken * p);
            if let Some(shares) = &shares {
                for (group, share) in shares.get(key).into_iter().flatten() {
                    *who.entry(group.clone()).or_insert(0.0) += taken * share;
                }
            }
            open -= taken;
            if n - taken > 1e-9 {
                left = Some((key, n - taken, value, chance));
                break;
            }
            left = rows.next();
            if open <= 1e-9 {
                break;
            }
        }
        decile.share = decile.value / total;
        decile.purchases /= decile.customers.max(f64::MIN_POSITIVE);
        decile.alive = alive.map(|sum| sum / decile.customers.max(f64::MIN_POSITIVE));
        decile.profile = who
            .into_iter()
            .map(|((segment, group), n)| (segment, group, n / decile.customers, 0.0))
            .collect();
        list.push(decile);
    }
    beside_the_base(&mut list, customers);
    list
}

/// A history in days: purchases, last, watched.
type Key = (u32, u32, u32);

fn key(history: &History) -> Key {
    let days = |weeks: f64| (weeks * 7.0).round() as u32;
    (history.cell.x as u32, days(history.cell.recency), days(history.cell.age))
}

/// Per history: the share of each group of each segment among its customers.
fn segments(names: &[String], reduced: &Reduced) -> BTreeMap<Key, Vec<((String, String), f64)>> {
    let mut counts: BTreeMap<Key, BTreeMap<(String, String), u64>> = BTreeMap::new();
    for (cell, stat) in &reduced.cells {
        let Stat::Rfm(rfm) = stat else { continue };
        for (history, (n, _)) in &rfm.cells {
            for (name, value) in names.iter().zip(&cell.values) {
                let group = (name.clone(), value.clone().unwrap_or_else(|| "(none)".to_owned()));
                *counts.entry(*history).or_default().entry(group).or_insert(0) += n;
            }
        }
    }
    counts
        .into_iter()
        .map(|(history, groups)| {
            // Every segment sums to all customers of the history.
            let whole = |segment: &str| -> u64 {
                groups.iter().filter(|((s, _), _)| s == segment).map(|(_, n)| n).sum()
            };
            let shares = groups
                .iter()
                .map(|(group, n)| (group.clone(), *n as f64 / whole(&group.0).max(1) as f64))
                .collect();
            (history, shares)
        })
        .collect()
}

/// Puts the share in the base beside the share in each tenth.
fn beside_the_base(list: &mut [Decile], customers: f64) {
    let mut base: BTreeMap<(String, String), f64> = BTreeMap::new();
    for decile in list.iter() {
        for (segment, group, share, _) in &decile.profile {
            *base.entry((segment.clone(), group.clone())).or_insert(0.0) += share * decile.customers;
        }
    }
    let groups: BTreeSet<(String, String)> = base.keys().cloned().collect();
    for decile in list {
        for (segment, group) in &groups {
            let known = decile.profile.iter().any(|p| p.0 == *segment && p.1 == *group);
            if !known {
                decile.profile.push((segment.clone(), group.clone(), 0.0, 0.0));
            }
        }
        decile.profile.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        for (segment, group, _, of_base) in &mut decile.profile {
            let whole = base.get(&(segment.clone(), group.clone())).copied().unwrap_or(0.0);
            *of_base = whole / customers;
        }
    }
}
