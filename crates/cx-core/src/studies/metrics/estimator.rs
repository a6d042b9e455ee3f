//! From a gathered statistic to a figure.

use super::compiled::Compiled;
use super::formula::Measure;
use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::means::{Scale, Summary};
use crate::infer::ratings::{self, Prior};
use crate::infer::survival::{self, Table};
use crate::infer::{
    Level, concentration, effective, means, nets, quantiles, ratios, response, shares, spread, unit_scores,
};
use crate::reduce::Stat;
use crate::stats::{Replicates, Sketch, Totals};

/// How a statistic becomes a figure. Numbers are those of terms.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Estimator {
    /// A sum or a count by itself.
    Total,
    Share,
    Net,
    Mean(Option<Scale>),
    Ratio(usize, usize),
    Rate,
    Function(Compiled),
    Quantile(f64),
    Smallest,
    TopShare(f64),
    Life(Measure),
    /// Share of a cell in its whole.
    Part,
    Kish,
    Displayed(f64, Option<Scale>),
    Bayes,
    /// (sum, count) per group.
    Groups(Groups, Vec<(usize, usize)>),
    /// (sum, count) of the value and of the importance per item.
    ImportanceIndex(Vec<((usize, usize), (usize, usize))>),
    Representativeness,
    Earned {
        ratio: bool,
    },
}

/// What is said about groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Groups {
    Balanced,
    Spread,
    Reliability,
}

/// What a figure needs to know besides its statistic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge {
    /// Unit of the figure.
    pub unit: Unit,
    /// What the statistic is multiplied by to be in that unit.
    pub factor: f64,
    pub seed: u64,
    /// Number of the term that adds up the weights, where there are any.
    pub weights: Option<usize>,
    /// Prior of a mean that is pulled towards the others, and the variance of one value.
    pub prior: Option<(Prior, f64)>,
}

/// A statistic with its resampled worlds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gathered<'a> {
    /// Per hidden cell; one where nothing is hidden.
    pub stats: &'a [&'a Stat],
    pub worlds: Option<&'a Replicates>,
    /// Totals of the cell and of its whole.
    pub whole: Option<&'a Totals>,
    /// Rows of everybody in the same period.
    pub rows: u64,
}

impl Estimator {
    /// The figure.
    pub(super) fn estimate(&self, gathered: Gathered<'_>, judge: Judge, level: Level) -> Estimate {
        let raw = self.raw(gathered, judge, level);
        if judge.factor == 1.0 {
            Estimate { unit: judge.unit, ..raw }
        } else {
            raw.affine(judge.factor, 0.0, judge.unit)
        }
    }

    /// The figure before it is put into its unit.
    fn raw(&self, gathered: Gathered<'_>, judge: Judge, level: Level) -> Estimate {
        // Limits are cut to the unit's range only where the statistic is already in it.
        let unit = if judge.factor == 1.0 { judge.unit } else { Unit::Ratio };
        let nothing = || Estimate::absent(Absent::NoData, unit, Size::default());
        if let Self::Representativeness = self {
            return representativeness(gathered.stats, judge.seed, unit, level);
        }
        match gathered.stats.first() {
            None => nothing(),
            Some(Stat::Totals(totals)) => self.of_totals(totals, gathered, judge.seed, judge, unit, level),
            Some(Stat::Sketch(sketch)) => self.of_sketch(sketch, unit, level),
            Some(Stat::Life(life)) => match self {
                Self::Life(measure) => of_life(&Table::new(life), *measure, unit, level),
                _ => nothing(),
            },
            Some(_) => nothing(),
        }
    }

    fn of_sketch(&self, sketch: &Sketch, unit: Unit, level: Level) -> Estimate {
        let n = sketch.n();
        let size = Size { n, clusters: n, events: None, effective: None };
        match self {
            Self::Quantile(q) => quantiles::estimate(sketch, *q, unit, level),
            Self::TopShare(q) => concentration::estimate(sketch, *q, level),
            _ => match sketch.range() {
                Some((min, _)) => Estimate::new(min, None, unit, size),
                None => Estimate::absent(Absent::NoData, unit, size),
            },
        }
    }

