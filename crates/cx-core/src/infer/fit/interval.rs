//! Intervals of parameters from the curvature at the maximum.

use super::Fit;
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;

impl Fit {
    /// The Wald interval of parameter k on the scale of the fit: value ± z · standard error.
    /// `None` where the search did not converge or the information is singular.
    pub fn interval(&self, k: usize, level: Level) -> Option<Interval> {
        let half = level.z() * self.information.standard_error(k).filter(|_| self.converged())?;
        Some(Interval::closed(self.at[k] - half, self.at[k] + half, level.value(), Method::Wald))
    }

    /// The same for e to the power of parameter k: the interval of a positive
    /// parameter, made on the log scale, where it is closer to symmetric and never
    /// leaves its range.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::{Level, fit::{Search, maximise}};
    /// let poisson = |at: &[f64], gradient: &mut [f64]| {
    ///     gradient[0] = 100.0 - at[0].exp();
    ///     100.0 * at[0] - at[0].exp()
    /// };
    /// let fit = maximise(&poisson, &[vec![0.0]], &Search::default()).unwrap();
    /// let interval = fit.interval_exp(0, Level::P95).unwrap();
    /// assert!((interval.low.unwrap() - 100.0 * (-0.195_996_4_f64).exp()).abs() < 1e-4);
    /// ```
    pub fn interval_exp(&self, k: usize, level: Level) -> Option<Interval> {
        let interval = self.interval(k, level)?;
        Some(Interval {
            low: interval.low.map(f64::exp),
            high: interval.high.map(f64::exp),
            method: Method::LogWald,
            ..interval
        })
    }
}
