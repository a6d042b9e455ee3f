//! Intervals from resampled worlds.

use super::linear::{linearised, no_ratio};
use crate::ground::estimate::{Caveat, Estimate, Interval, Method};
use crate::ground::unit::Unit;
use crate::infer::{Level, effective};
use crate::stats::{Replicates, Totals};

/// Skewness of the draws beyond which an interval is known to cover too little.
const SKEWED: f64 = 0.2;

/// A statistic in every resampled world, from the smallest up.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    sorted: Vec<f64>,
    /// Worlds without a value: total weight 0, or a denominator of 0.
    pub dropped: u64,
}

impl Draws {
    /// Evaluates a statistic in every world; worlds where it is `None` or no number are dropped and counted.
    pub fn of(replicates: &Replicates, statistic: impl Fn(&Totals) -> Option<f64>) -> Self {
        let worlds =
            replicates.worlds.iter().map(|world| (world.units > 0).then(|| statistic(world)).flatten());
        Self::collect(worlds)
    }

    /// From values already at hand.
    pub fn collect(values: impl Iterator<Item = Option<f64>>) -> Self {
        let mut dropped = 0;
        let mut sorted = Vec::new();
        for value in values {
            match value {
                Some(x) if !x.is_nan() => sorted.push(x),
                _ => dropped += 1,
            }
        }
        sorted.sort_by(f64::total_cmp);
        Self { sorted, dropped }
    }

    /// Draws kept.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// The draws, from the smallest up.
    pub fn values(&self) -> &[f64] {
        &self.sorted
    }

    /// The draws that leave α/2 of the others outside on either side: order
    /// statistics (B+1)α/2 and (B+1)(1−α/2), rounded outwards. `None` where
    /// there are too few draws for the level.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::{ratios::Draws, Level};
    /// let draws = Draws::collect((1..=399).map(|x| Some(f64::from(x))));
    /// assert_eq!(draws.limits(Level::P95), Some((10.0, 390.0)));
    /// ```
    pub fn limits(&self, level: Level) -> Option<(f64, f64)> {
        let slots = self.n() as f64 + 1.0;
        // (B+1)α/2 in binary may miss its whole number by a hair.
        let rank = (slots * level.alpha() / 2.0 + 1e-9).floor() as usize;
        (rank >= 1).then(|| (self.sorted[rank - 1], self.sorted[self.n() - rank]))
    }

    /// Third standardised moment of the finite draws; 0 where they do not vary.
    pub fn skewness(&self) -> f64 {
        let finite: Vec<f64> = self.sorted.iter().copied().filter(|x| x.is_finite()).collect();
        let n = finite.len() as f64;
        let mean = finite.iter().sum::<f64>() / n;
        let moment = |power: i32| finite.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
        let variance = moment(2);
        if variance > 0.0 { moment(3) / variance.powf(1.5) } else { 0.0 }
    }

    fn caveats(&self) -> impl Iterator<Item = Caveat> {
        let skewness = self.skewness();
        let skewed = (skewness.abs() > SKEWED).then_some(Caveat::Skewed { skewness });
        let dropped = (self.dropped > 0).then_some(Caveat::DroppedReplicates { dropped: self.dropped });
        skewed.into_iter().chain(dropped)
    }
}

/// A ratio with the studentised bootstrap interval, the default for money.
///
/// Formula: [R − t*(1−α/2) SE, R − t*(α/2) SE] with t* the quantiles of
/// t_b = (R_b − R)/SE_b, both standard errors linearised over units, SE_b
/// inside replicate b. A replicate without spread has an infinite t_b, and a
/// limit that falls on one is open. Below ten units the interval is t on the
/// linearised variance. |skewness of R_b| > 0.2 is a caveat: under about 300
/// customers of skewed spend even this interval covers 88 to 93 %.
/// Source: `efron1993`; weights as in `hanley2006`.
///
/// # Examples
/// ```
/// use cx_core::infer::{ratios, Level};
/// use cx_core::ground::unit::Unit;
/// use cx_core::stats::{cluster_hash, Replicates, Totals};
/// let (mut totals, mut worlds) = (Totals::new(2), Replicates::new(400, 2));
/// for i in 0..50_i128 {
///     let terms = [(10 + i * i % 17) << 20, 1 << 20];
///     totals.add(&terms, 1).unwrap();
///     worlds.add(cluster_hash(1, &i.to_le_bytes()), &terms, 1).unwrap();
/// }
/// let spend = ratios::studentised(&totals, &worlds, 0, 1, Unit::Money, Level::P95);
/// let interval = spend.interval.unwrap();
/// assert!(interval.low < spend.value && spend.value < interval.high);
/// ```
pub fn studentised(
    totals: &Totals,
    replicates: &Replicates,
    numerator: usize,
    denominator: usize,
    unit: Unit,
    level: Level,
) -> Estimate {
    let sums = totals.ratio_sums(numerator, denominator);
    let fallback = linearised(&sums, unit, level);
    let (Some(ratio), Some(se)) = (fallback.value, fallback.se) else {
        return fallback;
    };
    if sums.units < effective::FEW_CLUSTERS {
        return with_few_clusters(fallback, sums.units);
    }
    let worlds =
        |world: &Totals| Some(world.ratio_sums(numerator, denominator)).filter(|s| s.denominator != 0.0);
    let ratios = Draws::of(replicates, |world| worlds(world)?.ratio());
    let studentised = Draws::of(replicates, |world| {
        let sums = worlds(world)?;
        Some((sums.ratio()? - ratio) / sums.variance()?.sqrt())
    });
    let interval = studentised.limits(level).map(|(low, high)| {
        let limit = |t: f64| Some(t.mul_add(-se, ratio)).filter(|x| x.is_finite());
        let method = Method::StudentisedBootstrap;
        Interval { low: limit(high), high: limit(low), level: level.value(), method }.clamped(unit.range())
    });
    let mut estimate = Estimate::new(ratio, interval, unit, fallback.size).with_se(se);
    estimate.caveats = effective::caveats_of(&sums);
    estimate.caveats.extend(ratios.caveats());
    estimate
}

