//! Differences: between periods, between a group and the rest, and their split.

use super::compiled::Compiled;
use super::estimator::{Estimator, function};
use super::evaluate::Evaluated;
use crate::findings::{AgainstRest, MixPart, MixSplit};
use crate::ground::estimate::{Absent, Estimate, Interval};
use crate::ground::segment::NONE_VALUE;
use crate::infer::{Level, changes, mix};
use crate::reduce::Stat;
use crate::stats::Totals;

/// A difference with its p value.
pub(super) struct Difference {
    pub estimate: Estimate,
    pub p: Option<f64>,
    /// Customers on both sides, where they are known.
    pub in_both: Option<u64>,
}

impl Evaluated<'_> {
    /// Later minus earlier for one slice.
    pub(super) fn change(
        &self,
        values: &[Option<String>],
        (later, earlier): (usize, usize),
        level: Level,
    ) -> Difference {
        let (after, before) = (self.estimate(values, later, level), self.estimate(values, earlier, level));
        let place = self.cut.reduction.pairs.iter().position(|p| *p == (later, earlier));
        let sides = self.totals(values, earlier).zip(self.totals(values, later));
        let crossed = place.and_then(|i| self.reduced.pairs.get(i)).map(|pairs| pairs.get(values));
        let both = crossed.map(|crossed| crossed.map_or(0, |c| c.units));
        // Nobody on both sides: the arms of the two intervals shown are squared and added.
        let shared = both.filter(|n| *n > 0 && after.value.is_some() && before.value.is_some());
        let joint = crossed.flatten().zip(sides).filter(|_| shared.is_some());
        let joined = joint
            .map(|(crossed, (before, after))| crossed.joint(after, before))
            .and_then(|joint| self.joined(&joint, level));
        if let Some(found) = joined {
            return Difference { in_both: shared, ..found };
        }
        let estimate = changes::difference(&after, &before);
        let p = changes::p_by_inversion(
            |l| {
                changes::difference(&self.estimate(values, later, l), &self.estimate(values, earlier, l))
                    .interval
            },
            0.0,
        );
        Difference { estimate, p, in_both: both }
    }

    /// A group minus everybody else in the same period.
    pub(super) fn against_rest(
        &self,
        values: &[Option<String>],
        period: usize,
        level: Level,
    ) -> Option<AgainstRest> {
        let bundle = self.bundles.get(&(values.to_vec(), period))?;
        let difference = if let Some(whole) = self.beside(values, period) {
            let k = whole.k() / 2;
            // The cell beside its whole becomes the cell beside the rest: (c, w) → (c, w − c).
            let rows: Vec<Vec<i32>> = (0..2 * k)
                .map(|i| {
                    let mut row = vec![0; 2 * k];
                    row[i] = 1;
                    if i >= k {
                        row[i - k] = -1;
                    }
                    row
                })
                .collect();
            let slices: Vec<&[i32]> = rows.iter().map(Vec::as_slice).collect();
            self.joined(&whole.combine(&slices).ok()?, level)?
        } else {
            let rest = |l: Level| {
                let mut merged: Option<Stat> = None;
                for ((other, p), b) in &self.bundles {
                    if *p != period || other == values {
                        continue;
                    }
                    for stat in &b.stats {
                        match &mut merged {
                            None => merged = Some((*stat).clone()),
                            Some(m) => m.absorb(stat).ok()?,
                        }
                    }
                }
                let merged = merged?;
                let stats = [&merged];
                let gathered =
                    super::estimator::Gathered { stats: &stats, worlds: None, whole: None, rows: 0 };
                Some(self.estimator.estimate(gathered, self.judge, l))
            };
            // Where clusters reach over groups, others cannot be told from the rest.
            let clustered = bundle.whole.is_some();
            if self.estimator == &Estimator::Part || bundle.stats.len() != 1 || clustered {
                return None;
            }
            let at = |l: Level| Some(changes::difference(&self.estimate(values, period, l), &rest(l)?));
            let estimate = at(level)?;
            let p = changes::p_by_inversion(|l| at(l)?.interval, 0.0);
            Difference { estimate, p, in_both: None }
        };
        difference.estimate.value?;
        Some(AgainstRest {
            difference: difference.estimate,
            p: difference.p,
            p_adjusted: None,
            significant: false,
        })
    }

    /// First minus second of joint totals.
    fn joined(&self, joint: &Totals, level: Level) -> Option<Difference> {
        let (unit, factor) = (self.judge.unit, self.judge.factor);
        let pairwise = |joint: &Totals, scale: f64| {
            let found = changes::overlap(joint, scale, unit, level);
            Difference { estimate: found.difference, p: found.p, in_both: None }
        };
        let k = joint.k() / 2;
        match self.estimator {
            Estimator::Share | Estimator::Mean(_) | Estimator::Rate if k == 2 => {
                Some(pairwise(joint, factor))
            }
            Estimator::Ratio(a, b) => {
                let pick = |i: usize| (0..2 * k).map(|j| i32::from(i == j)).collect::<Vec<_>>();
                let rows = [pick(*a), pick(*b), pick(k + a), pick(k + b)];
                let slices: Vec<&[i32]> = rows.iter().map(Vec::as_slice).collect();
                Some(pairwise(&joint.combine(&slices).ok()?, factor))
            }
            Estimator::Net if k == 3 => {
                let net = joint
                    .combine(&[
                        &[1, -1, 0, 0, 0, 0],
                        &[0, 0, 1, 0, 0, 0],
                        &[0, 0, 0, 1, -1, 0],
                        &[0, 0, 0, 0, 0, 1],
                    ])
                    .ok()?;
                Some(pairwise(&net, 100.0))
            }
            Estimator::Function(compiled) => Some(self.of_function(joint, compiled, k, level)),
            _ => None,
        }
    }

    fn of_function(&self, joint: &Totals, compiled: &Compiled, k: usize, level: Level) -> Difference {
        let second = shifted(compiled, k);
        let difference = Compiled::Sub(Box::new(compiled.clone()), Box::new(second));
        let factor = self.judge.factor;
        let at = |l: Level| {
            function(joint, &difference, None, self.judge.unit, l).affine(factor, 0.0, self.judge.unit)
        };
        let mut estimate = at(level);
        // The range of the figure is not that of a difference.
        estimate.interval = None;
        if let (Some(value), Some(se), true) = (estimate.value, estimate.se, joint.units > 1) {
            let half = level.t(joint.units as f64 - 1.0) * se;
            estimate.interval = Some(Interval::closed(
                value - half,
                value + half,
                level.value(),
                crate::ground::estimate::Method::OverlapT,
            ));
        }
        let p = changes::p_by_inversion(
            |l| {
                let found = at(l);
                let (value, se) = (found.value?, found.se?);
                let half = l.t(joint.units as f64 - 1.0) * se;
                Some(Interval::closed(
                    value - half,
                    value + half,
                    l.value(),
                    crate::ground::estimate::Method::OverlapT,
                ))
            },
            0.0,
        );
        Difference { estimate, p, in_both: None }
    }

    /// What a change did within the groups of one dimension and by their mix.
    /// Groups of fewer than `least` people on either side are not told, nor is
    /// one that would be alone in that.
    pub(super) fn split(
        &self,
        (later, earlier): (usize, usize),
        least: u64,
        level: Level,
    ) -> Option<MixSplit> {
        let [dimension] = self.dimensions.as_slice() else { return None };
        let mut segments = Vec::new();
        let mut names = Vec::new();
        let mut people = Vec::new();
        for values in self.slices() {
            let units = |period| self.totals(&values, period).map_or(0, |t| t.units);
            people.push([units(earlier), units(later)].into_iter().filter(|n| *n > 0).min().unwrap_or(0));
            let weight = |period| self.totals(&values, period).and_then(|t| self.weight(t)).unwrap_or(0.0);
            let score = |period| self.estimate(&values, period, level).value;
            segments.push(mix::Segment {
                weight: (weight(earlier), weight(later)),
                score: (score(earlier), score(later)),
            });
            names.push(values[0].clone().unwrap_or_else(|| NONE_VALUE.to_owned()));
        }
        let split = mix::split(&segments)?;
        let sums = segments.iter().fold((0.0, 0.0), |s, g| (s.0 + g.weight.0, s.1 + g.weight.1));
        let mut told: Vec<bool> = people.iter().map(|n| *n == 0 || *n >= least).collect();
        if told.iter().filter(|t| !**t).count() == 1 {
            let next = (0..told.len()).filter(|i| told[*i] && people[*i] > 0).min_by_key(|i| people[*i]);
            if let Some(i) = next {
                told[i] = false;
            }
        }
        let parts = names
            .into_iter()
            .zip(&segments)
            .zip(&split.parts)
            .zip(told)
            .filter(|(_, told)| *told)
            .map(|(((value, segment), (within, mixed)), _)| MixPart {
                value,
                weight: (segment.weight.0 / sums.0, segment.weight.1 / sums.1),
                score: segment.score,
                within: *within,
                mix: *mixed,
            })
            .collect();
        Some(MixSplit {
            dimension: dimension.clone(),
            before: split.before,
            after: split.after,
            within: split.within,
            mix: split.mix,
            parts,
        })
    }

    /// What a group weighs in the figure of everybody; none where that is no weighted mean.
    fn weight(&self, totals: &Totals) -> Option<f64> {
        match self.estimator {
            Estimator::Share | Estimator::Mean(_) | Estimator::Rate => Some(totals.sum(1)),
            Estimator::Net => Some(totals.sum(2)),
            Estimator::Ratio(_, b) => Some(totals.sum(*b)),
            _ => None,
        }
    }
}

/// The same arithmetic over the second half of joint totals.
fn shifted(compiled: &Compiled, by: usize) -> Compiled {
    let go = |a: &Compiled| Box::new(shifted(a, by));
    match compiled {
        Compiled::Number(x) => Compiled::Number(*x),
        Compiled::Total(i) => Compiled::Total(i + by),
        Compiled::Neg(a) => Compiled::Neg(go(a)),
        Compiled::Abs(a) => Compiled::Abs(go(a)),
        Compiled::Add(a, b) => Compiled::Add(go(a), go(b)),
        Compiled::Sub(a, b) => Compiled::Sub(go(a), go(b)),
        Compiled::Mul(a, b) => Compiled::Mul(go(a), go(b)),
        Compiled::Div(a, b) => Compiled::Div(go(a), go(b)),
    }
}

/// Why two figures are not compared.
pub(super) fn not_compared(unit: crate::ground::unit::Unit, why: &str) -> Estimate {
    Estimate::absent(
        Absent::Undefined { why: why.to_owned() },
        unit,
        crate::ground::estimate::Size::default(),
    )
}
