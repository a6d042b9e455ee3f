//! The same payment every period.

use super::Timing;

/// A payment of 1 in every period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Annuity {
    /// Rate per period, above −1.
    pub rate: f64,
    /// How many payments.
    pub periods: u32,
    /// When in its period a payment falls.
    pub timing: Timing,
}

impl Annuity {
    /// Present value of the payments.
    ///
    /// Formula: (1 − (1+i)^−n)/i (1+i)^(1−s), s the time of the first payment;
    /// n where i = 0. `None` for a rate of −1 or less.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::{Annuity, Timing};
    /// let annuity = Annuity { rate: 0.05, periods: 10, timing: Timing::End };
    /// assert!((100.0 * annuity.present_value().unwrap() - 772.173_492_918).abs() < 1e-8);
    /// ```
    pub fn present_value(self) -> Option<f64> {
        let Self { rate, periods, timing } = self;
        if !(rate > -1.0 && rate.is_finite()) {
            return None;
        }
        let n = f64::from(periods);
        // Differences of powers near 1 keep their digits through logarithms.
        let growth = rate.ln_1p();
        let at_end = if rate == 0.0 { n } else { -(-n * growth).exp_m1() / rate };
        Some(at_end * (growth * (1.0 - timing.time(1))).exp())
    }

    /// Value of the payments at the end of the last period.
    pub fn future_value(self) -> Option<f64> {
        Some(self.present_value()? * (1.0 + self.rate).powf(f64::from(self.periods)))
    }

    /// The payment per period that is worth `present` now; `None` without payments.
    pub fn payment(self, present: f64) -> Option<f64> {
        self.present_value().filter(|value| *value > 0.0).map(|value| present / value)
    }
}