    fn of_totals(
        &self,
        totals: &Totals,
        gathered: Gathered<'_>,
        seed: u64,
        judge: Judge,
        unit: Unit,
        level: Level,
    ) -> Estimate {
        let size = Size { n: totals.rows, clusters: totals.units, events: None, effective: None };
        match self {
            Self::Share => shares::estimate(&totals.ratio_sums(0, 1), level),
            Self::Net => nets::estimate(totals, level).unwrap_or_else(|_| {
                Estimate::absent(Absent::Undefined { why: "a sum is too large".to_owned() }, unit, size)
            }),
            Self::Mean(scale) => match gathered.worlds {
                Some(worlds) => ratios::studentised(totals, worlds, 0, 1, unit, level),
                None => means::estimate(&totals.ratio_sums(0, 1), *scale, unit, level),
            },
            Self::Ratio(a, b) => match gathered.worlds {
                Some(worlds) => ratios::studentised(totals, worlds, *a, *b, unit, level),
                None => ratios::linearised(&totals.ratio_sums(*a, *b), unit, level),
            },
            Self::Rate => ratios::rate(totals, 0, 1, unit, level),
            Self::Total => total(totals, unit, level),
            Self::Part => match gathered.whole {
                Some(whole) => shares::estimate(&whole.ratio_sums(0, 1), level),
                // Rows that stand for themselves.
                None => shares::estimate_counts(totals.rows, gathered.rows, level),
            },
            Self::Kish => {
                let sums = totals.ratio_sums(0, 0);
                let kish = effective::weighted_size(&sums).unwrap_or(totals.rows as f64);
                Estimate::new(kish, None, unit, size)
            }
            Self::Displayed(step, scale) => displayed(totals, *step, *scale, unit, level),
            Self::Bayes => bayes(totals, judge.prior, unit, level),
            Self::Groups(Groups::Spread, numbers) => {
                let mut estimate = spread::spread(&means_of(totals, numbers), unit, seed, level);
                estimate.size = size;
                estimate
            }
            Self::Groups(Groups::Reliability, numbers) => reliability(totals, numbers, unit),
            Self::Earned { ratio } => earned(totals, *ratio, unit, level),
            Self::Function(_) | Self::Groups(..) | Self::ImportanceIndex(_) => match self.compiled(totals) {
                Some(compiled) => function(totals, &compiled, judge.weights, unit, level),
                None => Estimate::absent(Absent::NoData, unit, size),
            },
            _ => Estimate::absent(Absent::NoData, unit, size),
        }
    }

    /// The figure as arithmetic over totals, where it is that.
    pub(super) fn compiled(&self, totals: &Totals) -> Option<Compiled> {
        let present = |(sum, n): &(usize, usize)| (totals.sum(*n) > 0.0).then(|| Compiled::ratio(*sum, *n));
        match self {
            Self::Function(compiled) => Some(compiled.clone()),
            Self::Groups(Groups::Balanced, numbers) => {
                let parts: Vec<Compiled> = numbers.iter().filter_map(present).collect();
                let count = Compiled::Number(parts.len() as f64);
                Some(Compiled::sum(parts)?.over(count))
            }
            Self::ImportanceIndex(items) => {
                let known: Vec<(Compiled, Compiled)> = items
                    .iter()
                    .filter_map(|(value, weight)| Some((present(value)?, present(weight)?)))
                    .collect();
                let weights = Compiled::sum(known.iter().map(|(_, w)| w.clone()))?;
                let parts = known.into_iter().map(|(v, w)| Compiled::Mul(Box::new(v), Box::new(w)));
                Some(Compiled::sum(parts)?.over(weights))
            }
            _ => None,
        }
    }
}

