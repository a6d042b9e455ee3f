//! The beta-geometric law fitted to renewals.

use super::over::Over;
use super::{Geometric, Renewals, Sbg, region};
use crate::ground::estimate::{Estimate, Interval, Method, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::fit::{Fit, Search, Verdict, maximise, profile};

/// a + b beyond which customers are as good as alike and the geometric law is named.
pub const MOST_ALIKE: f64 = 1e5;

/// A law fitted to renewals.
#[derive(Debug, Clone)]
pub enum Fitted {
    /// Customers differ.
    Sbg {
        /// The law.
        law: Sbg,
        /// How it was found: parameters ln a and ln b.
        fit: Box<Fit>,
        /// What it was fitted to.
        renewals: Renewals,
    },
    /// Customers do not differ as far as the data show: a + b has no end.
    Alike {
        /// The law.
        law: Geometric,
        /// What it was fitted to.
        renewals: Renewals,
    },
}

/// Log-likelihood of renewals in ln a and ln b, with its gradient.
///
/// Formula: Σ over renewals of d ln(a/(a+b+t−1)) + (n−d) ln((b+t−1)/(a+b+t−1)),
/// which for one cohort is Σ dₜ ln P(t) + n₊ ln S(T).
pub(super) fn log_likelihood(renewals: &Renewals) -> impl Fn(&[f64], &mut [f64]) -> f64 {
    move |at, gradient| {
        let (a, b) = (at[0].exp(), at[1].exp());
        let (mut value, mut by_a, mut by_b) = (0.0, 0.0, 0.0);
        for (number, due, lost) in renewals.rows() {
            let stay = b + (number - 1) as f64;
            let all = a + stay;
            let kept = due - lost;
            value += lost * (a / all).ln() - kept * (a / stay).ln_1p();
            by_a += lost - due * a / all;
            by_b += kept * b / stay - due * b / all;
        }
        gradient[0] = by_a;
        gradient[1] = by_b;
        value
    }
}

/// Fits the shifted beta-geometric law by maximum likelihood.
///
/// Cohorts that share the law are one sum ([`Renewals::merge`]). Where a + b
/// passes [`MOST_ALIKE`] the geometric law is named instead.
/// Source: `fader2007`.
///
/// # Errors
/// A refusal with fewer than four observed renewals, where nobody has left or
/// stayed, and where the likelihood has no peak.
///
/// # Examples
/// ```
/// use cx_core::infer::{renewal::{fit_sbg, Fitted, Renewals}, Level};
/// let survivors = [1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0];
/// let fitted = fit_sbg(&Renewals::of_survivors(&survivors).unwrap()).unwrap();
/// let Fitted::Sbg { law, .. } = &fitted else { panic!() };
/// assert!((law.a - 0.6681).abs() < 1e-4 && (law.b - 3.8061).abs() < 1e-4);
/// assert!((fitted.log_likelihood() + 1611.158).abs() < 1e-3);
/// let value = fitted.at(Level::P95).del(0.1);
/// assert!((value.value.unwrap() - 5.9223).abs() < 1e-4);
/// assert!(value.interval.unwrap().contains(6.1) && !value.interval.unwrap().contains(5.0));
/// // Two renewals tell too little.
/// let few = Renewals::of_survivors(&survivors[..3]).unwrap();
/// assert_eq!(fit_sbg(&few).unwrap_err().rule, "few_renewals");
/// ```
pub fn fit_sbg(renewals: &Renewals) -> Result<Fitted, Refused> {
    if let Some(refusal) = renewals.refusal() {
        return Err(refusal);
    }
    // Starts on the mean churn, from unlike customers to like ones.
    let churn = renewals.lost() / renewals.due();
    let starts: Vec<Vec<f64>> =
        [0.5, 5.0, 100.0].map(|size: f64| vec![(size * churn).ln(), (size * (1.0 - churn)).ln()]).to_vec();
    let f = log_likelihood(renewals);
    let fit = maximise(&f, &starts, &Search::default()).map_err(|e| Refused {
        rule: "sbg_no_start".to_owned(),
        reason: e.to_string(),
        lift: "look for extreme counts".to_owned(),
    })?;
    let law = Sbg { a: fit.at[0].exp(), b: fit.at[1].exp() };
    let upwards =
        matches!(&fit.verdict, Verdict::Flat { direction } if direction[0] > 0.0 && direction[1] > 0.0);
    let alike = 1.0 - churn;
    let limit = alike_log_likelihood(renewals, alike);
    if law.a + law.b > MOST_ALIKE || (upwards && limit >= fit.value) {
        return Ok(Fitted::Alike { law: Geometric { retention: alike }, renewals: renewals.clone() });
    }
    match fit.refusal(&["a", "b"]) {
        Some(refusal) => Err(refusal),
        None => Ok(Fitted::Sbg { law, fit: Box::new(fit), renewals: renewals.clone() }),
    }
}

/// Log-likelihood of one rate of renewal for all.
pub(super) fn alike_log_likelihood(renewals: &Renewals, retention: f64) -> f64 {
    renewals.lost() * (1.0 - retention).ln() + (renewals.due() - renewals.lost()) * retention.ln()
}

impl Fitted {
    /// The name of the law.
    pub const fn law(&self) -> &'static str {
        match self {
            Self::Sbg { .. } => "shifted beta-geometric",
            Self::Alike { .. } => "geometric",
        }
    }

    /// What it was fitted to.
    pub const fn renewals(&self) -> &Renewals {
        match self {
            Self::Sbg { renewals, .. } | Self::Alike { renewals, .. } => renewals,
        }
    }

    /// The log-likelihood at its maximum.
    pub fn log_likelihood(&self) -> f64 {
        match self {
            Self::Sbg { fit, .. } => fit.value,
            Self::Alike { law, renewals } => alike_log_likelihood(renewals, law.retention),
        }
    }

    pub(super) fn size(&self) -> Size {
        let renewals = self.renewals();
        let n = renewals.at(1).0.round() as u64;
        Size { n, clusters: n, events: Some(renewals.lost().round() as u64), effective: None }
    }

    /// a and b with Wald intervals on their logs; `None` where customers are alike.
    pub fn parameters(&self, level: Level) -> Option<[Estimate; 2]> {
        let Self::Sbg { law, fit, .. } = self else { return None };
        let of = |k: usize, value: f64| {
            let interval = fit.interval_exp(k, level).map(|i| Interval { method: Method::LogWald, ..i });
            let mut estimate = Estimate::new(value, interval, Unit::Ratio, self.size());
            estimate.se = fit.information.standard_error(k).map(|se| se * value);
            estimate
        };
        Some([of(0, law.a), of(1, law.b)])
    }

    /// The profile-likelihood intervals of a and b; `None` where customers are
    /// alike. A side that the data do not bound is open.
    pub fn profiles(&self, level: Level) -> Option<[Interval; 2]> {
        let Self::Sbg { fit, renewals, .. } = self else { return None };
        let f = log_likelihood(renewals);
        let of = |k: usize| {
            profile(&f, fit, k, 25.0, level).map(|i| Interval {
                low: i.low.map(f64::exp),
                high: i.high.map(f64::exp),
                level: level.value(),
                method: Method::ProfileLikelihood,
            })
        };
        Some([of(0)?, of(1)?])
    }

    /// The law with the region that the likelihood allows it at a level, for
    /// figures with intervals. Making it is what costs; figures are cheap.
    pub fn at(&self, level: Level) -> Over<'_> {
        let border = match self {
            Self::Sbg { fit, renewals, .. } => {
                let z = level.z();
                region(&log_likelihood(renewals), fit, 0.5 * z * z, 25.0)
            }
            Self::Alike { .. } => Vec::new(),
        };
        Over::new(self, level, border)
    }
}
