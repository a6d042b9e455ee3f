//! Whether groups leave at the same rate.

use super::Table;
use super::cox::Test;
use crate::ground::estimate::Refused;
use nalgebra::{DMatrix, DVector};

/// How much an age with events counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weighting {
    /// All ages alike: the log-rank test, best where hazards are proportional (the default).
    #[default]
    Even,
    /// By the pooled survival just before: early differences count more (Peto and Peto).
    Early,
}

/// One group of the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// Units.
    pub n: u64,
    /// Events, weighted.
    pub observed: f64,
    /// Events that would be expected if all groups left at the rate of all, weighted.
    pub expected: f64,
}

/// The test of several survival curves.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// Groups in the order given.
    pub groups: Vec<Group>,
    /// The test.
    pub test: Test,
}

/// The log-rank test of k groups that no group leaves faster than another.
///
/// Formula: over ages with events, O − E of each group with
/// E = w d nᵢ/n and Cov = w² d (n − d)/(n − 1) nᵢ/n (δᵢⱼ − nⱼ/n), summed;
/// χ² = (O − E)ᵀ V⁻ (O − E) with as many degrees of freedom as groups with an
/// expectation, less one. w = 1, or the pooled Kaplan-Meier estimate just
/// before the age. Source: `mantel1966`; weights `peto1972`, `harrington1982`.
///
/// # Errors
/// A named refusal with fewer than two groups at risk together, without an
/// event, and where ages of some groups only are in buckets (bring all to
/// them with [`crate::stats::Life::in_buckets`]).
///
/// # Examples
/// ```
/// use cx_core::infer::survival::{log_rank, Table, Weighting};
/// let old = Table::exact((1..=10).map(|age| (0.0, f64::from(age), Some(0), 1)));
/// let new = Table::exact((1..=10).map(|age| (0.0, f64::from(2 * age), Some(0), 1)));
/// let result = log_rank(&[&old, &new], Weighting::Even).unwrap();
/// assert_eq!(result.groups[0].observed, 10.0);
/// assert!(result.groups[0].expected < 7.0 && result.test.p < 0.05);
/// ```
pub fn log_rank(tables: &[&Table], weighting: Weighting) -> Result<LogRank, Refused> {
    let k = tables.len();
    let refused = |rule: &str, reason: &str, lift: &str| Refused {
        rule: rule.to_owned(),
        reason: reason.to_owned(),
        lift: lift.to_owned(),
    };
    if tables.iter().any(|t| t.bucketed) && !tables.iter().all(|t| t.bucketed) {
        return Err(refused(
            "log_rank_unlike_ages",
            "ages are in buckets in some groups only",
            "put the ages of all groups into buckets",
        ));
    }
    let mut ages: Vec<f64> = (tables.iter())
        .flat_map(|t| t.rows().iter().filter(|row| row.events > 0).map(|row| row.age))
        .collect();
    ages.sort_by(f64::total_cmp);
    ages.dedup();
    let mut groups: Vec<Group> =
        tables.iter().map(|t| Group { n: t.units(), observed: 0.0, expected: 0.0 }).collect();
    let mut variance = DMatrix::<f64>::zeros(k, k);
    let mut survival = 1.0;
    for age in ages {
        let at_risk: Vec<f64> = tables.iter().map(|t| t.at_risk(age) as f64).collect();
        let events = |t: &Table| t.row_at(age).filter(|row| row.age == age).map_or(0, |row| row.events);
        let left: Vec<f64> = tables.iter().map(|t| events(t) as f64).collect();
        let (n, d): (f64, f64) = (at_risk.iter().sum(), left.iter().sum());
        let w = if weighting == Weighting::Early { survival } else { 1.0 };
        survival *= 1.0 - d / n;
        for (group, (n_i, d_i)) in groups.iter_mut().zip(at_risk.iter().zip(&left)) {
            group.observed += w * d_i;
            group.expected += w * d * n_i / n;
        }
        if n > 1.0 {
            let spread = w * w * d * (n - d) / (n - 1.0);
            for i in 0..k {
                for j in 0..k {
                    let own = if i == j { 1.0 } else { 0.0 };
                    variance[(i, j)] += spread * at_risk[i] / n * (own - at_risk[j] / n);
                }
            }
        }
    }
    // Groups never at risk with an event say nothing; of the others one follows from the rest.
    let used: Vec<usize> = (0..k).filter(|i| groups[*i].expected > 0.0).collect();
    let free = used.split_last().map_or(&[][..], |(_, free)| free);
    let nothing = || {
        refused(
            "log_rank_no_comparison",
            "no two groups were at risk together when somebody left",
            "give groups that were watched over the same ages, with events",
        )
    };
    if free.is_empty() {
        return Err(nothing());
    }
    let gap = DVector::from_fn(free.len(), |i, _| groups[free[i]].observed - groups[free[i]].expected);
    let v = DMatrix::from_fn(free.len(), free.len(), |i, j| variance[(free[i], free[j])]);
    let solved = v.cholesky().ok_or_else(nothing)?.solve(&gap);
    Ok(LogRank { groups, test: Test::new(solved.dot(&gap).max(0.0), free.len() as u32) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(ages: &[i32]) -> Table {
        Table::exact(ages.iter().map(|a| (0.0, f64::from(a.abs()), (*a > 0).then_some(0), 1)))
    }

    #[test]
    fn order_and_counts_do_not_matter() {
        let (a, b, c) = (table(&[1, 3, -4, 6, 8]), table(&[2, 3, 5, -7]), table(&[-2, 4, 9, 9]));
        let one = log_rank(&[&a, &b, &c], Weighting::Even).unwrap();
        let two = log_rank(&[&c, &a, &b], Weighting::Even).unwrap();
        assert!((one.test.chi_square - two.test.chi_square).abs() < 1e-12);
        assert_eq!(one.test.df, 2);
        let gap: f64 = one.groups.iter().map(|g| g.observed - g.expected).sum();
        assert!(gap.abs() < 1e-12);
    }

    /// Two groups against the hypergeometric sums by hand: (O − E)²/V.
    #[test]
    fn two_groups_by_hand() {
        let (a, b) = (table(&[1, 2]), table(&[2, -3]));
        // Age 1: n 4, d 1, n_a 2: E ½, V ¼. Age 2: n 3, d 2, n_a 1: E ⅔, V 2·1/2·⅓·⅔ = 2/9.
        let result = log_rank(&[&a, &b], Weighting::Even).unwrap();
        let (gap, v) = (2.0 - 0.5 - 2.0 / 3.0, 0.25 + 2.0 / 9.0);
        assert!((result.test.chi_square - gap * gap / v).abs() < 1e-12);
    }

    #[test]
    fn nothing_to_compare_is_refused() {
        let (a, none) = (table(&[1, 2]), table(&[]));
        assert_eq!(log_rank(&[&a, &none], Weighting::Even).unwrap_err().rule, "log_rank_no_comparison");
        assert_eq!(log_rank(&[&a], Weighting::Even).unwrap_err().rule, "log_rank_no_comparison");
        let (quiet, still) = (table(&[-1, -2]), table(&[-3]));
        assert_eq!(log_rank(&[&quiet, &still], Weighting::Even).unwrap_err().rule, "log_rank_no_comparison");
    }
}
