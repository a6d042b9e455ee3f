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
    // Few worlds say where to look, all of them what is there.
    let few: Vec<(f64, f64)> = worlds.iter().copied().step_by(worlds.len().div_ceil(FEW)).collect();
    let middle = middle_of(&few);
    let quantile = |p: f64| {
        let near = least(&few, p, middle);
        least(worlds, p, if near.is_finite() { near } else { middle })
    };
    let half = 0.5 * level.alpha();
    let limits = (quantile(half), quantile(1.0 - half));
    let finite = limits.0.is_finite() && limits.1.is_finite();
    finite.then(|| Interval::closed(limits.0, limits.1, level.value(), Method::Predictive))
}

/// Worlds among which a quantile is looked for first.
const FEW: usize = 20;

/// The median of their means: where to look is not told by a world in which purchases explode.
fn middle_of(worlds: &[(f64, f64)]) -> f64 {
    let mut means: Vec<f64> = worlds.iter().map(|(mean, _)| *mean).collect();
    means.sort_by(f64::total_cmp);
    means[means.len() / 2].round()
}

/// Whole numbers up to here are numbers of their own.
const WHOLE: f64 = (1_u64 << 53) as f64;

/// The least whole number with at least `p` of the mixture at or below it, from
/// a guess: in steps that double until it is passed, then by halves.
fn least(worlds: &[(f64, f64)], p: f64, guess: f64) -> f64 {
    let enough = |y: f64| {
        let below: f64 = worlds.iter().map(|(mean, variance)| at_most(y, *mean, *variance)).sum();
        y >= 0.0 && below >= p * worlds.len() as f64
    };
    let (mut low, mut high, mut step) = (guess, guess, 1.0);
    if enough(guess) {
        low -= step;
        while enough(low) {
            (high, step) = (low, 2.0 * step);
            low -= step;
        }
    } else {
        high += step;
        // Beyond every whole number only where a world has no distribution at all.
        while !enough(high) {
            if high > WHOLE {
                return f64::INFINITY;
            }
            (low, step) = (high, 2.0 * step);
            high += step;
        }
    }
    while high - low > 1.0 {
        let middle = f64::midpoint(low, high).floor();
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Mean and variance of the purchases of the whole base in (T, T+t] at one set of parameters.
pub fn base_moments<M: Model>(model: &M, cells: &[Cell], t: f64) -> (f64, f64) {
    cells.iter().filter(|c| c.count != 0.0).fold((0.0, 0.0), |(mean, variance), cell| {
        let one = model.ahead(cell, t);
        (cell.count.mul_add(one.mean, mean), cell.count.mul_add(one.variance, variance))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_in_which_purchases_explode_neither_move_the_limits_nor_keep_one_waiting() {
        let calm = [(100.0, 100.0); 60];
        let alone = prediction(&calm, Level::P95).expect("limits");
        let mut wild = calm.to_vec();
        wild[7] = (1e200, 1e210);
        let with = prediction(&wild, Level::P95).expect("limits");
        let near = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= 10.0);
        assert!(near(alone.low, with.low) && near(alone.high, with.high), "{alone:?} {with:?}");
        // Where most explode there is no limit to give.
        assert_eq!(prediction(&[(1e200, 1e210); 30], Level::P95), None);
    }
}
