//! Synthetic difference-in-differences: weights on units and on periods.

use super::control::FEWEST_DONORS;
use super::simplex_weights;
use crate::ground::estimate::{Method, Refused};
use crate::ground::evidence::Grade;
use crate::infer::effects::did::Panel;
use crate::infer::effects::{Check, Effect, Finding, Measured};
use crate::infer::means::Summary;
use crate::stats::{cluster_hash, world_bits};

/// Periods before the start below which periods are not weighed.
const FEWEST_PERIODS: usize = 4;

/// How the spread of the effect is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Other units are taken as the treated ones: each in turn for one treated
    /// unit, otherwise this many choices drawn by seed. For few treated units;
    /// it takes treated and others to be equally noisy.
    Placebo {
        /// Choices drawn.
        choices: u32,
        /// Seed.
        seed: u64,
    },
    /// Each unit left out in turn, the weights kept. For several treated units.
    Jackknife,
}

/// An effect with the weights behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The mean effect on the treated over the periods after the start.
    pub effect: Effect,
    /// Weight of each untreated unit, in the panel's order, sum 1.
    pub units: Vec<f64>,
    /// Weight of each period before the start, sum 1.
    pub periods: Vec<f64>,
    /// Root mean squared gap before the start once the mean gap is taken off.
    pub before: f64,
}

impl Weighed {
    /// The effect with its check: other units that run parallel before the start.
    ///
    /// Source: definition of this product.
    ///
    /// # Errors
    /// [`Refused`] where they miss by a quarter of the effect or more.
    pub fn measured(&self) -> Result<Measured, Refused> {
        let figure = self.before / self.effect.value.abs();
        let check = Check {
            name: "fit before the start",
            passed: figure < 0.25,
            figure,
            says: format!("before the start the others run off parallel by {figure:.2} of the effect"),
            finding: Finding::FitBefore,
        };
        Measured::new(self.effect, Grade::Q, vec![check])
    }
}

/// The treated units' mean, the others, and the start.
struct Block {
    treated: Vec<f64>,
    others: Vec<Vec<f64>>,
    start: usize,
}

