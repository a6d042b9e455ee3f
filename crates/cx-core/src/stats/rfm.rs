//! Recency, frequency and spend: what buy-till-you-die models are fitted on.

use super::{Merge, add};
use crate::ground::fixed::Overflow;
use std::collections::BTreeMap;

/// Customers counted by (x, t_x, T) and by (x, repeat spend).
///
/// x counts purchase days after the first, t_x is the day of the last one and
/// T the days observed, both since the first purchase. No smaller statistic
/// exists for the spend model, whose likelihood mixes data and parameters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rfm {
    /// (x, t_x, T) in days → customers and their repeat spend in minor units.
    pub cells: BTreeMap<(u32, u32, u32), (u64, i128)>,
    /// (x, repeat spend in minor units) → customers.
    pub spend: BTreeMap<(u32, i64), u64>,
}

impl Rfm {
    /// Adds one customer.
    pub fn add(&mut self, x: u32, last: u32, observed: u32, repeat_spend: i64) -> Result<(), Overflow> {
        let cell = self.cells.entry((x, last, observed)).or_insert((0, 0));
        cell.0 += 1;
        add(&mut cell.1, i128::from(repeat_spend))?;
        *self.spend.entry((x, repeat_spend)).or_insert(0) += 1;
        Ok(())
    }

    /// Customers in all.
    pub fn customers(&self) -> u64 {
        self.cells.values().map(|(n, _)| n).sum()
    }
}

impl Merge for Rfm {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        for (key, (n, spend)) in &other.cells {
            let cell = self.cells.entry(*key).or_insert((0, 0));
            cell.0 += n;
            add(&mut cell.1, *spend)?;
        }
        for (key, n) in &other.spend {
            *self.spend.entry(*key).or_insert(0) += n;
        }
        Ok(())
    }
}
