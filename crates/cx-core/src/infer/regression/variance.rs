//! How the variance of coefficients is made.

use super::solve::add_outer;
use super::{FitError, Pooled};
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// How the variance of coefficients is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variance {
    /// The model's own: equal spread, or the inverse information.
    Classical,
    /// Sandwich without correction (HC0). Source: `white1980`.
    Robust0,
    /// Sandwich times n/(n − p) (HC1).
    Robust1,
    /// Squared residuals over 1 − h (HC2); lines only. Source: `mackinnon1985`.
    Robust2,
    /// Squared residuals over (1 − h)² (HC3); lines only.
    Robust3,
    /// Sandwich over the totals of clusters, times G/(G − 1) and, for lines,
    /// (n − 1)/(n − p). Source: `liang1986`.
    Clustered,
}

/// Σ s sᵀ over clusters, s the cluster's total score; `score` gives a row's factor on x.
pub(super) fn between_clusters(
    rows: &[Pooled],
    p: usize,
    score: impl Fn(&Pooled) -> f64,
) -> Result<(DMatrix<f64>, u64), FitError> {
    let mut totals: BTreeMap<u64, DVector<f64>> = BTreeMap::new();
    for row in rows {
        let total = totals.entry(row.cluster).or_insert_with(|| DVector::zeros(p));
        let factor = score(row);
        for (into, x) in total.iter_mut().zip(&row.x) {
            *into += factor * x;
        }
    }
    if totals.len() < 2 {
        return Err(FitError::OneCluster);
    }
    let clusters = totals.len() as u64;
    let mut meat = DMatrix::zeros(p, p);
    for total in totals.values() {
        add_outer(&mut meat, total.as_slice(), 1.0);
    }
    let g = clusters as f64;
    Ok((meat * (g / (g - 1.0)), clusters))
}
