//! Mean outcomes by band, with their covariance and resampled worlds.

use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;

/// Mean outcome of each band, with everything contrasts need.
#[derive(Debug, Clone, PartialEq)]
pub struct Banded {
    /// Mean by band, lowest band first.
    pub means: Vec<f64>,
    /// Covariance of the means.
    pub covariance: Vec<Vec<f64>>,
    /// The means in each resampled world, band by band; empty where none were asked for.
    pub draws: Vec<Vec<f64>>,
    /// How their intervals are made.
    pub method: Method,
}

/// A figure with its standard error and its draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The figure.
    pub value: f64,
    /// Standard error.
    pub se: f64,
    /// The figure in each resampled world.
    pub draws: Vec<f64>,
    /// How its interval is made.
    pub method: Method,
}

impl Drawn {
    /// value ± z·se.
    pub fn interval(&self, level: Level) -> Interval {
        let half = level.z() * self.se;
        Interval::closed(self.value - half, self.value + half, level.value(), self.method)
    }

    /// A figure whose error is the spread of its draws.
    pub fn of_draws(value: f64, draws: Vec<f64>) -> Self {
        let se = if draws.len() > 1 { deviation(&draws) } else { 0.0 };
        Self { value, se, draws, method: Method::Draws }
    }

    /// Difference of two figures from the same worlds: their dependence is
    /// kept where both have draws, else they count as independent.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let draws: Vec<f64> = self.draws.iter().zip(&other.draws).map(|(a, b)| a - b).collect();
        let independent = self.se.hypot(other.se);
        let se = if draws.len() > 1 { deviation(&draws) } else { independent };
        Self { value: self.value - other.value, se, draws, method: self.method }
    }
}

/// Standard deviation of draws (divisor n − 1).
fn deviation(draws: &[f64]) -> f64 {
    let n = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / n;
    (draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}

impl Banded {
    /// Bands whose covariance is that of their draws.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::linkage::Banded;
    /// let bands = Banded::of_draws(vec![2.0, 5.0], vec![vec![1.0, 4.0], vec![2.0, 5.0], vec![3.0, 6.0]]);
    /// // What moves together has a sure difference.
    /// assert_eq!((bands.band(0).se, bands.contrast(1, 0).se), (1.0, 0.0));
    /// ```
    pub fn of_draws(means: Vec<f64>, draws: Vec<Vec<f64>>) -> Self {
        let n = draws.len() as f64;
        let middle = |b: usize| draws.iter().map(|draw| draw[b]).sum::<f64>() / n;
        let middles: Vec<f64> = (0..means.len()).map(middle).collect();
        let between = |a: usize, b: usize| {
            let products = draws.iter().map(|draw| (draw[a] - middles[a]) * (draw[b] - middles[b]));
            if draws.len() > 1 { products.sum::<f64>() / (n - 1.0) } else { 0.0 }
        };
        let row = |a: usize| (0..means.len()).map(|b| between(a, b)).collect();
        let covariance = (0..means.len()).map(row).collect();
        Self { means, covariance, draws, method: Method::Draws }
    }

    /// Σ cᵢ × mean of band i.
    pub fn combine(&self, weights: &[f64]) -> Drawn {
        let along = |means: &[f64]| means.iter().zip(weights).map(|(m, c)| m * c).sum::<f64>();
        let mut variance = 0.0;
        for (row, a) in self.covariance.iter().zip(weights) {
            for (x, b) in row.iter().zip(weights) {
                variance += a * b * x;
            }
        }
        Drawn {
            value: along(&self.means),
            se: f64::max(variance, 0.0).sqrt(),
            draws: self.draws.iter().map(|draw| along(draw)).collect(),
            method: self.method,
        }
    }

    /// The mean of one band.
    pub fn band(&self, band: usize) -> Drawn {
        let weights: Vec<f64> = (0..self.means.len()).map(|b| if b == band { 1.0 } else { 0.0 }).collect();
        self.combine(&weights)
    }

    /// Mean of band `upper` minus mean of band `lower`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::ground::estimate::Method;
    /// use cx_core::infer::linkage::Banded;
    /// let bands = Banded {
    ///     means: vec![0.6, 0.7],
    ///     covariance: vec![vec![0.0009, 0.0], vec![0.0, 0.0016]],
    ///     draws: Vec::new(),
    ///     method: Method::ExactStrata,
    /// };
    /// let contrast = bands.contrast(1, 0);
    /// assert!((contrast.value - 0.1).abs() < 1e-12 && (contrast.se - 0.05).abs() < 1e-12);
    /// ```
    pub fn contrast(&self, upper: usize, lower: usize) -> Drawn {
        let place = |b: usize| f64::from(u8::from(b == upper)) - f64::from(u8::from(b == lower));
        self.combine(&(0..self.means.len()).map(place).collect::<Vec<f64>>())
    }
}

/// True where two intervals cannot be told apart: they share more than half of
/// the shorter one. A limit that does not exist reaches without end.
///
/// # Examples
/// ```
/// use cx_core::ground::estimate::{Interval, Method};
/// use cx_core::infer::linkage::not_distinguishable;
/// let interval = |low, high| Interval::closed(low, high, 0.95, Method::ExactStrata);
/// assert!(not_distinguishable(&interval(0.0, 10.0), &interval(4.0, 14.0)));
/// assert!(!not_distinguishable(&interval(0.0, 10.0), &interval(6.0, 16.0)));
/// ```
pub fn not_distinguishable(a: &Interval, b: &Interval) -> bool {
    let ends = |i: &Interval| (i.low.unwrap_or(f64::NEG_INFINITY), i.high.unwrap_or(f64::INFINITY));
    let ((a_low, a_high), (b_low, b_high)) = (ends(a), ends(b));
    let shared = a_high.min(b_high) - a_low.max(b_low);
    let shorter = (a_high - a_low).min(b_high - b_low);
    if shorter <= 0.0 { shared >= 0.0 } else { shared > 0.5 * shorter }
}