/// A function of totals by its gradient.
pub(super) fn function(
    totals: &Totals,
    compiled: &Compiled,
    weights: Option<usize>,
    unit: Unit,
    level: Level,
) -> Estimate {
    let sums: Vec<f64> = (0..totals.k()).map(|i| totals.sum(i)).collect();
    let dual = compiled.at(&sums);
    ratios::function_of_totals(totals, dual.value, &dual.gradient, weights, unit, level)
}

/// A sum or a count: a compound Poisson total, exact where every unit counts once.
fn total(totals: &Totals, unit: Unit, level: Level) -> Estimate {
    let (value, squares) = (totals.sum(0), totals.product(0, 0));
    let size = Size { n: totals.rows, clusters: totals.units, events: None, effective: None };
    let interval = if squares == value && value >= 0.0 && value.fract() == 0.0 {
        ratios::poisson_exact(value as u64, level)
    } else {
        let half = level.z() * squares.sqrt();
        Interval::closed(value - half, value + half, level.value(), Method::Wald)
    };
    Estimate::new(value, Some(interval.clamped(unit.range())), unit, size).with_se(squares.sqrt())
}

fn of_life(table: &Table, measure: Measure, unit: Unit, level: Level) -> Estimate {
    match measure {
        Measure::Quantile(q) => {
            let mut estimate = survival::quantile(table, q, unit, level);
            let open = table.units().saturating_sub(table.events());
            if open > 0 && estimate.value.is_some() {
                estimate.caveats.push(Caveat::OpenCases { rows: open });
            }
            estimate
        }
        Measure::Survival(age) => survival::estimate_at(table, age, level),
        Measure::RestrictedMean(horizon) => survival::restricted_mean(table, horizon, unit, level),
        Measure::Incidence(age) => {
            let size = Size {
                n: table.units(),
                clusters: table.units(),
                events: Some(table.events()),
                effective: None,
            };
            if table.last_age().is_none_or(|last| last < age && table.survival_at(last) > 0.0) {
                return Estimate::absent(Absent::CensoredWindow, unit, size);
            }
            let curve = survival::incidence(table, 0, level);
            match curve.iter().rev().find(|point| point.age <= age) {
                Some(point) => Estimate::new(point.value, point.interval, unit, size).with_se(point.se),
                // Nobody yet: Wilson's upper limit over those still watched.
                None => Estimate::new(0.0, shares::wilson(0.0, table.at_risk(age) as f64, level), unit, size),
            }
        }
    }
}

/// A mean as platforms show it, with its limits rounded alike.
fn displayed(totals: &Totals, step: f64, scale: Option<Scale>, unit: Unit, level: Level) -> Estimate {
    let mean = means::estimate(&totals.ratio_sums(0, 1), scale, unit, level);
    let round = |x: f64| ratings::displayed(x, step).unwrap_or(x);
    let interval = mean.interval.map(|i| Interval {
        low: i.low.map(round),
        high: i.high.map(round),
        method: Method::Transformed,
        ..i
    });
    Estimate { value: mean.value.map(round), interval, se: None, ..mean }
}

/// Number, mean and variance of plain rows.
pub(super) fn summary(totals: &Totals) -> Option<Summary> {
    let n = totals.sum(1);
    (n > 0.0).then(|| Summary {
        n: n as u64,
        mean: totals.sum(0) / n,
        variance: (n > 1.0).then(|| totals.centred_product(0, 0) / (n - 1.0)),
    })
}

fn bayes(totals: &Totals, prior: Option<(Prior, f64)>, unit: Unit, level: Level) -> Estimate {
    let summary = summary(totals);
    let (prior, spread) = match (prior, &summary) {
        (Some(known), _) => known,
        // With nothing to be pulled towards, the mean stands for itself.
        (None, Some(s)) => (Prior { weight: 0.0, mean: s.mean }, s.variance.unwrap_or(0.0)),
        (None, None) => return Estimate::absent(Absent::NoData, unit, Size::default()),
    };
    ratings::estimate(summary.as_ref(), prior, spread, (f64::NEG_INFINITY, f64::INFINITY), level)
}

