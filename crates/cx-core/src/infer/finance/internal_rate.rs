//! The rate at which a plan is worth nothing, and whether there is one such rate.

use super::Flows;
use crate::ground::estimate::Absent;
use crate::infer::special::bisect;

/// Terms smaller than this share of their sum are rounding: a value that only touches 0.
const ROUNDING: f64 = 1e-12;

/// All rates above −100 % at which the present value is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct InternalRates {
    /// From the lowest up; a rate where the value only touches 0 stands once.
    pub rates: Vec<f64>,
    /// Changes of sign in the flows by time; there are at most as many rates.
    pub sign_changes: usize,
}

impl InternalRates {
    /// The rate where there is exactly one.
    ///
    /// # Errors
    /// [`Absent::Undefined`] where no rate or several rates solve the equation:
    /// one of several means nothing.
    pub fn only(&self) -> Result<f64, Absent> {
        match self.rates.as_slice() {
            [rate] => Ok(*rate),
            [] => Err(Absent::Undefined { why: "no rate makes the present value 0".to_owned() }),
            several => {
                let why =
                    format!("{} rates make the present value 0; judge by the present value", several.len());
                Err(Absent::Undefined { why })
            }
        }
    }
}

/// Every internal rate of return.
///
/// Formula: the roots of Σ CFₜ e^(−xt) with x = ln(1+i). Between two roots lies
/// a root of the derivative, also after the sum is multiplied by e^(x t₁),
/// which makes the first term constant and so takes it out of the derivative:
/// the search runs down to a sum without change of sign, which has no root,
/// and comes back up, so that none is missed. Source: `polya1925`.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::{internal_rates, Schedule, Timing};
/// let rates = |now: f64, later: &[f64]| {
///     internal_rates(&Schedule::new(now, later.to_vec(), Timing::End).unwrap().flows())
/// };
/// assert!((rates(-100.0, &[30.0, 40.0, 50.0, 20.0]).only().unwrap() - 0.153_221_379).abs() < 1e-9);
/// let two = rates(-1600.0, &[10_000.0, -10_000.0]);
/// assert!((two.rates[0] - 0.25).abs() < 1e-12 && (two.rates[1] - 4.0).abs() < 1e-12);
/// assert!(two.only().is_err());
/// assert!(rates(100.0, &[30.0]).rates.is_empty());
/// ```
pub fn internal_rates(flows: &Flows) -> InternalRates {
    let mut terms: Vec<Term> = Vec::new();
    for same in flows.by_time().chunk_by(|a, b| a.time == b.time) {
        let amount: f64 = same.iter().map(|f| f.amount).sum();
        if amount != 0.0 {
            terms.push(Term { time: same[0].time, ln: amount.abs().ln(), sign: amount.signum() });
        }
    }
    let sign_changes = changes(&terms);
    let mut rates: Vec<f64> = roots(&terms).into_iter().map(f64::exp_m1).collect();
    rates.dedup();
    InternalRates { rates, sign_changes }
}

/// One term ± e^(ln − time·x).
#[derive(Debug, Clone, Copy)]
struct Term {
    time: f64,
    ln: f64,
    sign: f64,
}

fn changes(terms: &[Term]) -> usize {
    terms.windows(2).filter(|pair| pair[0].sign != pair[1].sign).count()
}

/// The sum at x over its largest term, so that nothing overflows.
fn sum(terms: &[Term], x: f64) -> f64 {
    let size = |t: &Term| t.time.mul_add(-x, t.ln);
    let largest = terms.iter().map(size).fold(f64::NEG_INFINITY, f64::max);
    terms.iter().map(|t| t.sign * (size(t) - largest).exp()).sum()
}

/// Roots of the sum in x, from the lowest up.
fn roots(terms: &[Term]) -> Vec<f64> {
    let (Some(first), Some(last)) = (terms.first(), terms.last()) else { return Vec::new() };
    if changes(terms) == 0 {
        return Vec::new();
    }
    // d/dx of the sum times e^(x·first.time), with its sign turned.
    let slope: Vec<Term> =
        terms[1..].iter().map(|t| Term { ln: t.ln + (t.time - first.time).ln(), ..*t }).collect();
    let turning = roots(&slope);
    let mut found = Vec::new();
    // Far to the left the last term rules, far to the right the first.
    let mut before = (None, last.sign);
    for at in turning.into_iter().map(Some).chain([None]) {
        let sign = at.map_or(first.sign, |x| {
            let value = sum(terms, x);
            if value.abs() <= ROUNDING * terms.len() as f64 { 0.0 } else { value.signum() }
        });
        if before.1 * sign < 0.0 {
            let (low, high) = bracket(terms, before, (at, sign));
            found.push(bisect(|x| sum(terms, x), low, high, before.1 > 0.0));
        }
        if sign == 0.0 {
            found.extend(at);
        }
        before = (at, sign);
    }
    found
}

