//! Which predictors matter: the importances whose mixture follows the outcome best.

use super::control::{fitted, ruled};
use super::{Donors, Placebo, Synthetic};
use crate::ground::estimate::Refused;
use crate::infer::means::Summary;

/// What is matched: the treated unit's value and each donor's.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictor {
    /// Of the treated unit.
    pub treated: f64,
    /// Of every donor, in their order.
    pub donors: Vec<f64>,
}

/// A mixture with the importances that were found for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Searched {
    /// Importance V of each predictor over its spread among all units, sum 1.
    pub importances: Vec<f64>,
    /// The mixture.
    pub fit: Synthetic,
}

/// Factors that an importance is tried at, the widest first.
const STEPS: [f64; 8] = [100.0, 30.0, 10.0, 4.0, 2.0, 1.4, 1.15, 1.05];
/// Rounds over all predictors at one factor.
const ROUNDS: u32 = 20;

/// The mixture that matches predictors, their importances searched so that
/// the outcome before the start is missed by as little as possible.
///
/// Predictors are taken over their spread among all units. From equal
/// importances, and from each predictor at nine tenths, one importance after
/// the other is moved up and down by ever finer factors while the squared gap
/// before the start falls; the best end is kept. The same data give the same
/// mixture. The gap may have several lows: published searches end at others
/// that are close. Source: `abadie2010`.
///
/// # Errors
/// As [`super::synthetic`], and where a predictor has a gap or does not vary.
pub fn searched(data: &Donors, predictors: &[Predictor]) -> Result<Searched, Refused> {
    ruled(data)?;
    search(data, predictors).ok_or_else(|| Refused {
        rule: "predictors".to_owned(),
        reason: "a predictor has a gap or does not vary among the units".to_owned(),
        lift: "one number per unit in every predictor".to_owned(),
    })
}

/// Placebos in space with importances of their own each.
///
/// # Errors
/// As [`searched`]. Source: `abadie2010`.
pub fn searched_placebo(data: &Donors, predictors: &[Predictor]) -> Result<Placebo, Refused> {
    let ratio = searched(data, predictors)?.fit.ratio();
    let of = |j: usize| {
        let moved = predictors.iter().map(|p| {
            let mut donors = p.donors.clone();
            Predictor { treated: donors.remove(j), donors }
        });
        search(&data.placebo(j), &moved.collect::<Vec<_>>()).map(|found| found.fit)
    };
    Ok(Placebo::of(ratio, (0..data.donors.len()).filter_map(of)))
}

fn search(data: &Donors, predictors: &[Predictor]) -> Option<Searched> {
    let k = predictors.len();
    let scaled: Option<Vec<(f64, Vec<f64>, f64)>> = predictors
        .iter()
        .map(|p| {
            let all: Vec<f64> = p.donors.iter().copied().chain([p.treated]).collect();
            let sd = Summary::of(&all)?.sd().filter(|sd| *sd > 0.0)?;
            let fine = p.donors.len() == data.donors.len();
            fine.then(|| (p.treated / sd, p.donors.iter().map(|x| x / sd).collect(), 1.0))
        })
        .collect();
    let mut rows = scaled?;
    let mut at = |importances: &[f64]| {
        let sum: f64 = importances.iter().sum();
        for (row, v) in rows.iter_mut().zip(importances) {
            row.2 = v / sum;
        }
        fitted(data, Some(&rows))
    };
    let starts = (0..=k).map(|j| {
        let rest = 0.1 / (k.max(2) - 1) as f64;
        (0..k)
            .map(|i| {
                if j == k {
                    1.0 / k as f64
                } else if i == j {
                    0.9
                } else {
                    rest
                }
            })
            .collect()
    });
    let mut best: Option<(Vec<f64>, Synthetic)> = None;
    for start in starts {
        let mut here: Vec<f64> = start;
        let Some(mut fit) = at(&here) else { continue };
        for step in STEPS {
            for _ in 0..ROUNDS {
                let before = fit.before;
                for i in 0..k {
                    for factor in [step, 1.0 / step] {
                        let mut there = here.clone();
                        there[i] *= factor;
                        if let Some(next) = at(&there).filter(|next| next.before < fit.before) {
                            (here, fit) = (there, next);
                            break;
                        }
                    }
                }
                // The last digits are not worth another round.
                if fit.before > before * (1.0 - 1e-5) {
                    break;
                }
            }
        }
        if best.as_ref().is_none_or(|(_, held)| fit.before < held.before) {
            best = Some((here, fit));
        }
    }
    let (importances, fit) = best?;
    let sum: f64 = importances.iter().sum();
    Some(Searched { importances: importances.iter().map(|v| v / sum).collect(), fit })
}
