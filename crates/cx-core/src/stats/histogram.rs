//! Counts per scale point.

use super::{Merge, add};
use crate::ground::fixed::Overflow;
use std::collections::BTreeMap;

/// One point of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Point {
    /// Answers.
    pub n: u64,
    /// Σw, fixed point 2²⁰.
    pub weight: i128,
    /// Σw², 2⁴⁰.
    pub weight_squares: i128,
}

/// Answers per scale point: mean, boxes, nets and quantiles from one object.
///
/// Points are in fixed point, so that half points keep their own bar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram(BTreeMap<i128, Point>);

impl Histogram {
    /// Adds `n` answers at a point (fixed point), each of weight `weight` (fixed point).
    pub fn add(&mut self, point: i128, n: u64, weight: i128) -> Result<(), Overflow> {
        let bar = self.0.entry(point).or_default();
        let times = i128::from(n);
        bar.n += n;
        add(&mut bar.weight, weight.checked_mul(times).ok_or(Overflow)?)?;
        let square = weight.checked_mul(weight).and_then(|w| w.checked_mul(times)).ok_or(Overflow)?;
        add(&mut bar.weight_squares, square)
    }

    /// Bars from the lowest point up.
    pub fn bars(&self) -> impl Iterator<Item = (f64, &Point)> {
        self.0.iter().map(|(x, bar)| (crate::ground::fixed::to_f64(*x), bar))
    }

    /// Answers in all.
    pub fn n(&self) -> u64 {
        self.0.values().map(|bar| bar.n).sum()
    }

    /// Answers at points that satisfy a condition.
    pub fn count(&self, condition: impl Fn(f64) -> bool) -> u64 {
        self.bars().filter(|(x, _)| condition(*x)).map(|(_, bar)| bar.n).sum()
    }
}

impl Merge for Histogram {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        for (x, bar) in &other.0 {
            let into = self.0.entry(*x).or_default();
            into.n += bar.n;
            add(&mut into.weight, bar.weight)?;
            add(&mut into.weight_squares, bar.weight_squares)?;
        }
        Ok(())
    }
}
