//! Weighted means from rows, with the standard errors different tools give.

use crate::infer::effective;

/// Weighted mean and the parts of its standard errors.
///
/// Three conventions are in use for the same data: the sum of weights taken as
/// the number of answers (statsmodels, for repeated rows), Kish's effective
/// number, and the linearised variance of a ratio (R survey, the default here).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// Rows.
    pub n: u64,
    /// Σw.
    pub sum: f64,
    /// Σw².
    pub sum_of_squares: f64,
    /// Σwx / Σw.
    pub mean: f64,
    /// Σw(x − mean)² / Σw.
    pub variance: f64,
    /// n/(n−1) Σw²(x − mean)² / (Σw)²; `None` below two rows.
    pub linearised: Option<f64>,
}

impl Weighted {
    /// From (value, weight) rows; `None` where the weights sum to 0 or less.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::means::Weighted;
    /// let mean = Weighted::of(&[(1.0, 1.0), (0.0, 3.0)]).unwrap();
    /// assert_eq!((mean.mean, mean.variance), (0.25, 0.1875));
    /// ```
    pub fn of(rows: &[(f64, f64)]) -> Option<Self> {
        let sum: f64 = rows.iter().map(|(_, w)| w).sum();
        if sum.is_nan() || sum <= 0.0 {
            return None;
        }
        let rough = rows.iter().map(|(x, w)| w * x).sum::<f64>() / sum;
        let mean = rough + rows.iter().map(|(x, w)| w * (x - rough)).sum::<f64>() / sum;
        let variance = rows.iter().map(|(x, w)| w * (x - mean) * (x - mean)).sum::<f64>() / sum;
        let n = rows.len() as f64;
        let squares: f64 = rows.iter().map(|(x, w)| (w * (x - mean)) * (w * (x - mean))).sum();
        Some(Self {
            n: rows.len() as u64,
            sum,
            sum_of_squares: rows.iter().map(|(_, w)| w * w).sum(),
            mean,
            variance,
            linearised: (rows.len() > 1).then(|| n / (n - 1.0) * squares / (sum * sum)),
        })
    }

    /// Kish's effective number of rows.
    pub fn kish(&self) -> Option<f64> {
        effective::kish(self.sum, self.sum_of_squares)
    }

    /// Standard error √(variance / Kish's n).
    pub fn kish_se(&self) -> Option<f64> {
        self.kish().map(|n| (self.variance / n).sqrt())
    }

    /// Standard error of the ratio Σwx/Σw by linearisation, with n/(n−1).
    pub fn linearised_se(&self) -> Option<f64> {
        self.linearised.map(f64::sqrt)
    }
}
