//! Symmetric positive definite systems, with the column that breaks them.

use super::FitError;
use nalgebra::{DMatrix, DVector};

/// A pivot below this share of its column's own length counts as none.
const SMALLEST: f64 = 1e-11;

/// The Cholesky factor of a matrix, its columns scaled to length 1.
pub(super) struct Factor {
    lower: DMatrix<f64>,
    scale: DVector<f64>,
}

impl Factor {
    /// Factors a matrix.
    ///
    /// # Errors
    /// [`FitError::Collinear`] with the first column that those before it determine.
    pub(super) fn new(matrix: &DMatrix<f64>) -> Result<Self, FitError> {
        let p = matrix.nrows();
        let scale = DVector::from_fn(p, |i, _| matrix[(i, i)].sqrt());
        let mut lower = DMatrix::zeros(p, p);
        for j in 0..p {
            if !(scale[j] > 0.0 && scale[j].is_finite()) {
                return Err(FitError::Collinear { column: j });
            }
            for i in j..p {
                let mut left = matrix[(i, j)] / (scale[i] * scale[j]);
                for k in 0..j {
                    left -= lower[(i, k)] * lower[(j, k)];
                }
                if i > j {
                    lower[(i, j)] = left / lower[(j, j)];
                } else if left > SMALLEST {
                    lower[(j, j)] = left.sqrt();
                } else {
                    return Err(FitError::Collinear { column: j });
                }
            }
        }
        Ok(Self { lower, scale })
    }

    /// The solution for one right side.
    pub(super) fn solve(&self, right: &DVector<f64>) -> DVector<f64> {
        let p = right.len();
        let mut x = DVector::from_fn(p, |i, _| right[i] / self.scale[i]);
        for i in 0..p {
            for k in 0..i {
                x[i] -= self.lower[(i, k)] * x[k];
            }
            x[i] /= self.lower[(i, i)];
        }
        for i in (0..p).rev() {
            for k in i + 1..p {
                x[i] -= self.lower[(k, i)] * x[k];
            }
            x[i] /= self.lower[(i, i)];
        }
        DVector::from_fn(p, |i, _| x[i] / self.scale[i])
    }

    /// The inverse.
    pub(super) fn inverse(&self) -> DMatrix<f64> {
        let p = self.scale.len();
        let mut inverse = DMatrix::zeros(p, p);
        for j in 0..p {
            let unit = DVector::from_fn(p, |i, _| if i == j { 1.0 } else { 0.0 });
            inverse.set_column(j, &self.solve(&unit));
        }
        (&inverse + inverse.transpose()) * 0.5
    }
}

/// Adds `weight` x xᵀ.
pub(super) fn add_outer(into: &mut DMatrix<f64>, x: &[f64], weight: f64) {
    for (j, xj) in x.iter().enumerate() {
        let right = weight * xj;
        if right != 0.0 {
            for (i, xi) in x.iter().enumerate() {
                into[(i, j)] += xi * right;
            }
        }
    }
}
