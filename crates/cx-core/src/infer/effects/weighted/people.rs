//! People with what was known before.

use crate::ground::estimate::Refused;
use crate::infer::regression::{Family, FitError, Generalised, Pooled, Variance, generalised};

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Covariates known before the start, without a constant. For an outcome
    /// that moves, three values of it from before at least: one alone bounces.
    pub known: Vec<f64>,
    /// True where the person chose in.
    pub treated: bool,
    /// The outcome.
    pub outcome: f64,
}

impl Person {
    /// The design point, a constant first.
    pub(super) fn design(&self) -> Vec<f64> {
        [1.0].into_iter().chain(self.known.iter().copied()).collect()
    }
}

/// The logit of choosing in on what was known before.
///
/// # Errors
/// [`Refused`] where nobody or everybody chose in, or a covariate tells the two apart.
pub fn propensity_model(people: &[Person]) -> Result<Generalised, Refused> {
    let rows: Vec<Pooled> =
        people.iter().map(|p| Pooled::trials(p.design(), u64::from(p.treated), 1)).collect();
    generalised(&rows, Family::Logit, Variance::Classical, 0.0).map_err(FitError::refused)
}

/// The chance of each person to choose in, 0..1.
///
/// # Errors
/// As [`propensity_model`].
///
/// # Examples
/// ```
/// use cx_core::infer::effects::weighted::{propensities, Person};
/// let people: Vec<Person> = (0..20)
///     .map(|i| Person { known: vec![f64::from(i % 2)], treated: i % 4 == 0 || i % 5 == 0, outcome: 0.0 })
///     .collect();
/// let chances = propensities(&people).unwrap();
/// // One yes-or-no covariate: the share of each of its groups.
/// assert!((chances[0] - 0.6).abs() < 1e-9 && (chances[1] - 0.2).abs() < 1e-9);
/// ```
pub fn propensities(people: &[Person]) -> Result<Vec<f64>, Refused> {
    let model = propensity_model(people)?;
    Ok(people.iter().map(|p| model.mean(&p.design())).collect())
}
