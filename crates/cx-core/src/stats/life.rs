//! Life tables: who was at risk, who left and why, who is still being watched.

use super::Merge;
use super::buckets;
use crate::ground::fixed::{self, Overflow};
use std::collections::BTreeMap;

/// Distinct ages kept apart before ages share 2 % buckets.
const EXACT: usize = 1024;

/// One age of a life table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LifeRow {
    /// Units that came under watch at this age (late entry).
    pub entered: u64,
    /// Events by cause; the cause's number is its place.
    pub events: Vec<u64>,
    /// Units last seen at this age without an event.
    pub censored: u64,
}

impl LifeRow {
    /// Events of every cause.
    pub fn all_events(&self) -> u64 {
        self.events.iter().sum()
    }

    fn absorb(&mut self, other: &Self) {
        self.entered += other.entered;
        self.censored += other.censored;
        if self.events.len() < other.events.len() {
            self.events.resize(other.events.len(), 0);
        }
        for (into, x) in self.events.iter_mut().zip(&other.events) {
            *into += x;
        }
    }
}

/// Entries, events and censorings per age. Within an age, entries come first,
/// then events, then censorings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    exact: bool,
    rows: BTreeMap<i128, LifeRow>,
}

impl Default for Life {
    fn default() -> Self {
        Self { exact: true, rows: BTreeMap::new() }
    }
}

impl Life {
    /// Adds `n` units watched from age `entry` (fixed point; 0 from the start)
    /// to age `exit`, ending in an event of some cause or, with `None`, censored.
    pub fn add(&mut self, entry: i128, exit: i128, cause: Option<usize>, n: u64) {
        self.row(entry).entered += n;
        let row = self.row(exit);
        match cause {
            None => row.censored += n,
            Some(cause) => {
                if row.events.len() <= cause {
                    row.events.resize(cause + 1, 0);
                }
                row.events[cause] += n;
            }
        }
        self.settle();
    }

    fn row(&mut self, age: i128) -> &mut LifeRow {
        let key = if self.exact { age } else { i128::from(buckets::bucket(age)) };
        self.rows.entry(key).or_default()
    }

    fn settle(&mut self) {
        if self.exact && self.rows.len() > EXACT {
            self.share_buckets();
        }
    }

    fn share_buckets(&mut self) {
        self.exact = false;
        for (age, row) in std::mem::take(&mut self.rows) {
            self.row(age).absorb(&row);
        }
    }

    /// True where ages were not put into buckets.
    pub const fn is_exact(&self) -> bool {
        self.exact
    }

    /// The same with ages in 2 % buckets, as beyond 1024 distinct ages: two
    /// tables of which one is in buckets can then be laid side by side.
    #[must_use]
    pub fn in_buckets(&self) -> Self {
        let mut life = self.clone();
        if life.exact {
            life.share_buckets();
        }
        life
    }

    /// Ages in order, each with its row; a bucket speaks with its middle.
    pub fn rows(&self) -> impl Iterator<Item = (f64, &LifeRow)> {
        self.rows.iter().map(|(key, row)| {
            let (low, high) = if self.exact { (*key, *key) } else { buckets::bounds(*key as i32) };
            (f64::midpoint(fixed::to_f64(low), fixed::to_f64(high)), row)
        })
    }

    /// Units in all.
    pub fn units(&self) -> u64 {
        self.rows.values().map(|row| row.entered).sum()
    }

    /// Events of every cause.
    pub fn events(&self) -> u64 {
        self.rows.values().map(LifeRow::all_events).sum()
    }

    /// Units last seen without an event.
    pub fn censored(&self) -> u64 {
        self.rows.values().map(|row| row.censored).sum()
    }
}

impl Merge for Life {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        if self.exact && !other.exact {
            self.share_buckets();
        }
        for (key, row) in &other.rows {
            if other.exact {
                self.row(*key).absorb(row);
            } else {
                self.rows.entry(*key).or_default().absorb(row);
            }
        }
        self.settle();
        Ok(())
    }
}
