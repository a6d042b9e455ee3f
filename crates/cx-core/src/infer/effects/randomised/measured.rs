//! A randomised effect with its checks.

use super::{Balance, attrition, sample_ratio};
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;
use crate::infer::Level;
use crate::infer::effects::{Check, Effect, Finding, Measured};
use crate::infer::shares::Counted;

/// What is known about the assignment besides the outcome, treated first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assigned {
    /// People assigned.
    pub people: [u64; 2],
    /// Shares planned; they need not sum to 1.
    pub planned: [f64; 2],
    /// People without an outcome.
    pub lost: [u64; 2],
    /// The outcome before the start, where it is known.
    pub before: Option<Balance>,
}

/// A randomised effect with its checks: sizes of the arms, people lost, and
/// the outcome before the start.
///
/// Grade R; W where the arms lost different shares or stood apart before:
/// show [`super::lee_bounds`] or [`super::cuped`] beside it.
/// Source: definition of this product.
///
/// # Errors
/// [`Refused`] as [`sample_ratio`], and with more people lost than assigned.
///
/// # Examples
/// ```
/// use cx_core::ground::evidence::Grade;
/// use cx_core::infer::effects::{Effect, randomised::{measured, Assigned}};
/// let all = Assigned { people: [1_000, 1_010], planned: [0.5, 0.5], lost: [20, 22], before: None };
/// assert_eq!(measured(Effect::normal(2.0, 0.5), &all).unwrap().grade_left, Grade::R);
/// let uneven = Assigned { lost: [20, 70], ..all };
/// assert_eq!(measured(Effect::normal(2.0, 0.5), &uneven).unwrap().grade_left, Grade::W);
/// ```
pub fn measured(effect: Effect, all: &Assigned) -> Result<Measured, Refused> {
    let ratio = sample_ratio(&all.people, &all.planned)?;
    let lost = |arm: usize| Counted { k: all.lost[arm] as f64, n: all.people[arm] as f64 };
    let fine = (0..2).all(|arm| all.lost[arm] <= all.people[arm]);
    let lost = attrition(lost(0), lost(1), Level::P95).filter(|_| fine).ok_or_else(|| Refused {
        rule: "people lost".to_owned(),
        reason: format!("{:?} lost of {:?} assigned", all.lost, all.people),
        lift: "counts of people assigned and of those without an outcome".to_owned(),
    })?;
    let mut checks = vec![
        Check {
            name: "sample ratio",
            passed: true,
            figure: ratio.p,
            says: format!("p = {:.3} of arms so far from the plan", ratio.p),
            finding: Finding::SampleRatio,
        },
        Check {
            name: "attrition",
            passed: lost.p >= 0.05,
            figure: lost.difference,
            says: format!("difference of the shares lost, p = {:.3}", lost.p),
            finding: Finding::Attrition,
        },
    ];
    if let Some(before) = all.before {
        checks.push(Check {
            name: "balance",
            passed: before.p >= 0.01,
            figure: before.standardised,
            says: format!("standardised difference of the outcome before, p = {:.3}", before.p),
            finding: Finding::Attrition,
        });
    }
    Measured::new(effect, Grade::R, checks)
}
