//! Resampled worlds by random groups of customers.

use crate::stats::{self, GROUPS};

/// Folds for fitting and scoring apart; a group belongs to one.
pub const FOLDS: u16 = 5;

/// The fold of a random group: neighbouring groups share one, as the parts of
/// 200 nest in those of 5.
pub const fn fold_of(group: u16) -> u16 {
    group / (GROUPS as u16 / FOLDS)
}

/// Weights of all groups in one world.
pub(super) fn world(seed: u64, world: u32) -> Vec<f64> {
    (0..GROUPS).map(|group| stats::group_weight(seed, group, world) as f64).collect()
}

/// The percentile of draws at `p`, by linear interpolation of order statistics.
pub(super) fn percentile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = p.clamp(0.0, 1.0) * last as f64;
    let low = at.floor() as usize;
    let high = (low + 1).min(last);
    Some((sorted[high] - sorted[low]).mul_add(at - low as f64, sorted[low]))
}

/// Percentile limits of draws.
pub(super) fn limits(draws: &[f64], level: crate::infer::Level) -> Option<(f64, f64)> {
    let mut sorted: Vec<f64> = draws.iter().copied().filter(|x| x.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let tail = level.alpha() / 2.0;
    Some((percentile(&sorted, tail)?, percentile(&sorted, 1.0 - tail)?))
}
