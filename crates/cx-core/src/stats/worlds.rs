//! Resampled worlds of random groups: what fitted models share.

use super::{cluster_hash, poisson_weight};
use crate::ground::fold::fold;

/// Random groups that customers fall into, see [`group_of`].
pub const GROUPS: u32 = 200;

/// The random group of a customer, by the id alone: the same in every file and run.
///
/// # Examples
/// ```
/// use cx_core::stats::{GROUPS, group_of};
/// assert!(group_of("C-001") < GROUPS);
/// ```
pub fn group_of(id: &str) -> u32 {
    fold(id, GROUPS)
}

/// Resampled worlds drawn where nothing else is asked for.
pub const WORLDS: u32 = 400;

/// The weight of a random group in world `b`: Poisson(1) from the hash of its number.
///
/// It depends on nothing else, so that world b is the same for every model,
/// margin and cost, and what is computed from several of them keeps their
/// dependence (record 12). Source: `shao1995`.
///
/// # Examples
/// ```
/// use cx_core::stats::{GROUPS, group_weight};
/// let mean = (0..GROUPS).map(|g| group_weight(7, g, 3)).sum::<u64>() as f64 / f64::from(GROUPS);
/// assert!((mean - 1.0).abs() < 0.25);
/// ```
pub fn group_weight(seed: u64, group: u32, b: u32) -> u64 {
    poisson_weight(cluster_hash(seed, &group.to_le_bytes()), b)
}
