//! The shifted beta-geometric law.

use crate::infer::special::density::ln_gamma;
use crate::infer::special::hypergeometric::ln_hyp2f1;

/// Customers leave at every renewal with a chance of their own, which is
/// Beta(a, b) among them.
///
/// Formula: S(t) = B(a, b+t)/B(a, b), retention rₜ = (b+t−1)/(a+b+t−1), rising
/// with t because those who leave easily are gone first. Source: `fader2007`.
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::Sbg;
/// let law = Sbg { a: 0.668, b: 3.806 };
/// assert!((law.retention(1) - 3.806 / 4.474).abs() < 1e-12);
/// assert!((law.survival(12.0) - 0.378).abs() < 1e-3);
/// // Worth six times what a customer pays at once, at 10 % a period.
/// assert!((law.del(0.1).unwrap() - 5.92).abs() < 0.01);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sbg {
    /// First parameter of the beta law of the chance to leave, above 0.
    pub a: f64,
    /// Second parameter, above 0.
    pub b: f64,
}

impl Sbg {
    /// The mean chance to leave at the first renewal, a/(a + b).
    pub fn mean_churn(self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// How unlike customers are: 1/(1 + a + b), 0 alike, 1 some never and the others at once.
    pub fn polarisation(self) -> f64 {
        1.0 / (1.0 + self.a + self.b)
    }

    /// Share still there after `t` renewals, t ≥ 0.
    pub fn survival(self, t: f64) -> f64 {
        ln_survival(self.a, self.b, t).exp()
    }

    /// Share of those whose renewal `number` (from 1) comes up who renew.
    pub fn retention(self, number: u32) -> f64 {
        let before = f64::from(number.max(1) - 1);
        (self.b + before) / (self.a + self.b + before)
    }

    /// Discounted expected lifetime of a new customer, in payments: Σ S(t)/(1+i)ᵗ
    /// from the one made now, t = 0. Times a margin it is a lifetime value.
    ///
    /// Formula: ₂F₁(1, b; a+b; 1/(1+i)); at i = 0 (a+b−1)/(a−1).
    /// `None` for i < 0, and at i = 0 where a ≤ 1: the mean lifetime has no end.
    /// Source: `fader2010`.
    pub fn del(self, rate: f64) -> Option<f64> {
        lifetimes(self.a, self.b, rate)
    }

    /// Discounted expected residual lifetime of a customer whose renewal
    /// `number` (from 1) is due now: payments from that one on, if made.
    ///
    /// Formula: (b+n−1)/(a+b+n−1) ₂F₁(1, b+n; a+b+n; 1/(1+i)); `None` as for
    /// [`Self::del`]. It rises with n: the longest-standing customers are worth most.
    /// Source: `fader2010`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::renewal::Sbg;
    /// let law = Sbg { a: 2.0, b: 3.0 };
    /// assert_eq!(law.del(0.0), Some(4.0));
    /// assert_eq!(Sbg { a: 1.0, b: 3.0 }.del(0.0), None);
    /// // One renewal later: the payment of now is all that is missing.
    /// let x = 1.0 / 1.1;
    /// assert!((law.del(0.1).unwrap() - (1.0 + x * law.derl(1, 0.1).unwrap())).abs() < 1e-12);
    /// ```
    pub fn derl(self, number: u32, rate: f64) -> Option<f64> {
        let n = f64::from(number.max(1));
        lifetimes(self.a, self.b + n, rate).map(|sum| self.retention(number) * sum)
    }
}

/// ln B(a, b+t) − ln B(a, b), as a sum of ratios for whole t, where differences of large log-gammas would lose digits.
fn ln_survival(a: f64, b: f64, t: f64) -> f64 {
    if t.fract() == 0.0 && t <= 4096.0 {
        return -(0..t as u32).map(|k| (a / (b + f64::from(k))).ln_1p()).sum::<f64>();
    }
    ln_gamma(b + t) - ln_gamma(b) - ln_gamma(a + b + t) + ln_gamma(a + b)
}

/// Σ (b)ₜ/(a+b)ₜ xᵗ with x = 1/(1+i).
fn lifetimes(a: f64, b: f64, rate: f64) -> Option<f64> {
    if !(rate >= 0.0 && a > 0.0 && b > 0.0) {
        return None;
    }
    if rate == 0.0 {
        return (a > 1.0).then(|| (a + b - 1.0) / (a - 1.0));
    }
    Some(ln_hyp2f1(1.0, b, a + b, 1.0 / (1.0 + rate)).exp())
}
