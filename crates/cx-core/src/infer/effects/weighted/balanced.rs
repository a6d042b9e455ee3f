//! Are the weighted groups alike?

use super::Person;

/// One covariate before and after weighting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Covariate {
    /// Standardised mean difference without weights.
    pub before: f64,
    /// The same with weights.
    pub after: f64,
    /// Variance of the treated over the weighted variance of the controls.
    pub variance_ratio: f64,
}

/// All covariates: the rows of a love plot.
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceTable {
    /// In the order of the covariates.
    pub covariates: Vec<Covariate>,
}

impl BalanceTable {
    /// True where every difference is below 0.1 and every ratio within 0.5..2.
    pub fn passes(&self) -> bool {
        self.covariates.iter().all(|c| c.after.abs() < 0.1 && (0.5..=2.0).contains(&c.variance_ratio))
    }
}

/// Standardised differences and variance ratios, treated less weighted controls.
///
/// Both differences are over √((s₁² + s₀²)/2) before weighting, so that weights
/// cannot pass by raising the spread. A covariate without spread has a
/// difference of 0 and a ratio of 1 where the groups agree on it.
/// `weights` counts for the controls. Source: `austin2009`.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::weighted::{balance_table, Person};
/// let person = |known, treated| Person { known: vec![known], treated, outcome: 0.0 };
/// let people = [person(1.0, true), person(0.0, true), person(0.0, false), person(0.0, false), person(1.0, false)];
/// let table = balance_table(&people, &[0.0, 0.0, 0.25, 0.25, 0.5]);
/// assert!(table.covariates[0].before > 0.3 && table.covariates[0].after == 0.0);
/// ```
pub fn balance_table(people: &[Person], weights: &[f64]) -> BalanceTable {
    let width = people.first().map_or(0, |p| p.known.len());
    let moments = |j: usize, treated: bool, weight: &dyn Fn(usize) -> f64| {
        let rows: Vec<(f64, f64)> = people
            .iter()
            .enumerate()
            .filter(|(_, p)| p.treated == treated)
            .map(|(i, p)| (p.known[j], weight(i)))
            .collect();
        crate::infer::means::Weighted::of(&rows).map_or((0.0, 0.0), |m| (m.mean, m.variance))
    };
    let covariates = (0..width)
        .map(|j| {
            let (mean, variance) = moments(j, true, &|_| 1.0);
            let (plain, spread) = moments(j, false, &|_| 1.0);
            let (weighted, left) = moments(j, false, &|i| weights[i]);
            let scale = f64::midpoint(variance, spread).sqrt();
            let over = |gap: f64| if gap == 0.0 { 0.0 } else { gap / scale };
            let variance_ratio = if variance == left { 1.0 } else { variance / left };
            Covariate { before: over(mean - plain), after: over(mean - weighted), variance_ratio }
        })
        .collect();
    BalanceTable { covariates }
}
