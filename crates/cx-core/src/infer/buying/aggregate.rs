//! Sums over the present base, in every resampled world.

use super::{Cell, Fitted, Model, at_logs, one_step};
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::ratios::Draws;
use crate::stats::GROUPS;
use nalgebra::{Cholesky, DMatrix, DVector};

/// Evaluations of a cell up to which every world is computed in full.
pub const EXACT: usize = 2_000_000;

/// A figure at the fit and in every resampled world.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// At the full-sample fit.
    pub value: f64,
    /// In each world, in their order.
    pub worlds: Vec<f64>,
    /// True where the worlds come from a second-order expansion in the parameters.
    pub expanded: bool,
}

impl Spread {
    /// The percentile interval over the worlds; `None` where one has no value or they are too few for the level.
    pub fn interval(&self, level: Level) -> Option<Interval> {
        let draws = Draws::collect(self.worlds.iter().map(|x| Some(*x)));
        if draws.dropped > 0 {
            return None;
        }
        let (low, high) = draws.limits(level)?;
        Some(Interval::closed(low, high, level.value(), Method::Draws))
    }

    /// The variance over the worlds.
    pub fn variance(&self) -> f64 {
        let n = self.worlds.len() as f64;
        let mean = self.worlds.iter().sum::<f64>() / n;
        self.worlds.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)
    }
}

impl<M: Model> Fitted<M> {
    /// The log parameters in each resampled world ([`one_step`] with the groups of the cells).
    pub fn worlds(&self, cells: &[Cell], seed: u64, worlds: u32) -> Vec<[f64; 4]> {
        let groups = cells.iter().map(|c| c.group + 1).max().unwrap_or(0).max(GROUPS) as usize;
        let scores = |at: &[f64; 4]| {
            let model: M = at_logs(at);
            let mut scores = vec![[0.0; 4]; groups];
            for cell in cells.iter().filter(|c| c.count != 0.0) {
                let slopes = model.log_likelihood(cell).1;
                for (sum, slope) in scores[cell.group as usize].iter_mut().zip(slopes) {
                    *sum += cell.count * slope;
                }
            }
            scores
        };
        one_step(&self.fit, scores, seed, worlds)
    }

    /// Σ count · f(model, cell) over the present base at the fit and in every world.
    ///
    /// The base stays as it is; the worlds move the parameters alone. With
    /// cells × worlds at most `exact` (see [`EXACT`]) every world is summed in
    /// full. Beyond, the log of the sum is expanded to second order in the
    /// parameters, in directions in which they are independent, by differences
    /// over one standard error; sums that are not positive are always summed
    /// in full.
    pub fn spread(
        &self,
        cells: &[Cell],
        worlds: &[[f64; 4]],
        exact: usize,
        f: impl Fn(&M, &Cell) -> f64,
    ) -> Spread {
        let total = |at: &[f64]| {
            let model: M = at_logs(at);
            cells.iter().filter(|c| c.count != 0.0).map(|c| c.count * f(&model, c)).sum::<f64>()
        };
        let value = total(&self.fit.at);
        let root = self.fit.information.covariance.clone().and_then(Cholesky::new);
        let large = cells.len().saturating_mul(worlds.len()) > exact && value > 0.0;
        if let (true, Some(root)) = (large, root)
            && let Some(expanded) = expand(&total, &self.fit.at, &root, worlds)
        {
            return Spread { value, worlds: expanded, expanded: true };
        }
        let worlds = worlds.iter().map(|at| total(at)).collect();
        Spread { value, worlds, expanded: false }
    }
}

/// The expansion; `None` where a sum that it needs is not positive.
fn expand(
    total: &impl Fn(&[f64]) -> f64,
    at: &[f64],
    root: &Cholesky<f64, nalgebra::Dyn>,
    worlds: &[[f64; 4]],
) -> Option<Vec<f64>> {
    let k = at.len();
    let l = root.l();
    let centre = DVector::from_column_slice(at);
    let ln = |u: &DVector<f64>| {
        let value = total((&centre + &l * u).as_slice());
        (value > 0.0 && value.is_finite()).then(|| value.ln())
    };
    let unit = |i: usize, x: f64| {
        let mut u = DVector::zeros(k);
        u[i] = x;
        u
    };
    let middle = ln(&DVector::zeros(k))?;
    let mut gradient = DVector::zeros(k);
    let mut hessian = DMatrix::zeros(k, k);
    for i in 0..k {
        let (up, down) = (ln(&unit(i, 1.0))?, ln(&unit(i, -1.0))?);
        gradient[i] = 0.5 * (up - down);
        hessian[(i, i)] = up + down - 2.0 * middle;
        for j in 0..i {
            let corner = |a: f64, b: f64| ln(&(unit(i, a) + unit(j, b)));
            let mixed = corner(1.0, 1.0)? - corner(1.0, -1.0)? - corner(-1.0, 1.0)? + corner(-1.0, -1.0)?;
            hessian[(i, j)] = 0.25 * mixed;
            hessian[(j, i)] = 0.25 * mixed;
        }
    }
    worlds
        .iter()
        .map(|world| {
            let u = l.solve_lower_triangular(&(DVector::from_column_slice(world) - &centre))?;
            Some((middle + gradient.dot(&u) + 0.5 * u.dot(&(&hessian * &u))).exp())
        })
        .collect()
}
