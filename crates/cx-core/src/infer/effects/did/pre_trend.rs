//! Were the changes parallel before, and how much must they have been?

use super::{EventPoint, GroupTime, overall};
use crate::ground::estimate::Refused;
use crate::infer::Level;
use crate::infer::power::Aim;
use crate::infer::special::{Tails, beta, bisect, density, fisher};
use nalgebra::{DMatrix, DVector};

/// The test of parallel changes before the start, and what it could have seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PreTrend {
    /// Hotelling's T² of all departures before the start being 0.
    pub statistic: f64,
    /// Departures tested, and what is left of the units beyond them: the degrees of freedom of F.
    pub df: (f64, f64),
    /// Its p-value.
    pub p: f64,
    /// The steady drift, outcome per period, that this test finds with the power
    /// asked for: a passed test says nothing about smaller ones.
    pub detectable_slope: f64,
}

/// Joint test of the departures before the start, with its power.
///
/// Formula: T² = θᵀΣ⁻¹θ of k points, Σ from n units in two groups, so that
/// (n−k−1)/(k(n−2)) T² is F with k and n−k−1 degrees of freedom: Σ is an
/// estimate too, and with 30 units and ten periods a chi-square would reject
/// many a true parallel. A drift of δ per period moves each point by δ, so power
/// is that of a noncentral F with δ² 1ᵀΣ⁻¹1. Points must be one-period
/// departures, as [`super::group_time`] makes them. Source: `roth2022`, the F
/// `hotelling1931`.
///
/// # Errors
/// [`Refused`] without a point before the start, or where units are too few to
/// tell the points apart.
pub fn pre_trend(points: &[EventPoint], aim: Aim) -> Result<PreTrend, Refused> {
    let before: Vec<&EventPoint> = points.iter().filter(|p| p.event < 0).collect();
    let k = before.len();
    let refuse = |reason: &str| Refused {
        rule: "changes before the start".to_owned(),
        reason: reason.to_owned(),
        lift: "two or more periods before the first start, and more units than periods".to_owned(),
    };
    if k == 0 {
        return Err(refuse("no change was seen before the start"));
    }
    let part = |i: usize| before.iter().any(|p| p.effect.parts.get(i).is_some_and(|part| *part != 0.0));
    let units = (0..before[0].effect.parts.len()).filter(|i| part(*i)).count() as f64;
    let df = (k as f64, units - k as f64 - 1.0);
    if df.1 < 1.0 {
        return Err(refuse("too few units to tell the periods apart"));
    }
    // Parts are over n; an estimate of spread within two groups is over n − 2.
    let shrink = (units - 2.0) / units;
    let covariance = DMatrix::from_fn(k, k, |i, j| {
        let parts = |at: usize| before[at].effect.parts.iter();
        parts(i).zip(parts(j)).map(|(a, b)| a * b).sum::<f64>()
    });
    let factor = covariance.cholesky().ok_or_else(|| refuse("too few units to tell the periods apart"))?;
    let theta = DVector::from_fn(k, |i, _| before[i].effect.value);
    let statistic = shrink * theta.dot(&factor.solve(&theta));
    let ones = DVector::from_element(k, 1.0);
    let information = shrink * ones.dot(&factor.solve(&ones));
    let f = statistic * df.1 / (df.0 * (units - 2.0));
    let edge = fisher::quantile(Tails::above(aim.level().alpha()), df.0, df.1);
    let found = |shift: f64| rejects(edge, df, shift) - aim.power();
    let shift = bisect(found, 0.0, 2000.0 + 20.0 * df.0, false);
    Ok(PreTrend {
        statistic,
        df,
        p: fisher::tails(f, df.0, df.1).above,
        detectable_slope: (shift / information).sqrt(),
    })
}

/// P(noncentral F > edge): a Poisson mixture of beta tails.
fn rejects(edge: f64, (k, left): (f64, f64), shift: f64) -> f64 {
    let mean = 0.5 * shift;
    let reach = 12.0 * mean.sqrt() + 40.0;
    let (from, to) = ((mean - reach).max(0.0) as u32, (mean + reach) as u32);
    let x = k * edge / (k * edge + left);
    (from..=to)
        .map(|j| {
            let j = f64::from(j);
            density::poisson(j, mean) * beta::tails(x, 0.5 * k + j, 0.5 * left).above
        })
        .sum()
}

/// M̄: the multiple of the worst departure before the start that, going on after
/// it, would bring 0 into the interval of the overall effect.
///
/// Formula: (|τ| − t·se)/(w·ē), w the largest one-period departure seen before
/// and ē the mean number of periods since the base over which it adds up. It
/// takes w as seen. 0 where the interval holds 0 already, infinite where
/// nothing departed; `None` without a departure to compare with. Below 0.5 a
/// design counts as weighted comparison only. Source: `rambachan2023`
/// (relative magnitudes).
pub fn breakdown(all: &GroupTime, points: &[EventPoint], level: Level) -> Option<f64> {
    let before = points.iter().filter(|p| p.event < 0).map(|p| p.effect.value.abs());
    let worst = before.reduce(f64::max)?;
    let combined = overall(all)?;
    let size = |g: usize| all.cohorts.iter().find(|(start, _)| *start == g).map_or(0.0, |(_, n)| *n as f64);
    let after = all.effects.iter().filter(|e| e.event() >= 0);
    let (sum, weight) = after.fold((0.0, 0.0), |(sum, weight), e| {
        let n = size(e.cohort);
        (n.mul_add(e.event() as f64 + 1.0, sum), weight + n)
    });
    let left = combined.value.abs() - level.t(combined.effect().df) * combined.se;
    Some(if left <= 0.0 { 0.0 } else { left / (worst * sum / weight) })
}
