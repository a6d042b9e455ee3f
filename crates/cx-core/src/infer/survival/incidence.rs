//! Cumulative incidence by cause: who left for what.

use super::Table;
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;

/// Cumulative incidence of one cause just after an age.
#[derive(Debug, Clone, PartialEq)]
pub struct Incidence {
    /// The age.
    pub age: f64,
    /// Share that has left for this cause by then.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Its interval; `None` where nobody is at risk.
    pub interval: Option<Interval>,
}

/// The cumulative incidence of a cause at every age of the table.
///
/// Formula: F_k(t) = Σ S(tᵢ₋₁) d_kᵢ/nᵢ over ages up to t. Unlike one minus
/// Kaplan-Meier with the other causes censored, the causes and the survivors
/// sum to 1. Variance
/// Σ (F(t)−Fᵢ)² d/(n(n−d)) + Σ S²₍ᵢ₋₁₎ d_k(n−d_k)/n³ − 2 Σ (F(t)−Fᵢ) S₍ᵢ₋₁₎ d_k/n².
/// The interval stands on ln(−ln(1 − F)), so that with one cause it mirrors
/// the survival curve's; with no event yet its upper limit is z²/(n + z²), and
/// where all have left for this cause it reaches from the last lower limit to 1.
/// Source: `aalen1978b`; variance `marubini1995`.
///
/// # Examples
/// ```
/// use cx_core::infer::{survival, Level};
/// use cx_core::stats::Life;
/// let mut life = Life::default();
/// life.add(0, 1 << 20, Some(0), 2);
/// life.add(0, 2 << 20, Some(1), 1);
/// life.add(0, 3 << 20, None, 5);
/// let table = survival::Table::new(&life);
/// let price = survival::incidence(&table, 0, Level::P95);
/// let service = survival::incidence(&table, 1, Level::P95);
/// let last = (price.last().unwrap().value, service.last().unwrap().value);
/// assert!((last.0 - 0.25).abs() < 1e-15 && (last.1 - 0.125).abs() < 1e-15);
/// ```
pub fn incidence(table: &Table, cause: usize, level: Level) -> Vec<Incidence> {
    let rows = table.rows();
    let mut curve = Vec::with_capacity(rows.len());
    // F of this cause and of all others: with S they make 1, without rounding 1 − F.
    let (mut value, mut others) = (0.0, 0.0);
    let (mut before, mut low_before) = (1.0, 0.0);
    // The variance expands in powers of F(t), so running sums serve every age at once.
    let mut squares = [0.0_f64; 3];
    let mut own = 0.0;
    let mut cross = [0.0_f64; 2];
    for row in rows {
        let (n, d) = (row.at_risk as f64, row.events as f64);
        let dk = row.by_cause.get(cause).copied().unwrap_or(0) as f64;
        if d > 0.0 && n > 0.0 {
            value += before * dk / n;
            others += before * (d - dk) / n;
            own += before * before * dk * (n - dk) / (n * n * n);
            cross[0] += before * dk / (n * n);
            cross[1] += value * before * dk / (n * n);
            if n > d {
                let weight = d / (n * (n - d));
                squares[0] += weight;
                squares[1] += weight * value;
                squares[2] += weight * value * value;
            }
        }
        before = row.survival;
        let spread = value * value * squares[0] - 2.0 * value * squares[1] + squares[2];
        let variance = spread + own - 2.0 * (value * cross[0] - cross[1]);
        let se = variance.max(0.0).sqrt();
        let n = table.at_risk(row.age) as f64;
        let free = row.survival + others;
        let interval = limits(value, free, se, n, low_before, level);
        if free > 0.0 {
            low_before = interval.and_then(|i| i.low).unwrap_or(low_before);
        }
        curve.push(Incidence { age: row.age, value, se, interval });
    }
    curve
}

fn limits(value: f64, free: f64, se: f64, at_risk: f64, low_before: f64, level: Level) -> Option<Interval> {
    let z = level.z();
    let closed = |low: f64, high: f64| Interval::closed(low, high, level.value(), Method::AalenJohansen);
    if value <= 0.0 {
        return (at_risk > 0.0).then(|| closed(0.0, z * z / (at_risk + z * z)));
    }
    if free <= 0.0 {
        return Some(closed(low_before, 1.0));
    }
    let stretch = (z * se / (free * -free.ln())).exp();
    Some(closed(1.0 - free.powf(1.0 / stretch), 1.0 - free.powf(stretch)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Life;

    /// Nobody left for this cause: Wilson's upper limit, as for 0 of n.
    #[test]
    fn a_cause_that_took_nobody_has_an_interval() {
        let mut life = Life::default();
        life.add(0, 1 << 20, Some(1), 1);
        life.add(0, 2 << 20, None, 19);
        let curve = incidence(&Table::new(&life), 0, Level::P95);
        let first = curve.first().unwrap();
        let interval = first.interval.unwrap();
        let z2 = 1.959_963_984_540_054_f64.powi(2);
        assert_eq!((first.value, interval.low), (0.0, Some(0.0)));
        assert!((interval.high.unwrap() - z2 / (20.0 + z2)).abs() < 1e-12, "{interval:?}");
    }
}
