//! Least squares.

use super::solve::{Factor, add_outer};
use super::variance::between_clusters;
use super::{FitError, Pooled, Variance};
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use nalgebra::{DMatrix, DVector};

/// A fitted line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Coefficients, in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Their covariance.
    pub covariance: DMatrix<f64>,
    /// Degrees of freedom of their t: n − p, or clusters − 1.
    pub df: f64,
    /// Rows.
    pub rows: u64,
    /// Σw(y − ŷ)².
    pub residual: f64,
    /// Σw(y − ȳ)².
    pub total: f64,
}

impl Line {
    /// Standard error of a coefficient.
    pub fn se(&self, place: usize) -> f64 {
        self.covariance[(place, place)].max(0.0).sqrt()
    }

    /// t of a coefficient against 0; `None` where its standard error is 0.
    pub fn t(&self, place: usize) -> Option<f64> {
        let se = self.se(place);
        (se > 0.0).then(|| self.coefficients[place] / se)
    }

    /// 1 − residual/total; `None` where the outcome does not vary.
    pub fn r_squared(&self) -> Option<f64> {
        (self.total > 0.0).then(|| 1.0 - self.residual / self.total)
    }

    /// The interval of a coefficient, from t.
    pub fn interval(&self, place: usize, level: Level) -> Interval {
        let half = level.t(self.df) * self.se(place);
        let at = self.coefficients[place];
        Interval::closed(at - half, at + half, level.value(), Method::LinearisedT)
    }

    /// Akaike's criterion n ln(residual/n) + 2(p + 1), for comparing lines on the same rows.
    pub fn aic(&self) -> f64 {
        let n = self.rows as f64;
        n * (self.residual / n).ln() + 2.0 * (self.coefficients.len() as f64 + 1.0)
    }
}

/// Fits y = xᵀβ by weighted least squares.
///
/// β = (Σw x xᵀ)⁻¹ Σw x y; variances as [`Variance`] says, all from the sums
/// of pooled rows. An intercept is a column of ones. Classical variance takes
/// weights as numbers of rows.
///
/// # Errors
/// [`FitError`]: no rows, columns that determine each other, no more rows than
/// columns, one cluster.
///
/// # Examples
/// ```
/// use cx_core::infer::regression::{least_squares, Pooled, Variance};
/// let rows: Vec<Pooled> = [(0.0, 1.0), (1.0, 3.0), (2.0, 4.0), (3.0, 8.0)]
///     .into_iter()
///     .map(|(x, y)| Pooled::row(vec![1.0, x], y))
///     .collect();
/// let line = least_squares(&rows, Variance::Classical).unwrap();
/// assert!((line.coefficients[1] - 2.2).abs() < 1e-12);
/// assert!((line.se(1) - 0.424_264_068_711_928).abs() < 1e-12);
/// ```
pub fn least_squares(rows: &[Pooled], variance: Variance) -> Result<Line, FitError> {
    let p = width(rows)?;
    let (mut products, mut right) = (DMatrix::zeros(p, p), DVector::zeros(p));
    for row in rows {
        add_outer(&mut products, &row.x, row.n);
        for (into, x) in right.iter_mut().zip(&row.x) {
            *into += x * row.sum;
        }
    }
    let n: u64 = rows.iter().map(|row| row.rows).sum();
    let factor = Factor::new(&products)?;
    if n <= p as u64 {
        return Err(FitError::FewRows { rows: n, columns: p });
    }
    let mut beta = factor.solve(&right);
    // One round of refinement gives back the digits that the cross-products cost.
    let left = rows.iter().fold(DVector::zeros(p), |mut left: DVector<f64>, row| {
        let off = row.sum - row.n * row.along(beta.as_slice());
        left.iter_mut().zip(&row.x).for_each(|(into, x)| *into += off * x);
        left
    });
    beta += factor.solve(&left);
    let fitted = |row: &Pooled| row.along(beta.as_slice());
    let residual: f64 = rows.iter().map(|row| row.squares_about(fitted(row))).sum();
    let weight: f64 = rows.iter().map(|row| row.n).sum();
    let mean = rows.iter().map(|row| row.sum).sum::<f64>() / weight;
    let total = rows.iter().map(|row| row.squares_about(mean)).sum();
    let bread = factor.inverse();
    let (rest, size) = (n as f64 - p as f64, n as f64);
    let sandwich = |weigh: &dyn Fn(&Pooled) -> f64| {
        let mut meat = DMatrix::zeros(p, p);
        for row in rows {
            add_outer(&mut meat, &row.x, weigh(row) * row.spread_about(fitted(row)));
        }
        &bread * meat * &bread
    };
    let leverage = |row: &Pooled| {
        let x = DVector::from_column_slice(&row.x);
        (x.transpose() * &bread * &x)[0] * row.n / row.rows as f64
    };
    let (covariance, df) = match variance {
        Variance::Classical => (&bread * (residual / rest), rest),
        Variance::Robust0 => (sandwich(&|_| 1.0), rest),
        Variance::Robust1 => (sandwich(&|_| size / rest), rest),
        Variance::Robust2 => (sandwich(&|row| 1.0 / (1.0 - leverage(row)).max(1e-12)), rest),
        Variance::Robust3 => (sandwich(&|row| 1.0 / (1.0 - leverage(row)).max(1e-12).powi(2)), rest),
        Variance::Clustered => {
            let (meat, clusters) = between_clusters(rows, p, |row| row.sum - row.n * fitted(row))?;
            (&bread * meat * &bread * ((size - 1.0) / rest), clusters as f64 - 1.0)
        }
    };
    Ok(Line { coefficients: beta.as_slice().to_vec(), covariance, df, rows: n, residual, total })
}

/// Coefficients of a line with ½·ridge·β² taken off for every column but the
/// first: for a model that only serves another. A ridge of 1 is the weight of
/// one row, whatever the outcome's unit.
///
/// # Errors
/// As [`least_squares`], but thin or idle columns are no error.
pub fn ridge_line(rows: &[Pooled], ridge: f64) -> Result<Vec<f64>, FitError> {
    let p = width(rows)?;
    let (mut products, mut right) = (DMatrix::zeros(p, p), DVector::zeros(p));
    for row in rows {
        add_outer(&mut products, &row.x, row.n);
        right.iter_mut().zip(&row.x).for_each(|(into, x): (&mut f64, _)| *into += x * row.sum);
    }
    (1..p).for_each(|j| products[(j, j)] += ridge);
    Ok(Factor::new(&products)?.solve(&right).as_slice().to_vec())
}

/// The width that all rows share.
pub(super) fn width(rows: &[Pooled]) -> Result<usize, FitError> {
    let p = rows.first().ok_or(FitError::Empty)?.x.len();
    for (place, row) in rows.iter().enumerate() {
        let fine = row.x.len() == p
            && row.x.iter().all(|x| x.is_finite())
            && [row.n, row.sum, row.squares].iter().all(|x| x.is_finite())
            && row.n > 0.0;
        if !fine {
            return Err(FitError::Shape { row: place });
        }
    }
    Ok(p)
}
