//! The observed information: how sharply the log-likelihood bends.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// Minus the matrix of second derivatives of the log-likelihood.
#[derive(Debug, Clone, PartialEq)]
pub struct Information {
    /// The matrix, made symmetric.
    pub matrix: DMatrix<f64>,
    /// Its inverse; `None` where it is not positive definite beyond the error of the differences.
    pub covariance: Option<DMatrix<f64>>,
    /// Its smallest eigenvalue after scaling to a unit diagonal (1 for
    /// orthogonal parameters, 0 for a ridge).
    pub definiteness: f64,
    /// By how much that eigenvalue may be off, from the error of the differences.
    pub noise: f64,
    /// The direction of that eigenvalue in the parameters, of length 1.
    pub weakest: Vec<f64>,
}

impl Information {
    /// The standard error of parameter k; `None` where the matrix is singular.
    pub fn standard_error(&self, k: usize) -> Option<f64> {
        self.covariance.as_ref().map(|c| c[(k, k)].sqrt())
    }

    /// The covariance, as rows; `None` where the matrix is singular.
    pub fn covariance_rows(&self) -> Option<Vec<Vec<f64>>> {
        self.covariance.as_ref().map(|c| c.row_iter().map(|row| row.iter().copied().collect()).collect())
    }

    /// True where the log-likelihood bends upwards in some direction, beyond doubt: no maximum.
    pub fn bends_up(&self) -> bool {
        self.definiteness < -(10.0 * self.noise).max(1e-6)
    }

    /// Judges a matrix of second derivatives whose entries are off by up to `error`.
    pub(super) fn of(matrix: DMatrix<f64>, error: f64) -> Self {
        let k = matrix.nrows();
        let finite = matrix.iter().all(|x| x.is_finite());
        // A unit diagonal takes the units of the parameters out of the judgement.
        let scale = DVector::from_iterator(
            k,
            (0..k).map(|i| {
                let d = matrix[(i, i)].abs();
                if d > 0.0 && d.is_finite() { d.sqrt().recip() } else { 1.0 }
            }),
        );
        if !finite {
            return Self {
                matrix,
                covariance: None,
                definiteness: f64::NEG_INFINITY,
                noise: 0.0,
                weakest: vec![0.0; k],
            };
        }
        let scaled = DMatrix::from_fn(k, k, |i, j| matrix[(i, j)] * scale[i] * scale[j]);
        let noise = DMatrix::from_fn(k, k, |i, j| error * scale[i] * scale[j]).amax().max(1e-13);
        let eigen = SymmetricEigen::new(scaled);
        let (at, definiteness) = eigen
            .eigenvalues
            .iter()
            .copied()
            .enumerate()
            .fold((0, f64::INFINITY), |best, (i, x)| if x < best.1 { (i, x) } else { best });
        let mut weakest = DVector::from_fn(k, |i, _| eigen.eigenvectors[(i, at)] * scale[i]);
        let length = weakest.norm();
        if length > 0.0 {
            weakest /= length;
        }
        let covariance = (definiteness > noise).then(|| {
            let inverse = &eigen.eigenvectors
                * DMatrix::from_diagonal(&eigen.eigenvalues.map(f64::recip))
                * eigen.eigenvectors.transpose();
            DMatrix::from_fn(k, k, |i, j| 0.5 * (inverse[(i, j)] + inverse[(j, i)]) * scale[i] * scale[j])
        });
        Self { matrix, covariance, definiteness, noise, weakest: weakest.iter().copied().collect() }
    }
}

/// The observed information of a log-likelihood at a point, by central
/// differences of its gradient.
///
/// `spread` is a guess at the standard error of every parameter (1 where
/// nothing is known): steps are a fiftieth of it, so that neither rounding nor
/// the third derivative costs more than about eight digits.
///
/// # Examples
/// ```
/// use cx_core::infer::fit::information;
/// // −50 (x − 3)²: information 100 everywhere.
/// let f = |at: &[f64], gradient: &mut [f64]| {
///     gradient[0] = -100.0 * (at[0] - 3.0);
///     -50.0 * (at[0] - 3.0).powi(2)
/// };
/// let found = information(&f, &[2.0], &[0.1]);
/// assert!((found.matrix[(0, 0)] - 100.0).abs() < 1e-6);
/// assert!((found.standard_error(0).unwrap() - 0.1).abs() < 1e-9);
/// ```
pub fn information(f: &impl Fn(&[f64], &mut [f64]) -> f64, at: &[f64], spread: &[f64]) -> Information {
    let k = at.len();
    let mut raw = DMatrix::zeros(k, k);
    let mut point = at.to_vec();
    let (mut up, mut down) = (vec![0.0; k], vec![0.0; k]);
    let mut rounding = 0.0_f64;
    for i in 0..k {
        let size = at[i].abs().max(1.0);
        let wanted = (0.02 * spread[i]).clamp(1e-7 * at[i].abs() + 1e-12, 1e-3 * size);
        point[i] = at[i] + wanted;
        let high = point[i];
        f(&point, &mut up);
        point[i] = at[i] - wanted;
        // The step as it is stored, not as it was meant.
        let width = high - point[i];
        f(&point, &mut down);
        point[i] = at[i];
        for j in 0..k {
            raw[(j, i)] = (down[j] - up[j]) / width;
        }
        let largest = up.iter().chain(&down).fold(0.0_f64, |m, g| m.max(g.abs()));
        rounding = rounding.max(1e-15 * largest / width);
    }
    let error = (0..k)
        .flat_map(|i| (0..i).map(move |j| (i, j)))
        .fold(rounding, |worst, (i, j)| worst.max((raw[(i, j)] - raw[(j, i)]).abs()));
    let matrix = DMatrix::from_fn(k, k, |i, j| 0.5 * (raw[(i, j)] + raw[(j, i)]));
    Information::of(matrix, error)
}
