//! The difference of two independent means.

use super::Summary;
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::shares::Comparison;
use crate::infer::special::student;

/// Welch's t test: variances may differ.
///
/// Formula: t = (m₁ − m₂)/√(v₁ + v₂) with v = s²/n and
/// (v₁ + v₂)²/(v₁²/(n₁−1) + v₂²/(n₂−1)) degrees of freedom. `None` where a
/// group has fewer than two values or neither has any spread.
/// Source: `welch1947`.
///
/// # Examples
/// ```
/// use cx_core::infer::means::{welch, Summary};
/// let a = Summary::of(&[1.0, 2.0, 3.0, 4.0]).unwrap();
/// let b = Summary::of(&[2.0, 4.0, 6.0, 8.0, 10.0]).unwrap();
/// let test = welch(&a, &b).unwrap();
/// assert!((test.statistic + 2.251_436_323).abs() < 1e-8);
/// assert!((test.df.unwrap() - 5.520_787_746).abs() < 1e-8);
/// ```
pub fn welch(a: &Summary, b: &Summary) -> Option<Comparison> {
    let (va, vb) = (a.variance? / a.n as f64, b.variance? / b.n as f64);
    let variance = va + vb;
    if variance <= 0.0 {
        return None;
    }
    let df = variance * variance / (va * va / (a.n as f64 - 1.0) + vb * vb / (b.n as f64 - 1.0));
    let difference = a.mean - b.mean;
    let statistic = difference / variance.sqrt();
    Some(Comparison { difference, statistic, p: student::tails(statistic, df).two_sided(), df: Some(df) })
}

/// The interval that belongs to [`welch`], first minus second.
///
/// # Examples
/// ```
/// use cx_core::infer::{means, Level};
/// let a = means::Summary::of(&[1.0, 2.0, 3.0, 4.0]).unwrap();
/// let b = means::Summary::of(&[2.0, 4.0, 6.0, 8.0, 10.0]).unwrap();
/// let interval = means::welch_interval(&a, &b, Level::P95).unwrap();
/// assert!((interval.low.unwrap() + 7.385_368_081).abs() < 1e-8);
/// ```
pub fn welch_interval(a: &Summary, b: &Summary, level: Level) -> Option<Interval> {
    let test = welch(a, b)?;
    let half = level.t(test.df?) * (a.variance? / a.n as f64 + b.variance? / b.n as f64).sqrt();
    Some(Interval::closed(test.difference - half, test.difference + half, level.value(), Method::Welch))
}
