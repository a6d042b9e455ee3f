//! Intervals of one mean.

use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method};
use crate::ground::unit::Unit;
use crate::infer::{Level, effective, shares};
use crate::stats::RatioSums;

/// The ends of an answer scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Lowest possible answer.
    pub min: f64,
    /// Highest possible answer.
    pub max: f64,
}

/// Number, mean and variance (divisor n − 1) of a set of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Values.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Σ(x − mean)² / (n − 1); `None` below two values.
    pub variance: Option<f64>,
}

impl Summary {
    /// Summarises values in two passes; `None` without values.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::means::Summary;
    /// let summary = Summary::of(&[1.0, 2.0, 4.0, 5.0]).unwrap();
    /// assert_eq!((summary.mean, summary.variance), (3.0, Some(10.0 / 3.0)));
    /// ```
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let n = values.len() as f64;
        let rough = values.iter().sum::<f64>() / n;
        // The second pass removes what rounding left in the first.
        let mean = rough + values.iter().map(|x| x - rough).sum::<f64>() / n;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let variance = (values.len() > 1).then(|| squares / (n - 1.0));
        Some(Self { n: values.len() as u64, mean, variance })
    }

    /// Standard deviation, divisor n − 1.
    pub fn sd(&self) -> Option<f64> {
        self.variance.map(f64::sqrt)
    }

    /// Standard error of the mean.
    pub fn se(&self) -> Option<f64> {
        self.variance.map(|v| (v / self.n as f64).sqrt())
    }
}

/// Student's t interval of a mean: mean ± t s/√n with n − 1 degrees of
/// freedom. `None` below two values. Source: `student1908`.
///
/// # Examples
/// ```
/// use cx_core::infer::{means, Level};
/// let summary = means::Summary::of(&[1.0, 2.0, 4.0, 5.0]).unwrap();
/// let interval = means::t(&summary, Level::P95).unwrap();
/// assert!((interval.low.unwrap() - 0.094_837_284).abs() < 1e-9);
/// ```
pub fn t(summary: &Summary, level: Level) -> Option<Interval> {
    let half = level.t(summary.n as f64 - 1.0) * summary.se()?;
    Some(Interval::closed(summary.mean - half, summary.mean + half, level.value(), Method::T))
}

/// A mean with its interval, from the totals of (w·x, w) over units.
///
/// Formula: t on the linearised variance G/(G−1) Σ(a − R b)²/B², which is s²/n
/// for plain rows; degrees of freedom G − 1, with weights at most Kish's n − 1.
/// On a bounded `scale` the limits are clamped to it, and where all answers
/// are equal the interval is Wilson's for (x − min)/(max − min), because a
/// width of 0 would claim certainty; on no bounded scale there is none then.
/// One unit alone gives no interval.
///
/// A caveat is added where the mean lies so near an end of the scale that its
/// own distribution is skewed: |skewness|/√n above 0.2, the skewness being
/// that of the beta distribution of the same mean and variance.
///
/// # Examples
/// ```
/// use cx_core::infer::{means, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::Totals;
/// let one = 1 << 20;
/// let mut totals = Totals::new(2);
/// totals.add_times(&[5 * one, one], 1, 10).unwrap();
/// let scale = means::Scale { min: 1.0, max: 5.0 };
/// let mean = means::estimate(&totals.ratio_sums(0, 1), Some(scale), Unit::ScalePoints, Level::P95);
/// assert_eq!(mean.value, Some(5.0));
/// assert!((mean.interval.unwrap().low.unwrap() - 3.8899).abs() < 1e-4);
/// ```
pub fn estimate(sums: &RatioSums, scale: Option<Scale>, unit: Unit, level: Level) -> Estimate {
    let Some(mean) = sums.ratio() else {
        return Estimate::absent(Absent::NoData, unit, effective::size_of(sums, None));
    };
    let plain = !sums.is_clustered() && !sums.is_weighted();
    let kish = effective::weighted_size(sums);
    let scale = scale.filter(|s| s.max > s.min);
    let independent = kish.unwrap_or(f64::INFINITY).min(sums.units as f64);
    let df = independent - 1.0;
    let variance = sums.variance().filter(|_| df > 0.0);
    let interval = variance.and_then(|variance| match scale {
        Some(scale) if sums.has_no_spread() => all_equal(mean, scale, sums, level),
        None if sums.has_no_spread() => effective::unanimous(mean, unit.range(), sums.units, kish, level),
        _ => {
            let half = level.t(df) * variance.sqrt();
            let method = if plain { Method::T } else { Method::LinearisedT };
            let free = Interval::closed(mean - half, mean + half, level.value(), method);
            let range = scale.map_or_else(|| unit.range(), |s| (Some(s.min), Some(s.max)));
            Some(free.clamped(range))
        }
    });
    let mut estimate = Estimate::new(mean, interval, unit, effective::size_of(sums, kish));
    // An error of 0 that no interval stands on would claim certainty too.
    estimate.se = variance.map(f64::sqrt).filter(|_| estimate.interval.is_some());
    estimate.caveats = effective::caveats_of(sums);
    if variance.is_some() && estimate.interval.is_none() {
        estimate.caveats.push(effective::no_spread());
    }
    if let (Some(scale), Some(variance)) = (scale, variance)
        && skewness_at_end(mean, variance * independent, scale).abs() > 0.2 * independent.sqrt()
    {
        estimate.caveats.push(Caveat::Ceiling);
    }
    estimate
}

/// Wilson's interval of the position on the scale, carried back to the scale.
fn all_equal(mean: f64, scale: Scale, sums: &RatioSums, level: Level) -> Option<Interval> {
    let width = scale.max - scale.min;
    let p = ((mean - scale.min) / width).clamp(0.0, 1.0);
    let plain = !sums.is_clustered() && !sums.is_weighted();
    let n = if plain {
        sums.rows as f64
    } else {
        effective::for_interval(effective::size(sums, 0.0)?, sums.units, level)?
    };
    let method = if plain { Method::Wilson } else { Method::WilsonEffective };
    let position = shares::wilson(p * n, n, level)?;
    Some(Interval { method, ..position.affine(width, scale.min) })
}

/// Skewness of the beta distribution with this mean and this variance of one answer.
fn skewness_at_end(mean: f64, variance: f64, scale: Scale) -> f64 {
    let width = scale.max - scale.min;
    let p = (mean - scale.min) / width;
    let spread = p * (1.0 - p);
    if variance <= 0.0 || spread <= 0.0 {
        return 0.0;
    }
    let concentration = (spread * width * width / variance - 1.0).max(0.0);
    2.0 * (1.0 - 2.0 * p) * (concentration + 1.0).sqrt() / ((concentration + 2.0) * spread.sqrt())
}
