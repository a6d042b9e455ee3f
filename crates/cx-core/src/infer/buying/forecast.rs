//! Forecasts of a whole base, to be held against what came.

use super::{Cell, Model};
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::{beta, gamma};

/// P(Y ≤ y) of a number with this mean and variance: negative binomial where
/// the variance is above the mean, else Poisson. y is a whole number from 0.
fn at_most(y: f64, mean: f64, variance: f64) -> f64 {
    if mean <= 0.0 {
        return 1.0;
    }
    let over = variance - mean;
    if over <= 1e-9 * mean {
        return gamma::tails(mean, y + 1.0).above;
    }
    let size = mean * mean / over;
    // Success share size/(size+mean) = mean/variance.
    beta::tails_at(mean / variance, over / variance, size, y + 1.0).below
}

/// The interval that will hold the number of purchases of the whole base.
///
/// `worlds` are the mean and the variance of that number in each resampled
/// world (sums of [`super::Moments`]): the means differ because the parameters
/// are not known, and around each the number is negative binomial. The limits
/// are quantiles of the mixture, whole numbers, so that the interval holds at
/// least its level. `None` without worlds.
///
/// # Examples
/// ```
/// use cx_core::infer::{Level, buying::prediction};
/// // One world, known parameters, Poisson with mean 100: 81 to 120.
/// let interval = prediction(&[(100.0, 100.0)], Level::P95).unwrap();
/// assert_eq!((interval.low, interval.high), (Some(81.0), Some(120.0)));
/// ```
pub fn prediction(worlds: &[(f64, f64)], level: Level) -> Option<Interval> {
    if worlds.is_empty() || worlds.iter().any(|(m, v)| !(m.is_finite() && v.is_finite())) {
        return None;
    }
    let below = |y: f64| {
        worlds.iter().map(|(mean, variance)| at_most(y, *mean, *variance)).sum::<f64>() / worlds.len() as f64
    };
    let highest = worlds
        .iter()
        .fold(1.0_f64, |m, (mean, variance)| m.max(mean + 20.0 * (variance.max(*mean)).sqrt() + 50.0));
    // The least whole number with at least p at or below it.
    let quantile = |p: f64| {
        let (mut low, mut high) = (-1.0, highest.ceil());
        while high - low > 1.0 {
            let middle = f64::midpoint(low, high).floor();
            if below(middle) >= p {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    };
    let half = 0.5 * level.alpha();
    Some(Interval::closed(quantile(half), quantile(1.0 - half), level.value(), Method::Predictive))
}

/// Mean and variance of the purchases of the whole base in (T, T+t] at one set of parameters.
pub fn base_moments<M: Model>(model: &M, cells: &[Cell], t: f64) -> (f64, f64) {
    cells.iter().filter(|c| c.count != 0.0).fold((0.0, 0.0), |(mean, variance), cell| {
        let one = model.ahead(cell, t);
        (cell.count.mul_add(one.mean, mean), cell.count.mul_add(one.variance, variance))
    })
}
