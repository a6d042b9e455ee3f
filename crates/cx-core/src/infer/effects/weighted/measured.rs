//! The effect on those who chose in, with its checks.

use super::{BalanceTable, Over, Overlap, Person, balance_table, doubly_robust, overlap, propensities};
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;
use crate::infer::Level;
use crate::infer::effects::{Check, Effect, Finding, Measured};
use crate::infer::linkage::robustness_value;

/// Share of choice and outcome left unexplained that a hidden cause must hold
/// to undo an effect; below it the effect is weak.
const ROBUST: f64 = 0.05;

/// People who chose in with those like them, ready for any outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    people: Vec<Person>,
    chances: Vec<f64>,
    /// Who had a counterpart.
    pub overlap: Overlap,
    /// How alike the two groups are under the weights.
    pub balance: BalanceTable,
}

impl Alike {
    /// The chance of everybody to choose in, people without a counterpart trimmed.
    ///
    /// # Errors
    /// [`Refused`] as [`propensities`] and [`overlap`].
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::effects::weighted::{Alike, Person};
    /// let people: Vec<Person> = (0..400)
    ///     .map(|i| Person { known: vec![f64::from(i % 5)], treated: i % 3 == 0, outcome: 0.0 })
    ///     .collect();
    /// let mut alike = Alike::of(&people).unwrap();
    /// // An outcome that goes with what is known and with nothing else: no effect.
    /// let outcomes: Vec<f64> = (0..400).map(|i| f64::from(i % 5) * 2.0).collect();
    /// assert!(alike.effect(&outcomes).unwrap().value.abs() < 1e-9);
    /// ```
    pub fn of(people: &[Person]) -> Result<Self, Refused> {
        let chances = propensities(people)?;
        let treated: Vec<bool> = people.iter().map(|p| p.treated).collect();
        let overlap = overlap(&treated, &chances)?;
        let people: Vec<Person> = overlap.kept.iter().map(|i| people[*i].clone()).collect();
        let chances: Vec<f64> = overlap.kept.iter().map(|i| chances[*i]).collect();
        let odds: Vec<f64> = chances.iter().map(|e| e / (1.0 - e)).collect();
        let balance = balance_table(&people, &odds);
        Ok(Self { people, chances, overlap, balance })
    }

    /// Number of people kept, those who chose in first.
    pub fn sizes(&self) -> (u64, u64) {
        let treated = self.people.iter().filter(|p| p.treated).count() as u64;
        (treated, self.people.len() as u64 - treated)
    }

    /// The doubly robust effect on the treated of an outcome, told for everybody
    /// in the order they were given, trimmed people too.
    ///
    /// # Errors
    /// [`Refused`] as [`doubly_robust`].
    pub fn effect(&mut self, outcomes: &[f64]) -> Result<Effect, Refused> {
        for (person, place) in self.people.iter_mut().zip(&self.overlap.kept) {
            person.outcome = outcomes[*place];
        }
        doubly_robust(&self.people, &self.chances, Over::Treated)
    }

    /// Balance and overlap, which hold for every outcome.
    pub fn checks(&self) -> [Check; 2] {
        let worst = self.balance.covariates.iter().map(|c| c.after.abs()).fold(0.0, f64::max);
        [
            Check {
                name: "balance",
                passed: self.balance.passes(),
                figure: worst,
                says: "the largest standardised difference under the weights".to_owned(),
                finding: Finding::Placebo,
            },
            Check {
                name: "overlap",
                passed: true,
                figure: self.overlap.trimmed,
                says: format!(
                    "share trimmed; the controls count for {:.0} people",
                    self.overlap.effective_controls
                ),
                finding: Finding::Overlap,
            },
        ]
    }

    /// How strong a hidden cause would have to be to undo an effect.
    pub fn hidden_cause(&self, effect: &Effect) -> Check {
        let n = self.people.len() as f64;
        let robustness = effect.p().and_then(|_| robustness_value(effect.value / effect.se, n));
        let robustness = robustness.unwrap_or(0.0);
        Check {
            name: "hidden cause",
            passed: robustness >= ROBUST,
            figure: robustness,
            says: "share of what is left of choice and outcome that would undo the effect".to_owned(),
            finding: Finding::Weak,
        }
    }

    /// The effect on an outcome from before the start, which must be 0.
    ///
    /// # Errors
    /// [`Refused`] as [`doubly_robust`].
    pub fn placebo(&mut self, before: &[f64]) -> Result<Check, Refused> {
        let placebo = self.effect(before)?;
        Ok(Check {
            name: "outcome before",
            passed: placebo.interval(Level::P95).contains(0.0),
            figure: placebo.value,
            says: "the effect on an outcome from before the start, which must be 0".to_owned(),
            finding: Finding::Placebo,
        })
    }
}

/// The doubly robust effect on the treated, people without a counterpart
/// trimmed, with its checks: balance under the weights, an outcome from before
/// the start (`before`, per person, not among what is known), and how strong a
/// hidden cause would have to be.
///
/// Grade W at most; people out of balance or a placebo with an effect leave A.
/// Source: definition of this product.
///
/// # Errors
/// [`Refused`] as [`Alike::of`] and [`doubly_robust`].
pub fn measured(people: &[Person], before: Option<&[f64]>) -> Result<Measured, Refused> {
    let mut alike = Alike::of(people)?;
    let outcomes: Vec<f64> = people.iter().map(|p| p.outcome).collect();
    let effect = alike.effect(&outcomes)?;
    let mut checks = alike.checks().to_vec();
    checks.push(alike.hidden_cause(&effect));
    if let Some(values) = before {
        checks.push(alike.placebo(values)?);
    }
    Measured::new(effect, Grade::W, checks)
}
