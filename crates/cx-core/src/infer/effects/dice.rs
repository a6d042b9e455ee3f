//! Even and normal numbers for simulations.

use crate::infer::special::{Tails, normal};
use crate::stats::{cluster_hash, world_bits};

/// A stream of numbers that hangs on its seed alone.
pub(super) struct Dice {
    hash: u64,
    at: u32,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self { hash: cluster_hash(seed, b"effects"), at: 0 }
    }

    /// An even number in 0..1.
    pub(super) fn even(&mut self) -> f64 {
        self.at += 1;
        ((world_bits(self.hash, self.at) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A standard normal number.
    pub(super) fn normal(&mut self) -> f64 {
        normal::quantile(Tails::below(self.even()))
    }
}

/// k hits of n could come from a coverage of 0.95, at one in a thousand on the low side.
pub(super) fn covers(k: u64, n: u64) -> bool {
    crate::infer::special::binomial::tails(k, n, 0.95).below > 0.001
}
