//! What customers bring by recommending: a ledger of its own.

use crate::infer::special::{Tails, beta};
use crate::stats::{cluster_hash, world_bits};

/// Customers who came by recommendation, seen from those who recommended.
///
/// Type one would not have come otherwise; type two would. The value stands
/// beside the referred customers' own lifetime value and never in one total
/// with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Referrals {
    /// Referred customers.
    pub customers: f64,
    /// Lifetime value of a new customer, before the cost of winning it.
    pub value: f64,
    /// What winning a customer costs otherwise; counts only if the budget for it falls.
    pub cost_saved: f64,
    /// Reward paid for a referral.
    pub reward: f64,
}

impl Referrals {
    /// Customer referral value with a share of type one, 0..1.
    ///
    /// Formula: n (θ (value − reward) + (1−θ)(cost saved − reward)).
    /// Source: `kumar2010`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::lifetime_value::Referrals;
    /// let brought = Referrals { customers: 10.0, value: 300.0, cost_saved: 80.0, reward: 20.0 };
    /// assert_eq!(brought.worth(0.5), 10.0 * (0.5 * 280.0 + 0.5 * 60.0));
    /// assert_eq!(brought.published(0.5), 10.0 * (0.5 * 360.0 + 0.5 * 80.0));
    /// ```
    pub fn worth(self, type_one: f64) -> f64 {
        let Self { customers, value, cost_saved, reward } = self;
        customers * (type_one * (value - reward) + (1.0 - type_one) * (cost_saved - reward))
    }

    /// The published variant: the cost saved also on type one, no reward on type two.
    ///
    /// Formula: n (θ (value − reward + cost saved) + (1−θ) cost saved).
    /// Source: `kumar2010`.
    pub fn published(self, type_one: f64) -> f64 {
        let Self { customers, value, cost_saved, reward } = self;
        customers * (type_one * (value - reward + cost_saved) + (1.0 - type_one) * cost_saved)
    }
}

/// Draws of the share of type one: Beta(2, 2) before anybody was asked, and
/// `k` of `asked` who said that they would not have come added to it.
///
/// Draw b is the same in every call with the same seed and answers.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::type_one_draws;
/// let prior = type_one_draws(0, 0, 7, 2000);
/// assert!((prior.iter().sum::<f64>() / 2000.0 - 0.5).abs() < 0.02);
/// let asked = type_one_draws(60, 100, 7, 2000);
/// assert!((asked.iter().sum::<f64>() / 2000.0 - 62.0 / 104.0).abs() < 0.01);
/// ```
pub fn type_one_draws(k: u64, asked: u64, seed: u64, draws: u32) -> Vec<f64> {
    let hash = cluster_hash(seed, b"referrals of type one");
    let (a, b) = (2.0 + k as f64, 2.0 + asked.saturating_sub(k) as f64);
    let uniform = |world: u32| ((world_bits(hash, world) >> 12) as f64 + 0.5) / 2.0_f64.powi(52);
    (0..draws).map(|world| beta::quantile(Tails::below(uniform(world)), a, b)).collect()
}
