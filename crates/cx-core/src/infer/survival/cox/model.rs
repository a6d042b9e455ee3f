//! A fitted model: coefficients, tests, what follows for one customer.

use super::baseline::{Baseline, Predicted};
use super::fit::{Control, Point};
use super::ordered::Ordered;
use super::{Refusal, Spells};
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::{chi_square, normal};
use nalgebra::{DMatrix, DVector};

/// A chi-square test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// The statistic.
    pub chi_square: f64,
    /// Degrees of freedom.
    pub df: u32,
    /// Chance of at least this much if nothing were there.
    pub p: f64,
}

impl Test {
    /// From a statistic with `df` degrees of freedom.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::survival::cox::Test;
    /// assert!((Test::new(3.841_458_820_694_124, 1).p - 0.05).abs() < 1e-12);
    /// ```
    pub fn new(chi_square: f64, df: u32) -> Self {
        Self { chi_square, df, p: chi_square::tails(chi_square, f64::from(df)).above }
    }
}

/// One covariate of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// The covariate.
    pub name: String,
    /// Change of the log hazard per unit of it.
    pub value: f64,
    /// Standard error.
    pub se: f64,
    /// value / se.
    pub z: f64,
    /// Two-sided p-value of z.
    pub p: f64,
    /// Interval of the coefficient.
    pub interval: Interval,
    /// e^value: how many times the hazard per unit more.
    pub hazard_ratio: f64,
    /// Its interval.
    pub hazard_ratio_interval: Interval,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Names of the covariates.
    pub names: Vec<String>,
    /// How it was fitted.
    pub control: Control,
    /// Coefficients per unit of the covariates.
    pub beta: Vec<f64>,
    /// Their covariance, the inverse of the information.
    pub covariance: DMatrix<f64>,
    /// Units.
    pub n: u64,
    /// Events.
    pub events: u64,
    /// Log partial likelihood without covariates.
    pub log_likelihood_null: f64,
    /// Log partial likelihood.
    pub log_likelihood: f64,
    /// Twice what the covariates add to the log partial likelihood.
    pub likelihood_ratio: Test,
    /// βᵀ I(β) β.
    pub wald: Test,
    /// U(0)ᵀ I(0)⁻¹ U(0).
    pub score: Test,
    /// Newton steps taken.
    pub iterations: u32,
    /// Cumulative hazard of a customer whose covariates are all 0.
    pub baseline: Baseline,
}

impl Model {
    pub(super) fn new(
        spells: &Spells,
        control: Control,
        data: &Ordered,
        null: &Point,
        at: &Point,
        beta: &DVector<f64>,
        iterations: u32,
    ) -> Option<Self> {
        let p = data.p;
        let inverse = at.information.clone().cholesky()?.inverse();
        let null_inverse = null.information.clone().cholesky()?;
        let scale = |j: usize| data.scale[j];
        let df = p as u32;
        let gained = (2.0 * (at.log_likelihood - null.log_likelihood)).max(0.0);
        Some(Self {
            names: spells.names().to_vec(),
            control,
            beta: (0..p).map(|j| beta[j] / scale(j)).collect(),
            covariance: DMatrix::from_fn(p, p, |i, j| inverse[(i, j)] / (scale(i) * scale(j))),
            n: spells.n(),
            events: spells.events(),
            log_likelihood_null: null.log_likelihood,
            log_likelihood: at.log_likelihood,
            likelihood_ratio: Test::new(gained, df),
            wald: Test::new((&at.information * beta).dot(beta), df),
            score: Test::new(null_inverse.solve(&null.score).dot(&null.score), df),
            iterations,
            baseline: Baseline::new(data, control, beta),
        })
    }

    /// Coefficients with standard errors from the information.
    ///
    /// Intervals are normal on the coefficient, β ± z se, and carried to the
    /// hazard ratio by e^x. Source: `cox1972`.
    pub fn coefficients(&self, level: Level) -> Vec<Coefficient> {
        self.coefficients_with(&self.covariance, level)
    }

    /// Coefficients with standard errors from another covariance, such as [`super::robust_covariance`].
    pub fn coefficients_with(&self, covariance: &DMatrix<f64>, level: Level) -> Vec<Coefficient> {
        let one = |(j, name): (usize, &String)| {
            let (value, se) = (self.beta[j], covariance[(j, j)].sqrt());
            let (low, high) = (value - level.z() * se, value + level.z() * se);
            let z = value / se;
            Coefficient {
                name: name.clone(),
                value,
                se,
                z,
                p: normal::tails(z).two_sided(),
                interval: Interval::closed(low, high, level.value(), Method::Wald),
                hazard_ratio: value.exp(),
                hazard_ratio_interval: Interval::closed(
                    low.exp(),
                    high.exp(),
                    level.value(),
                    Method::LogWald,
                ),
            }
        };
        self.names.iter().enumerate().map(one).collect()
    }

    /// The linear predictor xβ of one profile.
    pub fn linear(&self, x: &[f64]) -> f64 {
        x.iter().zip(&self.beta).map(|(x, b)| x * b).sum()
    }

    /// Survival of a customer with covariates `x` at every age with events.
    ///
    /// Formula: S(t | x) = e^(−H₀(t) e^(xβ)), with
    /// Var ln S = e^(2xβ) (Σ Σₗ c⁻² + qᵀ V q), q(t) = Σ Σₗ (x − x̄)/c.
    /// The interval is normal on ln(−ln S). Source: `therneau2000`.
    ///
    /// # Errors
    /// [`Refusal::Width`] and [`Refusal::NotANumber`] for a profile that does not fit the model.
    pub fn survival_of(&self, x: &[f64], level: Level) -> Result<Vec<Predicted>, Refusal> {
        if x.len() != self.beta.len() {
            return Err(Refusal::Width { wanted: self.beta.len(), got: x.len() });
        }
        if let Some(j) = x.iter().position(|x| !x.is_finite()) {
            return Err(Refusal::NotANumber { what: self.names[j].clone() });
        }
        Ok(self.baseline.survival_of(x, self.linear(x), &self.covariance, level))
    }
}
