//! The effect on those who chose in, with its checks.

use super::{Over, Person, balance_table, doubly_robust, overlap, propensities};
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;
use crate::infer::Level;
use crate::infer::effects::{Check, Finding, Measured};
use crate::infer::linkage::robustness_value;

/// The doubly robust effect on the treated, people without a counterpart
/// trimmed, with its checks: balance under the weights, an outcome from before
/// the start (`before`, per person, not among what is known), and how strong a
/// hidden cause would have to be.
///
/// Grade W at most; people out of balance or a placebo with an effect leave A.
/// Source: definition of this product.
///
/// # Errors
/// [`Refused`] as [`overlap`], [`propensities`] and [`doubly_robust`].
pub fn measured(people: &[Person], before: Option<&[f64]>) -> Result<Measured, Refused> {
    let chances = propensities(people)?;
    let treated: Vec<bool> = people.iter().map(|p| p.treated).collect();
    let left = overlap(&treated, &chances)?;
    let kept: Vec<Person> = left.kept.iter().map(|i| people[*i].clone()).collect();
    let chances: Vec<f64> = left.kept.iter().map(|i| chances[*i]).collect();
    let effect = doubly_robust(&kept, &chances, Over::Treated)?;
    let odds: Vec<f64> = chances.iter().map(|e| e / (1.0 - e)).collect();
    let table = balance_table(&kept, &odds);
    let worst = table.covariates.iter().map(|c| c.after.abs()).fold(0.0, f64::max);
    let robustness =
        effect.p().and_then(|_| robustness_value(effect.value / effect.se, kept.len() as f64)).unwrap_or(0.0);
    let mut checks = vec![
        Check {
            name: "balance",
            passed: table.passes(),
            figure: worst,
            says: "the largest standardised difference under the weights".to_owned(),
            finding: Finding::Placebo,
        },
        Check {
            name: "overlap",
            passed: true,
            figure: left.trimmed,
            says: format!("share trimmed; the controls count for {:.0} people", left.effective_controls),
            finding: Finding::Overlap,
        },
        Check {
            name: "hidden cause",
            passed: robustness >= 0.05,
            figure: robustness,
            says: "share of what is left of choice and outcome that would undo the effect".to_owned(),
            finding: Finding::Weak,
        },
    ];
    if let Some(values) = before {
        let moved: Vec<Person> =
            left.kept.iter().map(|i| Person { outcome: values[*i], ..people[*i].clone() }).collect();
        let placebo = doubly_robust(&moved, &chances, Over::Treated)?;
        checks.push(Check {
            name: "outcome before",
            passed: placebo.interval(Level::P95).contains(0.0),
            figure: placebo.value,
            says: "the effect on an outcome from before the start, which must be 0".to_owned(),
            finding: Finding::Placebo,
        });
    }
    Measured::new(effect, Grade::W, checks)
}
