//! The binomial distribution.

use super::{Tails, beta};

/// P(X ≤ k) and P(X > k) of n trials with chance p.
///
/// # Examples
/// ```
/// use cx_core::infer::special::binomial;
/// assert!((binomial::tails(0, 5, 0.5).below - 1.0 / 32.0).abs() < 1e-16);
/// ```
pub fn tails(k: u64, n: u64, p: f64) -> Tails {
    if k >= n {
        return Tails::above(0.0);
    }
    beta::tails(p, k as f64 + 1.0, (n - k) as f64).mirrored()
}

/// The smallest k with P(X ≤ k) ≥ `probability`.
///
/// # Examples
/// ```
/// use cx_core::infer::special::binomial;
/// assert_eq!(binomial::quantile(0.5, 10, 0.5), 5);
/// assert_eq!(binomial::quantile(0.025, 100, 0.5), 40);
/// ```
pub fn quantile(probability: f64, n: u64, p: f64) -> u64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low + (high - low) / 2;
        if tails(middle, n, p).below >= probability {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