/// A ratio with the percentile bootstrap interval; below ten units t on the
/// linearised variance. Source: `efron1993`.
///
/// # Examples
/// ```
/// use cx_core::infer::{ratios, Level};
/// use cx_core::ground::{estimate::Method, unit::Unit};
/// use cx_core::stats::{cluster_hash, Replicates, Totals};
/// let (mut totals, mut worlds) = (Totals::new(2), Replicates::new(400, 2));
/// for i in 0..9_i128 {
///     totals.add(&[i << 20, 1 << 20], 1).unwrap();
///     worlds.add(cluster_hash(1, &i.to_le_bytes()), &[i << 20, 1 << 20], 1).unwrap();
/// }
/// let few = ratios::percentile_ratio(&totals, &worlds, 0, 1, Unit::PerUnit, Level::P95);
/// assert_eq!(few.interval.unwrap().method, Method::LinearisedT);
/// ```
pub fn percentile_ratio(
    totals: &Totals,
    replicates: &Replicates,
    numerator: usize,
    denominator: usize,
    unit: Unit,
    level: Level,
) -> Estimate {
    let sums = totals.ratio_sums(numerator, denominator);
    let fallback = linearised(&sums, unit, level);
    if sums.ratio().is_none() {
        return Estimate::absent(no_ratio(&sums), unit, fallback.size);
    }
    let draws = Draws::of(replicates, |world| world.ratio_sums(numerator, denominator).ratio());
    percentile(fallback, &draws, level)
}

/// Gives an estimate the percentile interval of its draws.
///
/// `fallback` is the estimate with the interval that stands below ten units,
/// where resampling a handful of customers understates what is unknown, and
/// wherever there are too few draws for the level.
pub fn percentile(fallback: Estimate, draws: &Draws, level: Level) -> Estimate {
    let clusters = fallback.size.clusters;
    if clusters < effective::FEW_CLUSTERS {
        return with_few_clusters(fallback, clusters);
    }
    let Some((low, high)) = draws.limits(level) else {
        return fallback;
    };
    let limit = |x: f64| Some(x).filter(|x| x.is_finite());
    let method = Method::PercentileBootstrap;
    let mut estimate = fallback;
    estimate.interval = Some(
        Interval { low: limit(low), high: limit(high), level: level.value(), method }
            .clamped(estimate.unit.range()),
    );
    estimate.caveats.extend(draws.caveats());
    estimate
}

fn with_few_clusters(mut estimate: Estimate, clusters: u64) -> Estimate {
    if !estimate.caveats.iter().any(|c| matches!(c, Caveat::FewClusters { .. })) {
        estimate.caveats.push(Caveat::FewClusters { clusters });
    }
    estimate
}

/// A total in a resampled world, rescaled to the known number of units.
///
/// The number of customers in a world is random; where the base itself is
/// known, leaving that in would inflate the error of a total (2.2 times at a
/// coefficient of variation of 0.5). `None` in an empty world.
///
/// # Examples
/// ```
/// use cx_core::infer::ratios::total_of_known_base;
/// use cx_core::stats::Totals;
/// let mut world = Totals::new(1);
/// world.add_times(&[3 << 20], 1, 8).unwrap();
/// assert_eq!(total_of_known_base(&world, 0, 10), Some(30.0));
/// ```
pub fn total_of_known_base(world: &Totals, quantity: usize, base: u64) -> Option<f64> {
    (world.units > 0).then(|| world.sum(quantity) * base as f64 / world.units as f64)
}
