//! The hazard that covariates multiply, and survival of one profile.

use super::fit::{Control, risks};
use super::ordered::Ordered;
use super::sweep::sweep;
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use nalgebra::{DMatrix, DVector};

/// Cumulative hazard of a customer whose covariates are all 0, by age.
///
/// Breslow's estimator Σ d/S₀, with Efron's ties Σ Σₗ 1/(S₀ − l/d D₀).
/// Source: `breslow1974`; ties `efron1977`.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    p: usize,
    /// Ages with events, from the first.
    ages: Vec<f64>,
    /// Cumulative hazard at them, covariates at their means.
    hazard: Vec<f64>,
    /// Cumulative Σ Σₗ c⁻² at them, covariates at their means.
    variance: Vec<f64>,
    /// Cumulative hazard-weighted mean covariate, less the mean, age by age.
    centre: Vec<f64>,
    mean: Vec<f64>,
    /// −β·mean.
    shift: f64,
}

/// Survival of one profile at an age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Predicted {
    /// The age.
    pub age: f64,
    /// Cumulative hazard.
    pub hazard: f64,
    /// Survival.
    pub survival: f64,
    /// Standard error of the cumulative hazard, which is that of ln S.
    pub se: f64,
    /// Interval of the survival.
    pub interval: Interval,
}

impl Baseline {
    pub(super) fn new(data: &Ordered, control: Control, beta: &DVector<f64>) -> Self {
        let (risk, shift) = risks(data, beta);
        // Risks are smaller by e^shift, so hazards come out larger by it.
        let unit = (-shift).exp();
        let p = data.p;
        let mut rows: Vec<(f64, f64, f64, Vec<f64>)> = Vec::new();
        sweep(data, &risk, control.ties, false, |moment| {
            let centre = (0..p).map(|j| moment.mean_by_hazard(j) * unit * data.scale[j]).collect();
            rows.push((moment.age, moment.ties.one * unit, moment.ties.one_square * unit * unit, centre));
        });
        rows.reverse();
        let mut baseline = Self {
            p,
            ages: Vec::with_capacity(rows.len()),
            hazard: Vec::with_capacity(rows.len()),
            variance: Vec::with_capacity(rows.len()),
            centre: Vec::with_capacity(rows.len() * p),
            mean: data.mean.clone(),
            shift: -(0..p).map(|j| data.mean[j] * beta[j] / data.scale[j]).sum::<f64>(),
        };
        let (mut hazard, mut variance, mut sum) = (0.0, 0.0, vec![0.0; p]);
        for (age, h, v, centre) in rows {
            hazard += h;
            variance += v;
            sum.iter_mut().zip(&centre).for_each(|(sum, x)| *sum += x);
            baseline.ages.push(age);
            baseline.hazard.push(hazard);
            baseline.variance.push(variance);
            baseline.centre.extend_from_slice(&sum);
        }
        baseline
    }

    /// Ages with events.
    pub fn ages(&self) -> &[f64] {
        &self.ages
    }

    /// Cumulative hazard just after an age of a customer whose covariates are all 0.
    ///
    /// Covariates far from 0 make it tiny or huge; [`super::Model::survival_of`] does not pass through it.
    pub fn hazard_at(&self, age: f64) -> f64 {
        let after = self.ages.partition_point(|a| *a <= age);
        after.checked_sub(1).map_or(0.0, |i| self.hazard[i] * self.shift.exp())
    }

    pub(super) fn survival_of(
        &self,
        x: &[f64],
        linear: f64,
        covariance: &DMatrix<f64>,
        level: Level,
    ) -> Vec<Predicted> {
        let factor = (linear + self.shift).exp();
        let z = level.z();
        let at = |i: usize| {
            let base = self.hazard[i];
            let hazard = base * factor;
            let centre = &self.centre[i * self.p..(i + 1) * self.p];
            let q = DVector::from_fn(self.p, |j, _| (x[j] - self.mean[j]) * base - centre[j]);
            let spread = (covariance * &q).dot(&q);
            let se = factor * (self.variance[i] + spread).max(0.0).sqrt();
            let stretch = (z * se / hazard).exp();
            let (low, high) = ((-hazard * stretch).exp(), (-hazard / stretch).exp());
            let interval = Interval::closed(low, high, level.value(), Method::GreenwoodLogLog);
            Predicted { age: self.ages[i], hazard, survival: (-hazard).exp(), se, interval }
        };
        (0..self.ages.len()).map(at).collect()
    }
}
