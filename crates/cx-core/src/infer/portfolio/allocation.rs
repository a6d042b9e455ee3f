//! How much of each, where each can be scaled.

use super::Response;
use crate::ground::estimate::Refused;
use crate::infer::special::bisect;

/// Points of the spending grid where a curve is S-shaped.
const GRID: usize = 400;

/// Spending on each response curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// Present value of spending, by curve.
    pub spend: Vec<f64>,
    /// Gross value of all.
    pub value: f64,
    /// Budget that is better not spent.
    pub unspent: f64,
}

/// Splits a budget so that value less spending is largest.
///
/// Concave curves get equal marginal value λ, found by halving, never below 1:
/// a euro that brings less than a euro is not spent, and what is left over is
/// a valid answer. With an S-shaped curve a dynamic programme over 400 steps
/// of the budget decides. Source: `bellman1957`, definition of this product.
///
/// # Errors
/// Refusals for curves and budgets out of range.
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::{allocate, Response};
/// let curve = |most| Response::Saturating { most, scale: 100.0 };
/// let split = allocate(&[curve(400.0), curve(200.0)], 150.0).unwrap();
/// // The last euro brings the same on both.
/// let next = |i: usize| [curve(400.0), curve(200.0)][i].marginal(split.spend[i]);
/// assert!((next(0) - next(1)).abs() < 1e-9 && split.unspent < 1e-9);
/// // Beyond ln 4 + ln 2 times the scale no euro pays for itself.
/// assert!((allocate(&[curve(400.0), curve(200.0)], 500.0).unwrap().unspent - 292.056).abs() < 1e-3);
/// ```
pub fn allocate(curves: &[Response], budget: f64) -> Result<Allocation, Refused> {
    if !(budget >= 0.0 && budget.is_finite()) {
        return Err(Refused {
            rule: "budget_out_of_range".to_owned(),
            reason: "the budget is below 0 or no number".to_owned(),
            lift: "give the present value that may be spent".to_owned(),
        });
    }
    for curve in curves {
        curve.checked()?;
    }
    let spend = if curves.iter().all(|c| c.is_concave()) {
        by_marginal_value(curves, budget)
    } else {
        by_steps(curves, budget)
    };
    let value = curves.iter().zip(&spend).map(|(c, x)| c.value(*x)).sum();
    let unspent = (budget - spend.iter().sum::<f64>()).max(0.0);
    Ok(Allocation { spend, value, unspent })
}

fn by_marginal_value(curves: &[Response], budget: f64) -> Vec<f64> {
    let at = |lambda: f64| -> Vec<f64> {
        let spend = |c: &Response| {
            if c.marginal(0.0) <= lambda {
                return 0.0;
            }
            bisect(|x| c.marginal(x) - lambda, 0.0, budget, true)
        };
        curves.iter().map(spend).collect()
    };
    let over = |lambda: f64| at(lambda).iter().sum::<f64>() - budget;
    if over(1.0) <= 0.0 {
        return at(1.0);
    }
    // Twice the price until the budget is enough.
    let mut dear = 2.0;
    while over(dear) > 0.0 && dear < 1e300 {
        dear *= 2.0;
    }
    at(bisect(over, dear / 2.0, dear, true))
}

fn by_steps(curves: &[Response], budget: f64) -> Vec<f64> {
    let step = budget / GRID as f64;
    let net = |c: &Response, k: usize| c.value(k as f64 * step) - k as f64 * step;
    // best[b]: the most that the curves so far bring with b steps; taken[c][b]: the steps of curve c in it.
    let mut best = vec![0.0; GRID + 1];
    let mut taken: Vec<Vec<usize>> = Vec::with_capacity(curves.len());
    for curve in curves {
        let mut next = best.clone();
        let mut choice = vec![0; GRID + 1];
        for b in 0..=GRID {
            for k in 1..=b {
                let value = best[b - k] + net(curve, k);
                if value > next[b] {
                    (next[b], choice[b]) = (value, k);
                }
            }
        }
        best = next;
        taken.push(choice);
    }
    let mut left = GRID;
    let mut spend: Vec<f64> = taken
        .iter()
        .rev()
        .map(|choice| {
            let k = choice[left];
            left -= k;
            k as f64 * step
        })
        .collect();
    spend.reverse();
    spend
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where both apply, the programme comes within a step of the equal marginal value.
    #[test]
    fn the_two_ways_agree_on_concave_curves() {
        let curves = [
            Response::Saturating { most: 400.0, scale: 100.0 },
            Response::Hill { most: 300.0, scale: 60.0, power: 0.9 },
            Response::Saturating { most: 90.0, scale: 40.0 },
        ];
        for budget in [50.0, 150.0, 1000.0] {
            for (a, b) in by_marginal_value(&curves, budget).iter().zip(by_steps(&curves, budget)) {
                assert!((a - b).abs() <= 1.01 * budget / GRID as f64, "{a} {b} of {budget}");
            }
        }
    }

    #[test]
    fn an_s_shaped_curve_gets_enough_or_nothing() {
        let curves = [Response::Hill { most: 200.0, scale: 50.0, power: 4.0 }];
        assert_eq!(allocate(&curves, 10.0).unwrap().spend, [0.0]);
        assert!(allocate(&curves, 100.0).unwrap().spend[0] > 50.0);
    }
}
