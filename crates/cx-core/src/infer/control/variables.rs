//! Charts of measured values: means, ranges and standard deviations of samples, and single values.
//!
//! Limits come from the trial rows alone; later rows are judged by them.
//! Source: `montgomery2013`.

use super::chart::{Chart, Point, in_trial};
use super::{Constants, c4};
use crate::infer::means::Summary;

/// What the spread within samples is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Mean of range/d₂.
    Range(Constants),
    /// Mean of standard deviation/c₄.
    Sd,
}

const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const FROM_ZERO: (f64, f64) = (0.0, f64::INFINITY);

fn range_of(sample: &[f64]) -> f64 {
    let high = sample.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - sample.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The standard deviation of the process, the mean over trial samples; `None`
/// without trial samples or where one has fewer than two values.
fn process_sd(samples: &[Vec<f64>], trial: &[bool], spread: Spread) -> Option<f64> {
    let of = |sample: &Vec<f64>| match spread {
        Spread::Range(constants) => Some(range_of(sample) / constants.of_range(sample.len())?.0),
        Spread::Sd => Some(Summary::of(sample)?.sd()? / c4(sample.len())?),
    };
    let each: Option<Vec<f64>> = in_trial(samples, trial).map(of).collect();
    mean(&each?)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Mean of a figure of the trial samples, each weighing its size.
fn center(samples: &[Vec<f64>], figures: &[f64], trial: &[bool]) -> Option<f64> {
    let sizes: f64 = in_trial(samples, trial).map(|s| s.len() as f64).sum();
    let sum: f64 = samples
        .iter()
        .zip(figures)
        .zip(trial)
        .filter(|(_, t)| **t)
        .map(|((s, x), _)| s.len() as f64 * x)
        .sum();
    (sizes > 0.0).then(|| sum / sizes)
}

/// Chart of sample means: centre ± sigmas σ/√n.
///
/// `None` without trial samples, or where one of them has fewer than two values
/// or any sample is empty.
///
/// # Examples
/// ```
/// use cx_core::infer::control::{xbar, Constants, Spread};
/// let samples = [vec![4.0, 6.0], vec![5.0, 7.0], vec![9.0, 13.0]];
/// let chart = xbar(&samples, &[true, true, false], Spread::Range(Constants::Printed), 3.0).unwrap();
/// assert_eq!(chart.center, 5.5);
/// assert!(chart.points[2].is_outside());
/// ```
pub fn xbar(samples: &[Vec<f64>], trial: &[bool], spread: Spread, sigmas: f64) -> Option<Chart> {
    let means: Option<Vec<f64>> = samples.iter().map(|s| mean(s)).collect();
    let means = means?;
    let center = center(samples, &means, trial)?;
    let sd = process_sd(samples, trial, spread)?;
    let points = samples
        .iter()
        .zip(&means)
        .map(|(s, x)| Point::new(*x, center, sd / (s.len() as f64).sqrt(), sigmas, ANYWHERE))
        .collect();
    Some(Chart { center, sd, points })
}

/// Chart of sample ranges: centre ± sigmas d₃σ, not below 0.
///
/// `None` where some sample has fewer than two values.
///
/// # Examples
/// ```
/// use cx_core::infer::control::{range, Constants};
/// let samples = [vec![4.0, 6.0], vec![5.0, 7.0], vec![1.0, 13.0]];
/// let chart = range(&samples, &[true, true, false], Constants::Printed, 3.0).unwrap();
/// assert_eq!((chart.center, chart.points[0].low), (2.0, 0.0));
/// assert!(chart.points[2].is_outside());
/// ```
pub fn range(samples: &[Vec<f64>], trial: &[bool], constants: Constants, sigmas: f64) -> Option<Chart> {
    let sd = process_sd(samples, trial, Spread::Range(constants))?;
    let ranges: Vec<f64> = samples.iter().map(|s| range_of(s)).collect();
    let center = center(samples, &ranges, trial)?;
    let points = samples.iter().zip(&ranges).map(|(s, r)| {
        let (_, d3) = constants.of_range(s.len())?;
        Some(Point::new(*r, center, d3 * sd, sigmas, FROM_ZERO))
    });
    Some(Chart { center, sd, points: points.collect::<Option<Vec<_>>>()? })
}

/// Chart of sample standard deviations: centre ± sigmas σ√(1 − c₄²), not below 0.
///
/// `None` where some sample has fewer than two values.
///
/// # Examples
/// ```
/// use cx_core::infer::control::sd;
/// let samples = [vec![4.0, 6.0, 5.0], vec![5.0, 7.0, 6.0]];
/// let chart = sd(&samples, &[true, true], 3.0).unwrap();
/// assert!((chart.center - 1.0).abs() < 1e-15);
/// ```
pub fn sd(samples: &[Vec<f64>], trial: &[bool], sigmas: f64) -> Option<Chart> {
    let process = process_sd(samples, trial, Spread::Sd)?;
    let each: Option<Vec<f64>> = samples.iter().map(|s| Summary::of(s)?.sd()).collect();
    let each = each?;
    let center = center(samples, &each, trial)?;
    let points = samples.iter().zip(&each).map(|(s, x)| {
        let c4 = c4(s.len())?;
        Some(Point::new(*x, center, process * (1.0 - c4 * c4).sqrt(), sigmas, FROM_ZERO))
    });
    Some(Chart { center, sd: process, points: points.collect::<Option<Vec<_>>>()? })
}

/// Moving ranges of neighbours that are both trial rows.
fn trial_moves(values: &[f64], trial: &[bool]) -> Vec<f64> {
    let pairs = values.windows(2).zip(trial.windows(2));
    pairs.filter(|(_, t)| t[0] && t[1]).map(|(x, _)| (x[1] - x[0]).abs()).collect()
}

/// Chart of single values: centre ± sigmas σ, σ the mean moving range over d₂ of two.
///
/// `None` below two neighbouring trial rows.
///
/// # Examples
/// ```
/// use cx_core::infer::control::{individuals, Constants};
/// let chart = individuals(&[5.0, 6.0, 5.0, 6.0, 12.0], &[true, true, true, true, false], Constants::Printed, 3.0);
/// let chart = chart.unwrap();
/// assert_eq!(chart.center, 5.5);
/// assert!(chart.points[4].is_outside() && !chart.points[1].is_outside());
/// ```
pub fn individuals(values: &[f64], trial: &[bool], constants: Constants, sigmas: f64) -> Option<Chart> {
    let inside: Vec<f64> = in_trial(values, trial).copied().collect();
    let center = mean(&inside)?;
    let sd = mean(&trial_moves(values, trial))? / constants.of_range(2)?.0;
    let points = values.iter().map(|x| Point::new(*x, center, sd, sigmas, ANYWHERE)).collect();
    Some(Chart { center, sd, points })
}

/// Chart of the moving ranges of neighbours: centre ± sigmas d₃σ, not below 0.
/// Its first point belongs to the second value.
///
/// `None` below two neighbouring trial rows.
///
/// # Examples
/// ```
/// use cx_core::infer::control::{moving_range, Constants};
/// let chart = moving_range(&[5.0, 6.0, 5.0, 6.0], &[true; 4], Constants::Printed, 3.0).unwrap();
/// assert_eq!((chart.center, chart.points.len()), (1.0, 3));
/// ```
pub fn moving_range(values: &[f64], trial: &[bool], constants: Constants, sigmas: f64) -> Option<Chart> {
    let center = mean(&trial_moves(values, trial))?;
    let (d2, d3) = constants.of_range(2)?;
    let sd = center / d2;
    let points = values
        .windows(2)
        .map(|x| Point::new((x[1] - x[0]).abs(), center, d3 * sd, sigmas, FROM_ZERO))
        .collect();
    Some(Chart { center, sd, points })
}
