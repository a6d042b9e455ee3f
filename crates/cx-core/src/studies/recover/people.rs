//! Who may be drawn, and lots among them.

use super::ground::{Ground, refuse};
use crate::ground::estimate::Refused;
use crate::ground::expr::{Expr, Literal};
use crate::ground::period::DAY;
use crate::reduce::plan::parse_rows;
use crate::reduce::{Engine, ReduceError, Run};
use crate::stats::{cluster_hash, world_bits};
use crate::studies::roi::Context;
use std::collections::BTreeMap;

/// Days before the effect within which somebody must have bought to count as active.
const ACTIVE_DAYS: i64 = 365;

/// Customers that an arm needs before its mean says anything.
const FEWEST: usize = 20;

/// One customer who may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    /// The number of the id among customers.
    pub code: u32,
    /// What lots are drawn by.
    hash: u64,
}

/// Everybody who may be drawn, by the text of their ids.
#[derive(Debug)]
pub(super) struct People {
    pub list: Vec<Person>,
    /// Places in the list, by id.
    pub places: BTreeMap<String, usize>,
}

/// Who was drawn, as places in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lot {
    pub treated: Vec<u32>,
    pub control: Vec<u32>,
}

/// Customers who bought in the year before the effect and had not left when it began.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why nobody can be drawn.
pub(super) fn people(
    context: &Context<'_>,
    ground: &Ground,
    share: f64,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<People, Refused>, ReduceError> {
    let moments = vec![
        ("START".to_owned(), Literal::Time(ground.from.0)),
        ("YEAR".to_owned(), Literal::Time(ground.from.0 - ACTIVE_DAYS * DAY)),
    ];
    let told = |rows: &str, each: &mut dyn FnMut(&str)| -> Result<(), ReduceError> {
        let rows = parse_rows(rows, &moments).map_err(|e| ReduceError::Unsupported(e.to_string()))?;
        let tell = &mut |key: &str, _: &[f64]| {
            each(key);
            Ok(())
        };
        engine.list(context.data, &rows, &[Expr::col("last")], machine, tell).map(|_| ())
    };
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let bought = "transactions where customer_id is known and occurred_at >= YEAR and occurred_at < START \
                  per customer_id { last = max(occurred_at) }";
    told(bought, &mut |id| {
        found.insert(id.to_owned(), 0);
    })?;
    if context.data.table("customers").is_some_and(|t| t.column("closed_at").is_some()) {
        let left = "customers where closed_at is known and closed_at <= START \
                    per customer_id { last = max(closed_at) }";
        told(left, &mut |id| {
            found.remove(id);
        })?;
    }
    let dictionary =
        context.data.table("transactions").and_then(|lines| lines.column("customer_id")?.dictionary.as_ref());
    let seed = cluster_hash(context.seed, b"recovery");
    let mut list = Vec::with_capacity(found.len());
    for (place, (id, at)) in found.iter_mut().enumerate() {
        *at = place;
        let code = dictionary.and_then(|known| known.find(id)).unwrap_or(crate::tables::column::NO_CODE);
        list.push(Person { code, hash: cluster_hash(seed, id.as_bytes()) });
    }
    let people = People { list, places: found };
    let drawn = people.drawn(share);
    if drawn < 2 * FEWEST {
        return Ok(Err(refuse(
            "customers",
            format!(
                "{} customers bought in the year before {} and {drawn} would be drawn; {} are needed",
                people.list.len(),
                ground.day,
                2 * FEWEST
            ),
            "a larger share, or a day before which more customers had bought",
        )));
    }
    Ok(Ok(people))
}

impl People {
    /// Customers that a lot draws, an even number.
    fn drawn(&self, share: f64) -> usize {
        let wanted = (share * self.list.len() as f64).round() as usize;
        wanted.min(self.list.len()) / 2 * 2
    }

    /// The lot of a repeat: the first by its own order of all, half of them treated.
    pub(super) fn lot(&self, repeat: u32, share: f64) -> Lot {
        let mut order: Vec<(u64, u32)> =
            self.list.iter().enumerate().map(|(i, p)| (world_bits(p.hash, repeat), i as u32)).collect();
        order.sort_unstable();
        let drawn = self.drawn(share);
        let arm = |of: &[(u64, u32)]| of.iter().map(|(_, i)| *i).collect();
        Lot { treated: arm(&order[..drawn / 2]), control: arm(&order[drawn / 2..drawn]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(n: u32) -> People {
        let seed = cluster_hash(1, b"recovery");
        let person = |i: u32| Person { code: i, hash: cluster_hash(seed, &i.to_le_bytes()) };
        People { list: (0..n).map(person).collect(), places: BTreeMap::new() }
    }

    #[test]
    fn lots_are_even_and_each_is_another() {
        let all = people(101);
        let lot = all.lot(0, 1.0);
        assert_eq!((lot.treated.len(), lot.control.len()), (50, 50));
        assert!(lot.treated.iter().all(|i| !lot.control.contains(i)));
        assert_ne!(lot, all.lot(1, 1.0));
        assert_eq!(lot, all.lot(0, 1.0));
        let few = all.lot(0, 0.2);
        assert_eq!((few.treated.len(), few.control.len()), (10, 10));
    }

    /// Of 400 lots each customer is treated in about half: no chi-square above its 99.9 % point.
    #[test]
    fn everybody_has_the_same_chance() {
        let all = people(100);
        let mut times = [0_u32; 100];
        for repeat in 0..400 {
            all.lot(repeat, 1.0).treated.iter().for_each(|i| times[*i as usize] += 1);
        }
        let chi: f64 = times.iter().map(|k| (f64::from(*k) - 200.0).powi(2) / 100.0).sum();
        assert!(chi < 149.4, "chi-square {chi}");
    }
}
