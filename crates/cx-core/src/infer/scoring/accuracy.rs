//! How far point forecasts were off.

/// Errors of point forecasts; shares are 0..1 and up, not per cent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Mean of actual less forecast: above 0 where forecasts are too low.
    pub bias: f64,
    /// Mean absolute error.
    pub absolute: f64,
    /// Root of the mean squared error.
    pub root_square: f64,
    /// Mean of |error|/|actual|; `None` where an actual is 0. Not for values near 0.
    pub relative: Option<f64>,
    /// Mean of 2|error|/(|actual| + |forecast|); `None` where both are 0.
    pub symmetric: Option<f64>,
    /// Σ|error|/Σ|actual|; `None` where that is 0.
    pub weighted: Option<f64>,
}

impl Accuracy {
    /// Mean absolute scaled error: against the mean step of the history, see [`mean_step`].
    pub fn scaled(self, step: f64) -> Option<f64> {
        (step > 0.0).then(|| self.absolute / step)
    }
}

/// Errors of forecasts against what came. `None` without any, for lists of
/// different length, or where a number is missing. Source: `hyndman2006`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::{accuracy, mean_step};
/// let found = accuracy(&[10.0, 20.0], &[8.0, 24.0]).unwrap();
/// assert_eq!((found.bias, found.absolute, found.relative), (-1.0, 3.0, Some(0.2)));
/// assert_eq!(found.scaled(mean_step(&[1.0, 3.0, 2.0], 1).unwrap()), Some(2.0));
/// ```
pub fn accuracy(actual: &[f64], forecast: &[f64]) -> Option<Accuracy> {
    let pairs = || actual.iter().zip(forecast).map(|(a, f)| (*a, *f));
    if actual.is_empty() || actual.len() != forecast.len() || pairs().any(|(a, f)| !(a - f).is_finite()) {
        return None;
    }
    let n = actual.len() as f64;
    let mean = |of: fn((f64, f64)) -> f64| pairs().map(of).sum::<f64>() / n;
    let number = |x: f64| Some(x).filter(|x| x.is_finite());
    Some(Accuracy {
        bias: mean(|(a, f)| a - f),
        absolute: mean(|(a, f)| (a - f).abs()),
        root_square: mean(|(a, f)| (a - f) * (a - f)).sqrt(),
        relative: number(mean(|(a, f)| ((a - f) / a).abs())),
        symmetric: number(mean(|(a, f)| 2.0 * (a - f).abs() / (a.abs() + f.abs()))),
        weighted: number(mean(|(a, f)| (a - f).abs()) / mean(|(a, _)| a.abs())),
    })
}

/// Mean absolute step of a history over `lag` periods: the error of the naive
/// (lag 1) or seasonal naive forecast in it. `None` where it is too short.
pub fn mean_step(history: &[f64], lag: usize) -> Option<f64> {
    let steps = history.len().checked_sub(lag).filter(|n| *n > 0 && lag > 0)?;
    Some((0..steps).map(|t| (history[t + lag] - history[t]).abs()).sum::<f64>() / steps as f64)
}
