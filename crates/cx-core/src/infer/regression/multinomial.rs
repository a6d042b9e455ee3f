//! Which of several bands: the multinomial logit.

use super::FitError;
use super::newton::{At, climb};
use super::solve::Factor;
use nalgebra::{DMatrix, DVector};

/// Rows of one design point, by band.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The design point, with the 1 of the intercept first.
    pub x: Vec<f64>,
    /// Rows (or weights) in each band.
    pub bands: Vec<f64>,
}

/// A fitted multinomial logit; the last band is the one the others are set against.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Coefficients of every band but the last.
    pub coefficients: Vec<Vec<f64>>,
    /// Covariance of all coefficients, band after band.
    pub covariance: DMatrix<f64>,
    /// Log-likelihood without the counts that no coefficient changes.
    pub log_likelihood: f64,
}

impl Bands {
    /// Chance of each band at a design point.
    pub fn chances(&self, x: &[f64]) -> Vec<f64> {
        let lines = self.coefficients.iter().map(|beta| x.iter().zip(beta).map(|(x, b)| x * b).sum());
        softmax(lines.chain([0.0]).collect())
    }
}

fn softmax(lines: Vec<f64>) -> Vec<f64> {
    let top = lines.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts: Vec<f64> = lines.into_iter().map(|line| (line - top).exp()).collect();
    let sum: f64 = parts.iter().sum();
    parts.into_iter().map(|part| part / sum).collect()
}

/// Fits ln(π_b/π_last) = xᵀβ_b by Newton steps; `ridge` as in
/// [`generalised`](super::generalised). Source: `mcfadden1974`.
///
/// # Errors
/// [`FitError`]: no rows, rows of different shape, a band without rows, a band
/// that a column tells apart (ridge 0).
///
/// # Examples
/// ```
/// use cx_core::infer::regression::{multinomial, Counted};
/// let rows = [
///     Counted { x: vec![1.0, 0.0], bands: vec![10.0, 20.0, 70.0] },
///     Counted { x: vec![1.0, 1.0], bands: vec![30.0, 30.0, 40.0] },
/// ];
/// let fit = multinomial(&rows, 0.0).unwrap();
/// assert!((fit.chances(&[1.0, 1.0])[0] - 0.3).abs() < 1e-12);
/// assert!((fit.coefficients[1][0] - (20.0_f64 / 70.0).ln()).abs() < 1e-12);
/// ```
pub fn multinomial(rows: &[Counted], ridge: f64) -> Result<Bands, FitError> {
    let first = rows.first().ok_or(FitError::Empty)?;
    let (p, bands) = (first.x.len(), first.bands.len());
    let mut totals = vec![0.0; bands];
    for (place, row) in rows.iter().enumerate() {
        let fine = row.x.len() == p
            && row.bands.len() == bands
            && row.x.iter().all(|x| x.is_finite())
            && row.bands.iter().all(|n| n.is_finite() && *n >= 0.0);
        if !fine {
            return Err(FitError::Shape { row: place });
        }
        totals.iter_mut().zip(&row.bands).for_each(|(into, n)| *into += n);
    }
    if bands < 2 || totals.iter().any(|n| *n <= 0.0) {
        return Err(FitError::OneOutcome);
    }
    let (free, size) = (bands - 1, (bands - 1) * p);
    let lines = |beta: &DVector<f64>, x: &[f64]| {
        let mut lines: Vec<f64> =
            (0..free).map(|b| x.iter().enumerate().map(|(j, x)| x * beta[b * p + j]).sum()).collect();
        lines.push(0.0);
        lines
    };
    let at = |beta: &DVector<f64>| {
        let (mut value, mut gradient, mut information) =
            (0.0, DVector::zeros(size), DMatrix::zeros(size, size));
        for row in rows {
            let n: f64 = row.bands.iter().sum();
            let chances = softmax(lines(beta, &row.x));
            value += row
                .bands
                .iter()
                .zip(&chances)
                .filter(|(k, _)| **k > 0.0)
                .map(|(k, p)| k * p.ln())
                .sum::<f64>();
            for b in 0..free {
                let off = row.bands[b] - n * chances[b];
                for (j, x) in row.x.iter().enumerate() {
                    gradient[b * p + j] += off * x;
                }
                for c in 0..=b {
                    let kept = if b == c { 1.0 } else { 0.0 };
                    let weight = n * chances[b] * (kept - chances[c]);
                    add_block(&mut information, &row.x, weight, (b * p, c * p));
                }
            }
        }
        for b in 0..free {
            for c in b + 1..free {
                let block = information.view((c * p, b * p), (p, p)).transpose();
                information.view_mut((b * p, c * p), (p, p)).copy_from(&block);
            }
            for j in b * p + 1..(b + 1) * p {
                value -= 0.5 * ridge * beta[j] * beta[j];
                gradient[j] -= ridge * beta[j];
                information[(j, j)] += ridge;
            }
        }
        At { value, gradient, information }
    };
    let last = totals[free];
    let start = DVector::from_fn(size, |i, _| if i % p == 0 { (totals[i / p] / last).ln() } else { 0.0 });
    let part = |error| match error {
        FitError::Collinear { column } => FitError::Separated { column: column % p },
        other => other,
    };
    let (beta, top) = climb(start, at).map_err(part)?;
    let covariance = Factor::new(&top.information).map_err(part)?.inverse();
    let edge = rows.iter().any(|row| softmax(lines(&beta, &row.x)).iter().any(|chance| *chance < 1e-9));
    let widest = (0..size).max_by(|a, b| covariance[(*a, *a)].total_cmp(&covariance[(*b, *b)])).unwrap_or(0);
    if ridge == 0.0 && edge && covariance[(widest, widest)] > 2500.0 {
        return Err(FitError::Separated { column: widest % p });
    }
    let coefficients = (0..free).map(|b| beta.as_slice()[b * p..(b + 1) * p].to_vec()).collect();
    Ok(Bands { coefficients, covariance, log_likelihood: top.value })
}

/// Adds `weight` x xᵀ at a place of a larger matrix.
fn add_block(into: &mut DMatrix<f64>, x: &[f64], weight: f64, (row, column): (usize, usize)) {
    for (j, xj) in x.iter().enumerate() {
        let right = weight * xj;
        if right != 0.0 {
            for (i, xi) in x.iter().enumerate() {
                into[(row + i, column + j)] += xi * right;
            }
        }
    }
}
