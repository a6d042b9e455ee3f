//! Forecasts of a whole base, to be held against what came.

use super::{Cell, Model};
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::{beta, gamma};
use std::collections::BTreeMap;

/// Customers by age, summed: (T, customers).
fn by_age(cells: &[Cell]) -> Vec<(f64, f64)> {
    let mut ages: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    for cell in cells {
        // Ages are not negative, so their bits are in their order.
        let entry = ages.entry(cell.age.to_bits()).or_insert((cell.age, 0.0));
        entry.1 += cell.count;
    }
    ages.into_values().collect()
}

/// Cumulative repeat purchases expected of the whole base at the times in
/// `at`, counted from the first purchase of the oldest possible customer.
///
/// `watch` is the length of the watch: a customer of age T joined at
/// `watch` − T. Times beyond the watch are forecasts for the same customers.
/// This is the line of a tracking plot; nobody's history but the age is used.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{BgNbd, Cell, Model, tracking};
/// let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
/// let cells = [Cell::one(0.0, 0.0, 39.0).times(10.0, 0), Cell::one(0.0, 0.0, 30.0).times(5.0, 0)];
/// let line = tracking(&model, &cells, 39.0, &[5.0, 39.0]);
/// assert_eq!(line[0], 10.0 * model.fresh(5.0).mean);
/// assert_eq!(line[1], 10.0 * model.fresh(39.0).mean + 5.0 * model.fresh(30.0).mean);
/// ```
pub fn tracking<M: Model>(model: &M, cells: &[Cell], watch: f64, at: &[f64]) -> Vec<f64> {
    let ages = by_age(cells);
    let one = |now: &f64| {
        // From the oldest customers down, in a fixed order.
        ages.iter().rev().fold(0.0, |sum, (age, count)| {
            let since = now - (watch - age);
            if since > 0.0 { count.mul_add(model.fresh(since).mean, sum) } else { sum }
        })
    };
    at.iter().map(one).collect()
}

/// The same base without a model: every customer goes on at the mean rate of
/// the customers of the same age, Σx / ΣT. Customers of age 0 have no rate
/// and bring nothing.
///
/// The forecast of purchases in (T, T+t] that a model has to beat.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{Cell, cohort_average};
/// let cells = [Cell::one(2.0, 8.0, 10.0), Cell::one(0.0, 0.0, 10.0), Cell::one(1.0, 2.0, 5.0)];
/// assert_eq!(cohort_average(&cells, 20.0), 2.0 / 20.0 * 2.0 * 20.0 + 1.0 / 5.0 * 20.0);
/// ```
pub fn cohort_average(cells: &[Cell], t: f64) -> f64 {
    let mut cohorts: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    for cell in cells.iter().filter(|c| c.age > 0.0) {
        let cohort = cohorts.entry(cell.age.to_bits()).or_insert((cell.age, 0.0));
        cohort.1 += cell.count * cell.x;
    }
    cohorts.values().map(|(age, bought)| bought / age * t).sum()
}

/// Customers with the same number of repeat purchases before the forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// Repeat purchases; the last class holds all who made as many or more.
    pub x: u32,
    /// Customers.
    pub customers: f64,
    /// Purchases expected of them in (T, T+t].
    pub expected: f64,
}

/// What is expected of the customers with 0, 1, … and `most` or more repeat purchases.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{BgNbd, Cell, by_class};
/// let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
/// let cells = [Cell::one(0.0, 0.0, 39.0).times(10.0, 0), Cell::one(9.0, 30.0, 39.0)];
/// let classes = by_class(&model, &cells, 39.0, 7);
/// assert_eq!((classes.len(), classes[7].customers), (8, 1.0));
/// ```
pub fn by_class<M: Model>(model: &M, cells: &[Cell], t: f64, most: u32) -> Vec<Class> {
    let mut classes: Vec<Class> = (0..=most).map(|x| Class { x, customers: 0.0, expected: 0.0 }).collect();
    for cell in cells.iter().filter(|c| c.count != 0.0) {
        let class = &mut classes[cell.x.min(f64::from(most)) as usize];
        class.customers += cell.count;
        class.expected += cell.count * model.ahead(cell, t).mean;
    }
    classes
}

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
    Some(Interval::closed(quantile(half), quantile(1.0 - half), level.value(), Method::Draws))
}

/// Mean and variance of the purchases of the whole base in (T, T+t] at one set of parameters.
pub fn base_moments<M: Model>(model: &M, cells: &[Cell], t: f64) -> (f64, f64) {
    cells.iter().filter(|c| c.count != 0.0).fold((0.0, 0.0), |(mean, variance), cell| {
        let one = model.ahead(cell, t);
        (cell.count.mul_add(one.mean, mean), cell.count.mul_add(one.variance, variance))
    })
}
