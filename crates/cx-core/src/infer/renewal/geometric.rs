//! Customers all alike: a constant rate of renewal.

use super::Renewals;
use crate::ground::estimate::Estimate;
use crate::infer::{Level, shares};

/// Every renewal is made with the same chance: what the beta-geometric law
/// becomes where customers do not differ.
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::Geometric;
/// let law = Geometric { retention: 0.8 };
/// assert!((law.survival(3.0) - 0.512).abs() < 1e-15);
/// assert!((law.del(0.1).unwrap() - 1.1 / 0.3).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geometric {
    /// Share that renews, at any renewal.
    pub retention: f64,
}

impl Geometric {
    /// Renewed over due, all renewals together, with Wilson's interval.
    ///
    /// Renewals of one customer count as independent, which they are where
    /// customers do not differ.
    pub fn estimate(renewals: &Renewals, level: Level) -> Estimate {
        shares::estimate_counts(
            (renewals.due() - renewals.lost()).round() as u64,
            renewals.due().round() as u64,
            level,
        )
    }

    /// Share still there after `t` renewals.
    pub fn survival(self, t: f64) -> f64 {
        self.retention.powf(t)
    }

    /// Discounted expected lifetime of a new customer, the payment of now
    /// included: (1+i)/(1+i−r). `None` outside i ≥ 0, and where it has no end.
    pub fn del(self, rate: f64) -> Option<f64> {
        (rate >= 0.0 && self.retention < 1.0 + rate).then(|| (1.0 + rate) / (1.0 + rate - self.retention))
    }

    /// The same of a customer whose renewal is due now, whichever it is: r times it.
    pub fn derl(self, rate: f64) -> Option<f64> {
        self.del(rate).map(|sum| self.retention * sum)
    }
}
