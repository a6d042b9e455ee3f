//! A logit on cells, and what resampled groups make of it.

use super::super::drivers::row;
use super::super::levels::Covariate;
use super::cell::{Broadened, Cell};
use crate::findings::Term;
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::regression::{Family, FitError, Generalised, Pooled, Variance, generalised};
use crate::stats::{GROUPS, group_weight};
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// Resampled worlds.
pub(super) const WORLDS: u32 = 400;

/// A fitted model of chances.
#[derive(Debug)]
pub(super) struct Model {
    broad: Broadened,
    /// Which of the covariates are in it.
    kept: Vec<usize>,
    fit: Generalised,
    pub left_out: Vec<(String, String)>,
    /// Counts per covariate and level in the rows of the fit.
    sizes: Vec<Vec<u64>>,
    /// Per random group: slope and curvature of its log-likelihood at the fit.
    groups: Vec<(DVector<f64>, DMatrix<f64>)>,
}

impl Model {
    /// Fits; covariates that cannot be told from the others, or that part the outcomes, are left out by name.
    pub(super) fn fit(covariates: &[Covariate], cells: &[Cell]) -> Result<Self, Absent> {
        let broad = Broadened::of(covariates, cells);
        let mut left_out = Vec::new();
        let mut kept: Vec<usize> = Vec::new();
        for (i, covariate) in broad.covariates.iter().enumerate() {
            if covariate.levels.len() > 1 {
                kept.push(i);
            } else {
                left_out.push((covariate.name.clone(), "too few at all of its levels but one".to_owned()));
            }
        }
        let fit = loop {
            match generalised(&pooled(&broad, &kept, cells), Family::Logit, Variance::Classical, 0.0) {
                Ok(fit) => break fit,
                Err(error @ (FitError::Collinear { column } | FitError::Separated { column }))
                    if column > 0 =>
                {
                    let Some(at) = owner(&broad, &kept, column) else {
                        return Err(Absent::Refused(error.refused()));
                    };
                    let name = broad.covariates[kept.remove(at)].name.clone();
                    let why = match error {
                        FitError::Collinear { .. } => "the others tell the same",
                        _ => "it parts those with the event from those without",
                    };
                    left_out.push((name, why.to_owned()));
                }
                Err(error) => return Err(Absent::Refused(error.refused())),
            }
        };
        let sizes = (broad.covariates.iter().enumerate())
            .map(|(place, covariate)| {
                let mut counts = vec![0; covariate.levels.len()];
                for cell in cells {
                    counts[broad.levels(&cell.levels)[place]] += cell.n;
                }
                counts
            })
            .collect();
        let mut model = Self { broad, kept, fit, left_out, sizes, groups: Vec::new() };
        model.groups = model.slopes(cells);
        Ok(model)
    }

    /// Slope and curvature of the log-likelihood by random group.
    fn slopes(&self, cells: &[Cell]) -> Vec<(DVector<f64>, DMatrix<f64>)> {
        let p = self.fit.coefficients.len();
        let mut groups = vec![(DVector::zeros(p), DMatrix::zeros(p, p)); GROUPS as usize];
        for cell in cells {
            let x = DVector::from_vec(self.design(&cell.levels));
            let chance = self.fit.mean(x.as_slice());
            let (slope, curvature) = &mut groups[cell.group as usize % GROUPS as usize];
            *slope += &x * (cell.yes as f64 - cell.n as f64 * chance);
            *curvature += &x * x.transpose() * (cell.n as f64 * chance * (1.0 - chance));
        }
        groups
    }

    /// The design row of levels as they came.
    pub(super) fn design(&self, levels: &[usize]) -> Vec<f64> {
        design(&self.broad, &self.kept, levels)
    }

    /// The chance at a design row.
    pub(super) fn chance(&self, x: &[f64]) -> f64 {
        self.fit.mean(x)
    }

    /// The chance at a design row under the coefficients of a world.
    pub(super) fn chance_under(&self, beta: &[f64], x: &[f64]) -> f64 {
        self.fit.family.mean(x.iter().zip(beta).map(|(x, b)| x * b).sum())
    }

    /// Coefficients and weights of groups in a resampled world: one Newton step from the fit.
    pub(super) fn world(&self, seed: u64, world: u32) -> Option<(Vec<f64>, Vec<f64>)> {
        let weights: Vec<f64> = (0..GROUPS).map(|group| group_weight(seed, group, world) as f64).collect();
        let p = self.fit.coefficients.len();
        let (mut slope, mut curvature) = (DVector::zeros(p), DMatrix::zeros(p, p));
        for (weight, (s, c)) in weights.iter().zip(&self.groups).filter(|(w, _)| **w > 0.0) {
            slope += s * *weight;
            curvature += c * *weight;
        }
        let step = curvature.cholesky()?.solve(&slope);
        let beta = self.fit.coefficients.iter().zip(step.iter()).map(|(b, s)| b + s).collect();
        Some((beta, weights))
    }

    /// Odds ratios by covariate and level.
    pub(super) fn terms(&self, level: Level) -> Vec<Term> {
        let z = level.z();
        let mut place = 0;
        let mut terms = Vec::new();
        for at in &self.kept {
            let covariate = &self.broad.covariates[*at];
            for (number, name) in covariate.columns() {
                place += 1;
                let (b, se) = (self.fit.coefficients[place], self.fit.se(place));
                let n = self.sizes[*at][number];
                let interval =
                    Interval::closed((b - z * se).exp(), (b + z * se).exp(), level.value(), Method::LogWald);
                let size = Size { n, clusters: n, events: None, effective: None };
                terms.push(Term {
                    covariate: covariate.name.clone(),
                    level: name.clone(),
                    against: covariate.levels[covariate.reference].clone(),
                    n,
                    odds_ratio: Estimate::new(b.exp(), Some(interval), Unit::Ratio, size),
                });
            }
        }
        terms
    }

    /// The covariates that are in it, in words.
    pub(super) fn formula(&self) -> String {
        let names: Vec<&str> = self.kept.iter().map(|i| self.broad.covariates[*i].name.as_str()).collect();
        if names.is_empty() { "a constant".to_owned() } else { names.join(", ") }
    }
}

fn design(broad: &Broadened, kept: &[usize], levels: &[usize]) -> Vec<f64> {
    let levels = broad.levels(levels);
    let mut x = vec![1.0];
    for at in kept {
        broad.covariates[*at].push(levels[*at], &mut x);
    }
    x
}

/// The covariate that a column of the design belongs to.
fn owner(broad: &Broadened, kept: &[usize], column: usize) -> Option<usize> {
    let mut end = 1;
    kept.iter().position(|at| {
        end += broad.covariates[*at].width();
        column < end
    })
}

/// Cells of all groups together.
fn pooled(broad: &Broadened, kept: &[usize], cells: &[Cell]) -> Vec<Pooled> {
    let mut sums: BTreeMap<Vec<usize>, (u64, u64)> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.n > 0) {
        let levels = broad.levels(&cell.levels);
        let key: Vec<usize> = kept.iter().map(|at| levels[*at]).collect();
        let sum = sums.entry(key).or_default();
        *sum = (sum.0 + cell.yes, sum.1 + cell.n);
    }
    let of = |key: &[usize]| {
        let covariates: Vec<Covariate> = kept.iter().map(|at| broad.covariates[*at].clone()).collect();
        let mut x = vec![1.0];
        x.extend(row(&covariates, key));
        x
    };
    sums.iter().map(|(key, (yes, n))| Pooled::trials(of(key), *yes, *n)).collect()
}
