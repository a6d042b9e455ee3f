//! The beta-discrete-Weibull law: chances that drift with the length of a relation.

use super::{Renewals, over_region, region};
use crate::ground::estimate::{Estimate, Interval, Method, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::fit::{Fit, Search, maximise};
use crate::infer::special::density::ln_gamma;
use crate::infer::special::psi::digamma;

/// Customers differ as in the beta-geometric law, and each one's chance to
/// leave falls (c < 1) or rises (c > 1) from renewal to renewal.
///
/// Formula: S(t) = B(a, b+tᶜ)/B(a, b); c = 1 is the beta-geometric law.
/// Source: `fader2018`.
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::{Sbg, Weibull};
/// let law = Weibull { a: 0.668, b: 3.806, c: 1.0 };
/// let same = Sbg { a: 0.668, b: 3.806 };
/// assert!((law.survival(7.0) - same.survival(7.0)).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    /// First parameter of the beta law, above 0.
    pub a: f64,
    /// Second parameter, above 0.
    pub b: f64,
    /// Exponent of time, above 0.
    pub c: f64,
}

impl Weibull {
    fn of(at: &[f64]) -> Self {
        Self { a: at[0].exp(), b: at[1].exp(), c: at[2].exp() }
    }

    fn ln_survival(self, t: f64) -> f64 {
        let u = t.powf(self.c);
        if t <= 0.0 {
            return 0.0;
        }
        ln_gamma(self.b + u) - ln_gamma(self.b) - ln_gamma(self.a + self.b + u) + ln_gamma(self.a + self.b)
    }

    /// Share still there after `t` renewals.
    pub fn survival(self, t: f64) -> f64 {
        self.ln_survival(t).exp()
    }

    /// Share of those whose renewal `number` (from 1) comes up who renew.
    pub fn retention(self, number: u32) -> f64 {
        let t = f64::from(number.max(1));
        (self.ln_survival(t) - self.ln_survival(t - 1.0)).exp()
    }

    /// Discounted expected lifetime of a new customer over `horizon` renewals,
    /// in payments, the one of now included: Σ S(t)/(1+i)ᵗ for t = 0..=horizon.
    pub fn del(self, rate: f64, horizon: u32) -> f64 {
        (0..=horizon).map(|t| self.survival(f64::from(t)) * (1.0 + rate).powf(-f64::from(t))).sum()
    }
}

/// A fitted beta-discrete-Weibull law.
#[derive(Debug, Clone)]
pub struct FittedWeibull {
    /// The law.
    pub law: Weibull,
    /// How it was found: parameters ln a, ln b and ln c.
    pub fit: Fit,
    /// What it was fitted to.
    pub renewals: Renewals,
}

impl FittedWeibull {
    /// a, b and c with Wald intervals on their logs.
    pub fn parameters(&self, level: Level) -> [Estimate; 3] {
        let size = self.size();
        [(0, self.law.a), (1, self.law.b), (2, self.law.c)].map(|(k, value)| {
            let interval = self.fit.interval_exp(k, level).map(|i| Interval { method: Method::LogWald, ..i });
            let mut estimate = Estimate::new(value, interval, Unit::Ratio, size);
            estimate.se = self.fit.information.standard_error(k).map(|se| se * value);
            estimate
        })
    }

    /// Shares still there after each of several numbers of renewals, with
    /// their likelihood-ratio intervals.
    pub fn survivals(&self, renewals: &[u32], level: Level) -> Vec<Estimate> {
        let z = level.z();
        let border = region(&log_likelihood(&self.renewals), &self.fit, 0.5 * z * z, 25.0);
        let one = |t: &u32| {
            let t = f64::from(*t);
            let interval = over_region(&border, |at| Some(Weibull::of(at).survival(t)));
            let method = Method::ProfileLikelihood;
            let interval = interval.map(|(low, high)| Interval { low, high, level: level.value(), method });
            Estimate::new(self.law.survival(t), interval, Unit::Share, self.size())
        };
        renewals.iter().map(one).collect()
    }

    fn size(&self) -> Size {
        let n = self.renewals.at(1).0.round() as u64;
        Size { n, clusters: n, events: Some(self.renewals.lost().round() as u64), effective: None }
    }
}

/// Log-likelihood of renewals in ln a, ln b and ln c, with its gradient.
fn log_likelihood(renewals: &Renewals) -> impl Fn(&[f64], &mut [f64]) -> f64 {
    move |at, gradient| {
        let law = Weibull::of(at);
        let Weibull { a, b, c } = law;
        gradient.fill(0.0);
        let (at_b, at_ab) = (digamma(b), digamma(a + b));
        // ln S(t) and its slopes in ln a, ln b, ln c.
        let point = |t: f64| {
            if t <= 0.0 {
                return [0.0; 4];
            }
            let u = t.powf(c);
            let (stay, all) = (digamma(b + u), digamma(a + b + u));
            [
                law.ln_survival(t),
                a * (at_ab - all),
                b * (stay - at_b + at_ab - all),
                (stay - all) * u * t.ln() * c,
            ]
        };
        let mut before = point(0.0);
        let mut value = 0.0;
        for (number, due, lost) in renewals.rows() {
            let here = point(number as f64);
            let kept = due - lost;
            let step = here[0] - before[0];
            let left = -step.exp_m1();
            if lost > 0.0 {
                value += lost * left.ln();
            }
            value += kept * step;
            // ∂ ln(1 − r) = −r/(1 − r) ∂ ln r.
            let weight = kept - lost * (1.0 - left) / left;
            for (slope, (h, b)) in gradient.iter_mut().zip(here[1..].iter().zip(&before[1..])) {
                *slope += weight * (h - b);
            }
            before = here;
        }
        value
    }
}

/// Fits the beta-discrete-Weibull law by maximum likelihood.
///
/// # Errors
/// As for the beta-geometric law; also where three parameters are more than
/// the renewals hold: the likelihood then has no peak.
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::{fit_weibull, Renewals};
/// let survivors = [1000.0, 869.0, 743.0, 653.0, 593.0];
/// let fitted = fit_weibull(&Renewals::of_survivors(&survivors).unwrap()).unwrap();
/// assert!((fitted.law.c - 1.584).abs() < 0.01, "{:?}", fitted.law);
/// ```
pub fn fit_weibull(renewals: &Renewals) -> Result<FittedWeibull, Refused> {
    if let Some(refusal) = renewals.refusal() {
        return Err(refusal);
    }
    let churn = renewals.lost() / renewals.due();
    let starts: Vec<Vec<f64>> = [(0.5, 1.0), (5.0, 1.0), (2.0, 1.5), (20.0, 0.7)]
        .map(|(size, c): (f64, f64)| vec![(size * churn).ln(), (size * (1.0 - churn)).ln(), c.ln()])
        .to_vec();
    let f = log_likelihood(renewals);
    let fit = maximise(&f, &starts, &Search::default()).map_err(|e| Refused {
        rule: "weibull_no_start".to_owned(),
        reason: e.to_string(),
        lift: "look for extreme counts".to_owned(),
    })?;
    match fit.refusal(&["a", "b", "c"]) {
        Some(refusal) => Err(refusal),
        None => Ok(FittedWeibull { law: Weibull::of(&fit.at), fit, renewals: renewals.clone() }),
    }
}
