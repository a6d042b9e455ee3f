//! Covariances and correlations of complete rows.

use nalgebra::DMatrix;

/// Covariance matrix (divisor n − 1) of rows of equal length.
/// `None` below two rows or two columns, or where a row has another length.
pub(super) fn covariance(rows: &[Vec<f64>]) -> Option<DMatrix<f64>> {
    let k = rows.first()?.len();
    if rows.len() < 2 || k < 2 || rows.iter().any(|row| row.len() != k) {
        return None;
    }
    let n = rows.len() as f64;
    let means: Vec<f64> = (0..k).map(|j| rows.iter().map(|row| row[j]).sum::<f64>() / n).collect();
    let product = |i: usize, j: usize| -> f64 {
        rows.iter().map(|row| (row[i] - means[i]) * (row[j] - means[j])).sum::<f64>() / (n - 1.0)
    };
    Some(DMatrix::from_fn(k, k, product))
}

/// Correlations from covariances; `None` where a column does not vary.
pub(super) fn correlation(covariance: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let sd: Vec<f64> = covariance.diagonal().iter().map(|v| v.sqrt()).collect();
    let varies = sd.iter().all(|s| *s > 0.0);
    varies.then(|| covariance.map_with_location(|i, j, c| if i == j { 1.0 } else { c / (sd[i] * sd[j]) }))
}
