//! Customers alike whose chance to leave drifts: the discrete Weibull law.

use super::Renewals;
use crate::ground::estimate::Refused;
use crate::infer::fit::{Fit, Search, maximise};

/// What the beta-discrete-Weibull law becomes where customers do not differ:
/// S(t) = e^(−λ tᶜ). Source: `fader2018`.
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::AlikeWeibull;
/// let law = AlikeWeibull { hazard: 0.1, c: 2.0 };
/// assert!((law.survival(2.0) - (-0.4_f64).exp()).abs() < 1e-15);
/// assert!(law.retention(2) < law.retention(1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlikeWeibull {
    /// λ, above 0: −ln of the retention at the first renewal.
    pub hazard: f64,
    /// Exponent of time: above 1 the rate of leaving rises.
    pub c: f64,
}

impl AlikeWeibull {
    /// Share still there after `t` renewals.
    pub fn survival(self, t: f64) -> f64 {
        (-self.hazard * t.powf(self.c)).exp()
    }

    /// Share of those whose renewal `number` (from 1) comes up who renew.
    pub fn retention(self, number: u32) -> f64 {
        let t = f64::from(number.max(1));
        (-self.hazard * (t.powf(self.c) - (t - 1.0).powf(self.c))).exp()
    }
}

/// Fits the discrete Weibull law; parameters of the fit are ln λ and ln c.
///
/// # Errors
/// As [`super::fit_sbg`].
pub fn fit_alike_weibull(renewals: &Renewals) -> Result<(AlikeWeibull, Fit), Refused> {
    if let Some(refusal) = renewals.refusal() {
        return Err(refusal);
    }
    let f = |at: &[f64], gradient: &mut [f64]| {
        let (hazard, c) = (at[0].exp(), at[1].exp());
        gradient.fill(0.0);
        let mut value = 0.0;
        for (number, due, lost) in renewals.rows() {
            let (t, before) = (number as f64, (number - 1) as f64);
            let step = t.powf(c) - before.powf(c);
            let earlier = if number > 1 { before.powf(c) * before.ln() } else { 0.0 };
            let by_c = c * (t.powf(c) * t.ln() - earlier);
            let left = -(-hazard * step).exp_m1();
            if lost > 0.0 {
                value += lost * left.ln();
            }
            value -= (due - lost) * hazard * step;
            let weight = lost * (1.0 - left) / left - (due - lost);
            gradient[0] += weight * hazard * step;
            gradient[1] += weight * hazard * by_c;
        }
        value
    };
    let start = (1.0 - renewals.lost() / renewals.due()).ln().abs().ln();
    let fit = maximise(&f, &[vec![start, 0.0], vec![start - 1.0, 0.5]], &Search::default()).map_err(|e| {
        Refused {
            rule: "weibull_no_start".to_owned(),
            reason: e.to_string(),
            lift: "look for extreme counts".to_owned(),
        }
    })?;
    match fit.refusal(&["the hazard", "c"]) {
        Some(refusal) => Err(refusal),
        None => Ok((AlikeWeibull { hazard: fit.at[0].exp(), c: fit.at[1].exp() }, fit)),
    }
}
