//! Even numbers by counter.

use crate::stats::{cluster_hash, world_bits};

/// Joint draws where nothing else is asked for: the standard error of a chance is 0.005 at most.
pub const DRAWS: u32 = 10_000;

/// Draw `d` of an input, even on the open interval 0..1.
///
/// It depends on seed, name and number alone.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::uniform;
/// let mean = (0..10_000).map(|d| uniform(1, "margin", d)).sum::<f64>() / 1e4;
/// assert!((mean - 0.5).abs() < 4.0 * (1.0_f64 / 12.0 / 1e4).sqrt());
/// ```
pub fn uniform(seed: u64, input: &str, d: u32) -> f64 {
    // 52 bits and a half never round to 0 or 1.
    ((world_bits(cluster_hash(seed, input.as_bytes()), d) >> 12) as f64 + 0.5) / 2.0_f64.powi(52)
}
