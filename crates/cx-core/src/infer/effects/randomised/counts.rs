//! Counts under exposure: contacts, orders, complaints.

use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::Level;
use crate::infer::effects::Effect;

/// Events of one arm's customers under their exposures, as sums over customers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Events {
    /// Customers.
    pub customers: u64,
    /// Σy.
    pub events: f64,
    /// Σe.
    pub exposure: f64,
    /// Σe², Σey and Σy².
    pub spread: [f64; 3],
}

impl Events {
    /// From (events, exposure) of each customer.
    pub fn of(customers: &[(f64, f64)]) -> Self {
        let sum = |f: &dyn Fn(f64, f64) -> f64| customers.iter().map(|(y, e)| f(*y, *e)).sum();
        Self {
            customers: customers.len() as u64,
            events: sum(&|y, _| y),
            exposure: sum(&|_, e| e),
            spread: [sum(&|_, e| e * e), sum(&|y, e| e * y), sum(&|y, _| y * y)],
        }
    }

    /// Events per exposure and the variance of that over customers.
    fn rate(&self) -> Option<(f64, f64)> {
        let n = self.customers as f64;
        let rate = self.events / self.exposure;
        let [ee, ey, yy] = self.spread;
        let squares = (rate * rate).mul_add(ee, yy - 2.0 * rate * ey).max(0.0);
        (self.customers > 1 && self.exposure > 0.0)
            .then(|| (rate, n / (n - 1.0) * squares / (self.exposure * self.exposure)))
    }
}

/// The effect on a rate, both ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Events per exposure, treated less control: what money needs.
    pub difference: Effect,
    /// ln of the ratio, treated over control; `None` where an arm has no event.
    pub log_ratio: Option<Effect>,
}

impl Rates {
    /// The ratio with its interval.
    pub fn ratio(&self, level: Level) -> Option<(f64, Interval)> {
        let log = self.log_ratio?;
        let raised = log.interval(level);
        let of = |limit: Option<f64>| limit.map(f64::exp);
        let interval = Interval { low: of(raised.low), high: of(raised.high), ..raised };
        Some((log.value.exp(), Interval { method: Method::LinearisedLogT, ..interval }))
    }
}

/// Effect on counts: the Poisson model with one rate per arm and the sandwich
/// over customers, so that customers may differ in any way.
///
/// Formula: r = Σy/Σe per arm, variance n/(n−1) Σ(y − r e)²/(Σe)², that of ln r
/// over r²; Welch's degrees of freedom. Source: `zou2004`.
///
/// # Errors
/// [`Refused`] where an arm has fewer than two customers, no exposure, or where
/// neither arm has any spread.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::randomised::{rates, Events}, Level};
/// let treated = Events::of(&[(1.0, 1.0), (2.0, 1.0), (3.0, 2.0)]);
/// let control = Events::of(&[(3.0, 1.0), (2.0, 1.0), (4.0, 1.0)]);
/// let effect = rates(&treated, &control).unwrap();
/// assert!((effect.difference.value + 1.5).abs() < 1e-12);
/// assert!((effect.ratio(Level::P95).unwrap().0 - 0.5).abs() < 1e-12);
/// ```
pub fn rates(treated: &Events, control: &Events) -> Result<Rates, Refused> {
    let fine = treated.rate().zip(control.rate()).filter(|((_, va), (_, vb))| va + vb > 0.0);
    let Some(((a, va), (b, vb))) = fine else {
        return Err(Refused {
            rule: "customers per arm".to_owned(),
            reason: "an arm without two customers, exposure or spread has no rate with an interval"
                .to_owned(),
            lift: "two or more customers with exposure in each arm, and some events".to_owned(),
        });
    };
    let effect = |value: f64, va: f64, vb: f64, method: Method| {
        let df = (va + vb).powi(2)
            / (va * va / (treated.customers as f64 - 1.0) + vb * vb / (control.customers as f64 - 1.0));
        Effect { value, se: (va + vb).sqrt(), df, method }
    };
    let log_ratio = (a > 0.0 && b > 0.0)
        .then(|| effect((a / b).ln(), va / (a * a), vb / (b * b), Method::LinearisedLogT));
    Ok(Rates { difference: effect(a - b, va, vb, Method::Welch), log_ratio })
}