/// A finite bracket of the one change of sign between two places, `None` being without end.
fn bracket(terms: &[Term], low: (Option<f64>, f64), high: (Option<f64>, f64)) -> (f64, f64) {
    let reach = |from: f64, direction: f64, sign: f64| {
        let mut step = 0.125 * direction;
        while sum(terms, from + step).signum() != sign && step.abs() < 1e300 {
            step *= 2.0;
        }
        from + step
    };
    let start = low.0.or(high.0).unwrap_or(0.0);
    let left = low.0.unwrap_or_else(|| reach(start, -1.0, low.1));
    let right = high.0.unwrap_or_else(|| reach(start, 1.0, high.1));
    (left, right)
}

/// The internal rate of return when what comes in is put away at `reinvest` and
/// what goes out is financed at `finance`.
///
/// Formula: (FV of inflows at the end/PV of outflows)^(1/end) − 1. It is unique
/// where [`internal_rates`] are several. `None` without both signs, without
/// time, or for a rate of −1 or less. Source: `lin1976`.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::{modified_internal_rate, Schedule, Timing};
/// let flows = Schedule::new(-100.0, vec![0.0, 121.0], Timing::End).unwrap().flows();
/// assert!((modified_internal_rate(&flows, 0.05, 0.05).unwrap() - 0.1).abs() < 1e-12);
/// ```
pub fn modified_internal_rate(flows: &Flows, finance: f64, reinvest: f64) -> Option<f64> {
    let end = flows.end();
    let inflows = flows.only(|x| x > 0.0).present_value(reinvest)? * (1.0 + reinvest).powf(end);
    let outflows = -flows.only(|x| x < 0.0).present_value(finance)?;
    (inflows > 0.0 && outflows > 0.0 && end > 0.0).then(|| (inflows / outflows).powf(1.0 / end) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::Flow;
    use super::*;
    use proptest::prelude::*;

    fn flows(amounts: &[f64]) -> Flows {
        Flows::new(amounts.iter().enumerate().map(|(t, x)| Flow { time: t as f64, amount: *x })).unwrap()
    }

    /// Flows with the planted roots v = 1/(1+i): the product of (1 − v/vⱼ) has them and no others.
    fn planted(rates: &[f64]) -> Flows {
        let mut terms = vec![-1000.0];
        for rate in rates {
            let mut next = vec![0.0; terms.len() + 1];
            for (k, x) in terms.iter().enumerate() {
                next[k] += x;
                next[k + 1] -= x * (1.0 + rate);
            }
            terms = next;
        }
        flows(&terms)
    }

    proptest! {
        #[test]
        fn every_planted_rate_is_found(raw in proptest::collection::vec(-0.8_f64..3.0, 1..6)) {
            let mut rates = raw;
            rates.sort_by(f64::total_cmp);
            prop_assume!(rates.windows(2).all(|w| w[1] - w[0] > 0.05));
            let found = internal_rates(&planted(&rates));
            prop_assert_eq!(found.rates.len(), rates.len(), "{:?} of {:?}", found, rates);
            for (got, want) in found.rates.iter().zip(&rates) {
                prop_assert!((got - want).abs() < 1e-5, "{} instead of {}", got, want);
            }
        }

        #[test]
        fn there_are_no_more_rates_than_changes_of_sign(amounts in proptest::collection::vec(-50.0_f64..50.0, 1..12)) {
            let found = internal_rates(&flows(&amounts));
            prop_assert!(found.rates.len() <= found.sign_changes);
            for rate in &found.rates {
                let parts: f64 = amounts.iter().zip(0..).map(|(x, t)| x.abs() * (1.0 + rate).powi(-t)).sum();
                prop_assert!(flows(&amounts).present_value(*rate).unwrap().abs() <= 1e-9 * parts);
            }
        }
    }

    #[test]
    fn a_value_that_only_touches_zero_has_its_rate_once() {
        // −(1 − 1.1 v)².
        let found = internal_rates(&flows(&[-100.0, 220.0, -121.0]));
        assert_eq!(found.rates.len(), 1, "{found:?}");
        assert!((found.rates[0] - 0.1).abs() < 1e-6);
    }

    #[test]
    fn ten_years_of_months_are_no_trouble() {
        let mut amounts = vec![150.0; 120];
        amounts[0] = -9000.0;
        let rate = internal_rates(&flows(&amounts)).only().unwrap();
        assert!(flows(&amounts).present_value(rate).unwrap().abs() < 1e-8);
    }
}
