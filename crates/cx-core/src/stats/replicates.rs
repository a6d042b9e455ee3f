//! The Poisson bootstrap: the same statistic in B resampled worlds.

use super::Merge;
use super::totals::Totals;
use crate::ground::fixed::Overflow;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// floor(2⁶⁴·F(k)) for the Poisson(1) distribution function F and k = 0, 1, 2, …
/// A hash below the first bound has weight 0, below the second 1, and so on.
const POISSON_ONE: [u64; 20] = [
    0x5e2d_58d8_b3bc_df1a,
    0xbc5a_b1b1_6779_be35,
    0xeb71_5e1d_c158_2dc2,
    0xfb23_9797_34a2_52f1,
    0xff10_25f5_9174_dc3d,
    0xffd9_0f3b_a405_5e19,
    0xfffa_8b71_fc72_c913,
    0xffff_540c_0914_b3c9,
    0xffff_ed1f_4aa8_f120,
    0xffff_fe21_6e64_1462,
    0xffff_ffd4_d85d_3183,
    0xffff_fffc_6da2_62b4,
    0xffff_ffff_ba12_d178,
    0xffff_ffff_fb07_c64c,
    0xffff_ffff_ffab_8ea5,
    0xffff_ffff_fffa_be22,
    0xffff_ffff_ffff_b11a,
    0xffff_ffff_ffff_fba1,
    0xffff_ffff_ffff_ffc5,
    0xffff_ffff_ffff_fffd,
];

/// The hash of a cluster: XXH3-64 of its canonical bytes under the seed.
///
/// The canonical bytes of a customer are the text of the customer's id, so a
/// customer has the same weights whether the id came from CSV or Parquet.
pub fn cluster_hash(seed: u64, id: &[u8]) -> u64 {
    xxh3_64_with_seed(id, seed)
}

/// The weight of a cluster in replicate `b`: Poisson(1) from the SplitMix64
/// finaliser of its hash moved by b golden-ratio steps.
///
/// # Examples
/// ```
/// use cx_core::stats::{cluster_hash, poisson_weight};
/// let hash = cluster_hash(7, b"C-001");
/// let mean = (0..10_000).map(|b| poisson_weight(hash, b)).sum::<u64>() as f64 / 10_000.0;
/// assert!((mean - 1.0).abs() < 0.05);
/// ```
#[inline]
pub fn poisson_weight(hash: u64, b: u32) -> u64 {
    let z = world_bits(hash, b);
    POISSON_ONE.iter().take_while(|bound| z >= **bound).count() as u64
}

/// 64 even bits of a cluster in replicate `b`: the SplitMix64 finaliser of
/// its hash moved by b golden-ratio steps.
#[inline]
pub fn world_bits(hash: u64, b: u32) -> u64 {
    let mut z = hash.wrapping_add((u64::from(b) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// B resampled worlds of the same totals. Replicate b of one metric and
/// replicate b of another come from the same world, so what is computed from
/// both keeps their dependence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replicates {
    /// One entry per replicate.
    pub worlds: Vec<Totals>,
}

impl Replicates {
    /// `b` empty worlds of `k` quantities.
    pub fn new(b: usize, k: usize) -> Self {
        Self { worlds: vec![Totals::new(k); b] }
    }

    /// Adds one cluster with its hash, totals and rows.
    pub fn add(&mut self, hash: u64, terms: &[i128], rows: u64) -> Result<(), Overflow> {
        for (b, world) in (0_u32..).zip(&mut self.worlds) {
            let weight = poisson_weight(hash, b);
            if weight > 0 {
                world.add_times(terms, rows, weight)?;
            }
        }
        Ok(())
    }
}

impl Merge for Replicates {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        debug_assert_eq!(self.worlds.len(), other.worlds.len());
        self.worlds.iter_mut().zip(&other.worlds).try_for_each(|(into, x)| into.merge(x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frequencies of the weights over many clusters against Poisson(1): chi-square below its 99.9 % point.
    #[test]
    fn weights_follow_the_poisson_law() {
        let mut counts = [0_u64; 6];
        let n = 200_000_u32;
        for i in 0..n {
            let weight = poisson_weight(cluster_hash(1, &i.to_le_bytes()), i % 400) as usize;
            counts[weight.min(5)] += 1;
        }
        let mut p: Vec<f64> =
            (0..5_i32).map(|k| (-1.0_f64).exp() / (1..=k).map(f64::from).product::<f64>()).collect();
        p.push(1.0 - p.iter().sum::<f64>());
        let chi: f64 = counts
            .iter()
            .zip(&p)
            .map(|(c, p)| (*c as f64 - p * f64::from(n)).powi(2) / (p * f64::from(n)))
            .sum();
        assert!(chi < 20.5, "chi-square {chi} of {counts:?}");
    }

    #[test]
    fn the_table_is_the_distribution_function() {
        let mut f = 0.0;
        let mut factorial = 1.0;
        for (k, bound) in POISSON_ONE.iter().enumerate() {
            factorial *= (k.max(1)) as f64;
            f += (-1.0_f64).exp() / factorial;
            assert!((*bound as f64 / 2.0_f64.powi(64) - f).abs() < 1e-15, "k = {k}");
        }
    }
}