/// Synthetic difference-in-differences.
///
/// Formula: ω ≥ 0, sum 1, brings the others' path before the start nearest to
/// parallel with the treated one, min Σ_t (ω₀ + Σ ω_i Y_it − Ȳ_t)² + ζ² T₀ Σ ω²
/// with ζ = (N₁T₁)^(1/4) times the spread of the others' one-period changes;
/// λ does the same for periods, so that a mixture of old periods stands for the
/// others' mean after the start. The effect is the change of the treated from
/// the λ-weighted past less that of the ω-weighted others. Preferred where
/// several units are treated. Source: `arkhangelsky2021`.
///
/// # Errors
/// [`Refused`] where the treated do not start together, below 4 periods before
/// the start, below 10 other units, with as many treated as others under
/// placebos, or with one treated unit under the jackknife.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::did::{Panel, UnitPath};
/// use cx_core::infer::effects::synthetic::{differences, Spread};
/// let path = |i: usize, effect: f64| -> Vec<f64> {
///     (0..12).map(|t| (i % 5 * t) as f64 * 0.1 + (i * 7 % 3) as f64 + if t >= 8 { effect } else { 0.0 }).collect()
/// };
/// let mut units: Vec<UnitPath> =
///     (0..14).map(|i| UnitPath { start: None, outcomes: path(i, 0.0) }).collect();
/// units.push(UnitPath { start: Some(8), outcomes: path(17, 3.0) });
/// let panel = Panel::new(units).unwrap();
/// let found = differences(&panel, Spread::Placebo { choices: 0, seed: 1 }).unwrap();
/// assert!((found.effect.value - 3.0).abs() < 0.2);
/// ```
pub fn differences(panel: &Panel, spread: Spread) -> Result<Weighed, Refused> {
    let refuse = |rule: &str, reason: String, lift: &str| Refused {
        rule: rule.to_owned(),
        reason,
        lift: lift.to_owned(),
    };
    let starts = panel.cohorts();
    let &[start] = starts.as_slice() else {
        let reason = "the treated units do not start together".to_owned();
        return Err(refuse("one start", reason, "one run for the units of each start"));
    };
    let of = |treated: bool| -> Vec<&[f64]> {
        let units = panel.units().iter().filter(|u| u.start.is_some() == treated);
        units.map(|u| u.outcomes.as_slice()).collect()
    };
    let (inside, outside) = (of(true), of(false));
    let (n, m) = (inside.len(), outside.len());
    if start < FEWEST_PERIODS || start >= panel.periods() || m < FEWEST_DONORS {
        let reason = format!("{m} other units and {start} of {} periods before the start", panel.periods());
        return Err(refuse(
            "donors and history",
            reason,
            "10 other units and 4 periods before the start, or more",
        ));
    }
    let fine = match spread {
        Spread::Placebo { choices, .. } => m > n && (n == 1 || choices >= 2),
        Spread::Jackknife => n > 1,
    };
    if !fine {
        let reason = format!("{n} treated and {m} other units");
        return Err(refuse(
            "spread of the effect",
            reason,
            "placebos for few treated units, the jackknife for several",
        ));
    }
    let after = panel.periods() - start;
    let steps: Vec<f64> =
        outside.iter().flat_map(|y| y[..start].windows(2).map(|pair| pair[1] - pair[0])).collect();
    let noise = Summary::of(&steps).and_then(|s| s.sd()).unwrap_or(0.0);
    let ridge = ((n * after) as f64).powf(0.25) * noise;
    let block = |treated: &[&[f64]], others: &[&[f64]]| Block {
        treated: mean_path(treated),
        others: others.iter().map(|y| y.to_vec()).collect(),
        start,
    };
    let none = || refuse("mixture", "no weights were found".to_owned(), "units whose outcomes vary");
    let whole = block(&inside, &outside);
    let (units, periods) = whole.weigh(ridge, noise).ok_or_else(none)?;
    let value = whole.effect(&units, &periods);
    let se = match spread {
        Spread::Placebo { choices, seed } => {
            let chosen: Vec<Vec<usize>> = if n == 1 {
                (0..m).map(|j| vec![j]).collect()
            } else {
                (0..choices).map(|b| drawn(n, m, seed, b)).collect()
            };
            let of = |chosen: &Vec<usize>| {
                let (mut own, mut rest) = (Vec::new(), Vec::new());
                outside
                    .iter()
                    .enumerate()
                    .for_each(|(j, y)| if chosen.contains(&j) { own.push(*y) } else { rest.push(*y) });
                let placebo = block(&own, &rest);
                placebo.weigh(ridge, noise).map(|(units, periods)| placebo.effect(&units, &periods))
            };
            let effects: Option<Vec<f64>> = chosen.iter().map(of).collect();
            let effects = effects.ok_or_else(none)?;
            let summary = Summary::of(&effects).ok_or_else(none)?;
            (summary.variance.unwrap_or(0.0) * (effects.len() as f64 - 1.0) / effects.len() as f64).sqrt()
        }
        Spread::Jackknife => jackknife(&inside, &whole, &units, &periods).ok_or_else(none)?,
    };
    let method = if spread == Spread::Jackknife { Method::Wald } else { Method::PlaceboSpread };
    let before = whole.parallel(&units);
    Ok(Weighed { effect: Effect { value, se, df: f64::INFINITY, method }, units, periods, before })
}

/// Each unit left out with the weights kept and brought back to sum 1.
fn jackknife(inside: &[&[f64]], whole: &Block, units: &[f64], periods: &[f64]) -> Option<f64> {
    let without = |skip: usize| -> Vec<&[f64]> {
        inside.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, y)| *y).collect()
    };
    let mut effects: Vec<f64> = Vec::new();
    for i in 0..inside.len() {
        let less =
            Block { treated: mean_path(&without(i)), others: whole.others.clone(), start: whole.start };
        effects.push(less.effect(units, periods));
    }
    for j in 0..units.len() {
        let left = 1.0 - units[j];
        // A single other unit that carries all the weight leaves nothing to compare with.
        if left < 1e-9 {
            return None;
        }
        let less: Vec<f64> =
            units.iter().enumerate().map(|(i, w)| if i == j { 0.0 } else { w / left }).collect();
        effects.push(whole.effect(&less, periods));
    }
    let n = effects.len() as f64;
    let summary = Summary::of(&effects)?;
    Some((summary.variance? * (n - 1.0) * (n - 1.0) / n).sqrt())
}

