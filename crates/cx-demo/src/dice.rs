//! Random numbers that depend on what they decide.
//!
//! Every decision has its own stream, named by its purpose and by whom it is
//! about. Adding a decision therefore changes no other one, and a bigger demo
//! holds the same first customers as a smaller one.

use std::f64::consts::TAU;

/// Odd constant of the golden ratio: successive counters land far apart.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Dice {
    state: u64,
}

/// The finishing steps of splitmix64 (Steele, Lea & Flood 2014).
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The stream for a purpose and the number of the one it is about.
    pub(crate) fn new(seed: u64, purpose: &str, who: u64) -> Self {
        let named = purpose.bytes().fold(mix(seed), |h, b| mix(h ^ u64::from(b)).wrapping_add(GOLDEN));
        Self { state: mix(named ^ mix(who.wrapping_add(GOLDEN))) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A number in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with a probability.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A whole number from 0 to `n` − 1.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        // The bias of scaling 53 bits to a small range is below 10⁻⁹.
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// A whole number between two, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    /// The place of a weight, in proportion to the weights.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut at = self.unit() * weights.iter().sum::<f64>();
        for (i, w) in weights.iter().enumerate() {
            at -= w;
            if at < 0.0 {
                return i;
            }
        }
        weights.len() - 1
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Standard normal, by Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (TAU * self.unit()).cos()
    }

    /// Exponential with a mean.
    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// Gamma of unit scale with a shape of at least 1, by Marsaglia and Tsang (2000).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.unit()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Poisson, by Knuth; for means well below 30.
    pub(crate) fn poisson(&mut self, mean: f64) -> usize {
        let least = (-mean).exp();
        let mut product = self.unit();
        let mut n = 0;
        while product > least {
            product *= self.unit();
            n += 1;
        }
        n
    }

    /// A point from 1 to 5 whose two best have a share.
    pub(crate) fn five(&mut self, good: f64) -> i32 {
        if self.chance(good) {
            if self.chance(0.45) { 5 } else { 4 }
        } else {
            3 - self.weighted(&[0.56, 0.26, 0.18]) as i32
        }
    }

    /// `count` distinct numbers below `n`, in no order; all of them where there are no more.
    pub(crate) fn distinct(&mut self, count: usize, n: usize) -> Vec<usize> {
        let mut chosen = std::collections::BTreeSet::new();
        while chosen.len() < count.min(n) {
            chosen.insert(self.below(n));
        }
        let mut list: Vec<usize> = chosen.into_iter().collect();
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let draw = |purpose, who| Dice::new(7, purpose, who).next();
        assert_eq!(draw("orders", 1), draw("orders", 1));
        assert_ne!(draw("orders", 1), draw("orders", 2));
        assert_ne!(draw("orders", 1), draw("order", 1));
        assert_ne!(Dice::new(8, "orders", 1).next(), draw("orders", 1));
    }

    /// Means over 200,000 draws lie within five standard errors of the truth.
    #[test]
    fn laws_have_their_means() {
        const N: usize = 200_000;
        let mut dice = Dice::new(1, "laws", 0);
        let mut mean =
            |f: &mut dyn FnMut(&mut Dice) -> f64| (0..N).map(|_| f(&mut dice)).sum::<f64>() / N as f64;
        let near = |x: f64, truth: f64, sd: f64| (x - truth).abs() < 5.0 * sd / (N as f64).sqrt();
        assert!(near(mean(&mut Dice::unit), 0.5, 0.289));
        assert!(near(mean(&mut Dice::normal), 0.0, 1.0));
        assert!(near(mean(&mut |d| d.normal().powi(2)), 1.0, 1.415));
        assert!(near(mean(&mut |d| d.exponential(3.0)), 3.0, 3.0));
        assert!(near(mean(&mut |d| d.gamma(1.5)), 1.5, 1.5_f64.sqrt()));
        assert!(near(mean(&mut |d| d.poisson(2.5) as f64), 2.5, 2.5_f64.sqrt()));
        assert!(near(mean(&mut |d| d.weighted(&[1.0, 3.0]) as f64), 0.75, 0.433));
        assert!(near(mean(&mut |d| f64::from(u8::from(d.chance(0.2)))), 0.2, 0.4));
    }

    #[test]
    fn distinct_numbers_are_distinct() {
        let mut list = Dice::new(1, "distinct", 0).distinct(50, 60);
        list.sort_unstable();
        list.dedup();
        assert_eq!(list.len(), 50);
        assert_eq!(Dice::new(1, "distinct", 0).distinct(9, 3).len(), 3);
    }
}
