//! A figure at the point and in every resampled world.

use super::gather::by_group;
use crate::ground::estimate::{Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::lifetime_value::of_draws;
use crate::reduce::Reduced;
use crate::stats::{WORLDS, group_weight};

/// A figure with its worlds. World b is the same world for every figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    pub value: f64,
    pub worlds: Vec<Option<f64>>,
}

impl Drawn {
    /// A figure that is the same in every world.
    pub(super) fn sure(value: f64) -> Self {
        Self { value, worlds: vec![Some(value); WORLDS as usize] }
    }

    /// Two figures of the same worlds put together.
    pub(super) fn with(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let worlds = self.worlds.iter().zip(&other.worlds);
        let worlds = worlds.map(|(a, b)| a.zip(*b).map(|(a, b)| f(a, b)).filter(|x| x.is_finite()));
        Self { value: f(self.value, other.value), worlds: worlds.collect() }
    }

    /// The figure through a function.
    pub(super) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        let worlds = self.worlds.iter().map(|x| x.map(&f).filter(|x| x.is_finite()));
        Self { value: f(self.value), worlds: worlds.collect() }
    }

    /// A ratio of two sums over customers, each sum by random group.
    pub(super) fn ratio(reduced: &Reduced, numerator: usize, denominator: usize, seed: u64) -> Option<Self> {
        let groups: Vec<(u32, f64, f64)> = by_group(reduced)
            .into_iter()
            .map(|(group, totals)| (group, totals.sum(numerator), totals.sum(denominator)))
            .collect();
        let over = |weight: &dyn Fn(u32) -> f64| {
            let sum = |pick: &dyn Fn(&(u32, f64, f64)) -> f64| -> f64 {
                groups.iter().map(|g| weight(g.0) * pick(g)).sum()
            };
            let (a, b) = (sum(&|g| g.1), sum(&|g| g.2));
            (b != 0.0).then(|| a / b)
        };
        let value = over(&|_| 1.0)?;
        let worlds = (0..WORLDS).map(|b| over(&|group| group_weight(seed, group, b) as f64)).collect();
        Some(Self { value, worlds })
    }

    /// The figure with the percentile interval of its worlds.
    pub(super) fn estimate(&self, unit: Unit, size: Size, level: Level) -> Estimate {
        of_draws(Some(self.value), &self.worlds, unit, size, level)
    }
}