/// Mean outcome per period.
fn mean_path(units: &[&[f64]]) -> Vec<f64> {
    let n = units.len() as f64;
    (0..units[0].len()).map(|t| units.iter().map(|y| y[t]).sum::<f64>() / n).collect()
}

/// `n` of `m` places by seed and world.
fn drawn(n: usize, m: usize, seed: u64, world: u32) -> Vec<usize> {
    let mut order: Vec<(u64, usize)> =
        (0..m).map(|j| (world_bits(cluster_hash(seed, &(j as u64).to_le_bytes()), world), j)).collect();
    order.sort_unstable();
    order.into_iter().take(n).map(|(_, j)| j).collect()
}

impl Block {
    fn after(&self, y: &[f64]) -> f64 {
        y[self.start..].iter().sum::<f64>() / (y.len() - self.start) as f64
    }

    /// Weights of the other units and of the periods before.
    fn weigh(&self, ridge: f64, noise: f64) -> Option<(Vec<f64>, Vec<f64>)> {
        let (m, start) = (self.others.len(), self.start);
        let paths: Vec<&[f64]> = self.others.iter().map(|y| &y[..start]).collect();
        let units = nearest(&self.treated[..start], &paths, ridge)?;
        let later: Vec<f64> = self.others.iter().map(|y| self.after(y)).collect();
        let periods: Vec<Vec<f64>> =
            (0..start).map(|t| (0..m).map(|j| self.others[j][t]).collect()).collect();
        let periods: Vec<&[f64]> = periods.iter().map(Vec::as_slice).collect();
        // A hair of a ridge makes the weights one and no other.
        let periods = nearest(&later, &periods, 1e-6 * noise)?;
        Some((units, periods))
    }

    fn effect(&self, units: &[f64], periods: &[f64]) -> f64 {
        let change = |y: &[f64]| self.after(y) - y.iter().zip(periods).map(|(y, w)| y * w).sum::<f64>();
        let others: f64 = units.iter().zip(&self.others).map(|(w, y)| w * change(y)).sum();
        change(&self.treated) - others
    }

    /// How far from parallel the weighted others run before the start.
    fn parallel(&self, units: &[f64]) -> f64 {
        let mixed = |t: usize| units.iter().zip(&self.others).map(|(w, y)| w * y[t]).sum::<f64>();
        let gaps: Vec<f64> = (0..self.start).map(|t| self.treated[t] - mixed(t)).collect();
        let n = gaps.len() as f64;
        let mean = gaps.iter().sum::<f64>() / n;
        (gaps.iter().map(|g| (g - mean) * (g - mean)).sum::<f64>() / n).sqrt()
    }
}

/// The mixture nearest to parallel with the target: each list is taken from its own mean, which
/// is what a free constant does, and the ridge is a row of its own for every column.
fn nearest(target: &[f64], columns: &[&[f64]], ridge: f64) -> Option<Vec<f64>> {
    let rows = target.len() as f64;
    let centred = |values: &[f64]| -> Vec<f64> {
        let mean = values.iter().sum::<f64>() / rows;
        values.iter().map(|v| v - mean).collect()
    };
    let weight = ridge * rows.sqrt();
    let wide: Vec<Vec<f64>> = columns
        .iter()
        .enumerate()
        .map(|(j, column)| {
            let own = (0..columns.len()).map(|i| if i == j { weight } else { 0.0 });
            centred(column).into_iter().chain(own).collect()
        })
        .collect();
    let mut aim = centred(target);
    aim.resize(target.len() + columns.len(), 0.0);
    simplex_weights(&aim, &wide, &vec![1.0; aim.len()])
}
