//! Quantiles of money and time.

use super::buckets;
use super::{Merge, add};
use crate::ground::fixed::{self, Overflow};
use std::collections::BTreeMap;

/// Distinct values kept apart before values share buckets.
const EXACT: usize = 1024;

/// Counts and sums per value, or per 2 % bucket once there are more than 1024
/// distinct values. Which of the two depends on the values alone, never on
/// the order they came in, so merging is exact either way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    exact: bool,
    /// Value (exact) or bucket number → count and Σvalue.
    counts: BTreeMap<i128, (u64, i128)>,
    n: u64,
    min: i128,
    max: i128,
}

impl Default for Sketch {
    fn default() -> Self {
        Self { exact: true, counts: BTreeMap::new(), n: 0, min: i128::MAX, max: i128::MIN }
    }
}

/// Where an order statistic lies: between these two values (equal when exact).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lowest value it can have.
    pub low: f64,
    /// Highest value it can have.
    pub high: f64,
}

impl Bounds {
    /// The middle of the bounds.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

impl Sketch {
    /// Adds `n` equal values, in fixed point.
    pub fn add(&mut self, value: i128, n: u64) -> Result<(), Overflow> {
        let sum = value.checked_mul(i128::from(n)).ok_or(Overflow)?;
        self.put(value, n, sum)?;
        self.n += n;
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        self.settle()
    }

    fn put(&mut self, value: i128, n: u64, sum: i128) -> Result<(), Overflow> {
        let key = if self.exact { value } else { i128::from(buckets::bucket(value)) };
        let entry = self.counts.entry(key).or_insert((0, 0));
        entry.0 += n;
        add(&mut entry.1, sum)
    }

    /// Moves to buckets once there are too many distinct values.
    fn settle(&mut self) -> Result<(), Overflow> {
        if self.exact && self.counts.len() > EXACT {
            self.exact = false;
            for (value, (n, sum)) in std::mem::take(&mut self.counts) {
                self.put(value, n, sum)?;
            }
        }
        Ok(())
    }

    /// Number of values.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// True where values were not put into buckets.
    pub const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Smallest and largest value.
    pub fn range(&self) -> Option<(f64, f64)> {
        (self.n > 0).then(|| (fixed::to_f64(self.min), fixed::to_f64(self.max)))
    }

    /// The value of rank `rank` (1 is the smallest); `None` outside 1..=n.
    pub fn order_statistic(&self, rank: u64) -> Option<Bounds> {
        if rank == 0 || rank > self.n {
            return None;
        }
        let mut seen = 0;
        let (key, _) = self.counts.iter().find(|(_, (n, _))| {
            seen += n;
            seen >= rank
        })?;
        Some(self.bounds(*key))
    }

    fn bounds(&self, key: i128) -> Bounds {
        let (low, high) = if self.exact { (key, key) } else { buckets::bounds(key as i32) };
        Bounds { low: fixed::to_f64(low.max(self.min)), high: fixed::to_f64(high.min(self.max)) }
    }

    /// Values with their counts and sums, from the smallest up.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = (Bounds, u64, f64)> {
        self.counts.iter().map(|(key, (n, sum))| (self.bounds(*key), *n, fixed::to_f64(*sum)))
    }
}

impl Merge for Sketch {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        if self.exact && !other.exact {
            self.exact = false;
            for (value, (n, sum)) in std::mem::take(&mut self.counts) {
                self.put(value, n, sum)?;
            }
        }
        for (key, (n, sum)) in &other.counts {
            if other.exact {
                self.put(*key, *n, *sum)?;
            } else {
                let entry = self.counts.entry(*key).or_insert((0, 0));
                entry.0 += n;
                add(&mut entry.1, *sum)?;
            }
        }
        self.n += other.n;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.settle()
    }
}