/// Means of groups with their standard errors, where both are known.
fn means_of(totals: &Totals, numbers: &[(usize, usize)]) -> Vec<(f64, f64)> {
    numbers
        .iter()
        .filter_map(|(sum, n)| {
            let sums = totals.ratio_sums(*sum, *n);
            (sums.denominator >= 2.0).then_some(())?;
            Some((sums.ratio()?, sums.variance()?.sqrt()))
        })
        .collect()
}

fn reliability(totals: &Totals, numbers: &[(usize, usize)], unit: Unit) -> Estimate {
    let size = Size { n: totals.rows, clusters: totals.units, events: None, effective: None };
    let scores: Vec<(f64, f64)> = means_of(totals, numbers).iter().map(|(m, se)| (*m, se * se)).collect();
    match unit_scores::reliability(&scores) {
        Some(found) => Estimate::new(found.reliability, None, unit, size),
        None => {
            let why = "fewer than two groups with at least two answers".to_owned();
            Estimate::absent(Absent::Undefined { why }, unit, size)
        }
    }
}

fn representativeness(stats: &[&Stat], seed: u64, unit: Unit, level: Level) -> Estimate {
    let strata: Vec<(u64, u64)> = stats
        .iter()
        .filter_map(|s| match s {
            Stat::Totals(t) => Some((t.sum(0) as u64, t.sum(1) as u64)),
            _ => None,
        })
        .collect();
    let n = strata.iter().map(|(_, n)| n).sum();
    let size = Size { n, clusters: n, events: Some(strata.iter().map(|(k, _)| k).sum()), effective: None };
    let figure = |groups: &[(u64, u64)]| {
        let strata: Vec<response::Stratum> =
            groups.iter().map(|(k, n)| response::Stratum { invited: *n, answered: *k }).collect();
        response::representativeness(&strata).map(|r| r.r)
    };
    match spread::of_shares(&strata, figure, (0.0, 1.0), seed, level) {
        Some((value, Some(interval))) => Estimate::new(value, Some(interval), unit, size),
        Some((value, None)) => {
            let text = "every group answered wholly or not at all: nothing shows how far it may be off";
            Estimate::new(value, None, unit, size).with_caveat(Caveat::Note { text: text.to_owned() })
        }
        None => Estimate::absent(Absent::NoData, unit, size),
    }
}

/// Growth without bought customers, with bounds for those of unknown kind.
/// Terms: before, retained, earned, unknown, for the ratio also bought, and
/// last how many units are of unknown kind.
fn earned(totals: &Totals, ratio: bool, unit: Unit, level: Level) -> Estimate {
    let part = |i| Compiled::Total(i);
    let growth = |parts: &[usize]| {
        let sum = Compiled::sum(parts.iter().map(|i| part(*i))).unwrap_or(Compiled::Number(0.0));
        Compiled::Sub(Box::new(sum.over(part(0))), Box::new(Compiled::Number(1.0)))
    };
    let sums: Vec<f64> = (0..totals.k()).map(|i| totals.sum(i)).collect();
    let all = growth(&[1, 2, 3, 4]);
    if ratio && all.at(&sums).value <= 0.0 {
        let why = "there was no growth to share out".to_owned();
        let size = Size { n: totals.rows, clusters: totals.units, events: None, effective: None };
        return Estimate::absent(Absent::Undefined { why }, unit, size);
    }
    let figure = |growth: Compiled| if ratio { growth.over(all.clone()) } else { growth };
    let mut estimate = function(totals, &figure(growth(&[1, 2])), None, unit, level);
    let unknown = sums.last().copied().unwrap_or(0.0) as u64;
    if let (Some(value), true) = (estimate.value, unknown > 0) {
        let other = figure(growth(&[1, 2, 3])).at(&sums).value;
        let (low, high) = (value.min(other), value.max(other));
        estimate.caveats.push(Caveat::UnknownKind { rows: unknown, low, high });
    }
    estimate
}
