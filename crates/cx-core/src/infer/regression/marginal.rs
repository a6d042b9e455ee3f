//! What a step of a column does to the mean outcome.

use super::{Generalised, Pooled};
use nalgebra::DVector;

/// The average marginal effect of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marginal {
    /// Mean change of the outcome per unit of the column.
    pub effect: f64,
    /// Its standard error, by the delta method.
    pub se: f64,
}

/// Mean over the rows of d mean/dx for a column, all columns taken as continuous.
///
/// Formula: β_k · mean of g'(xᵀβ); variance by the delta method over all
/// coefficients. `None` where there is no such column. Source: `greene2018`.
///
/// # Examples
/// ```
/// use cx_core::infer::regression::{average_marginal, generalised, Family, Pooled, Variance};
/// let rows = [Pooled::trials(vec![1.0, 0.0], 20, 100), Pooled::trials(vec![1.0, 1.0], 50, 100)];
/// let fit = generalised(&rows, Family::Logit, Variance::Classical, 0.0).unwrap();
/// let step = average_marginal(&fit, &rows, 1).unwrap();
/// assert!((step.effect - 4.0_f64.ln() * 0.5 * (0.16 + 0.25)).abs() < 1e-12);
/// assert_eq!(average_marginal(&fit, &rows, 2), None);
/// ```
pub fn average_marginal(fit: &Generalised, rows: &[Pooled], column: usize) -> Option<Marginal> {
    let beta = *fit.coefficients.get(column)?;
    let weight: f64 = rows.iter().map(|row| row.n).sum();
    let (mut slope, mut along) = (0.0, DVector::zeros(fit.coefficients.len()));
    for row in rows {
        let eta = row.along(&fit.coefficients);
        slope += row.n / weight * fit.family.slope(eta);
        let bend = row.n / weight * fit.family.bend(eta) * beta;
        along.iter_mut().zip(&row.x).for_each(|(into, x): (&mut f64, _)| *into += bend * x);
    }
    along[column] += slope;
    let variance = (along.transpose() * &fit.covariance * &along)[0];
    Some(Marginal { effect: beta * slope, se: variance.max(0.0).sqrt() })
}
