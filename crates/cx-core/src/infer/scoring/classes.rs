//! Chances of yes or no against what happened.

use super::{Confusion, thresholds};
use crate::ground::estimate::Refused;
use crate::infer::regression::{Family, FitError, Pooled, Variance, area_under_curve, generalised};

/// One case with its chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// Predicted chance, 0..1.
    pub chance: f64,
    /// Whether it happened.
    pub happened: bool,
    /// Weight, above 0; 1 where cases count alike.
    pub weight: f64,
}

/// Cases of both outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    cases: Vec<Case>,
    weight: f64,
    yes: f64,
}

/// The cases with the highest chances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Top {
    /// How much likelier it happened among them than among all.
    pub lift: f64,
    /// Share of all that happened which is among them.
    pub gain: f64,
}

impl Classes {
    /// Takes cases.
    ///
    /// # Errors
    /// The refusal `one_outcome` where everything or nothing happened, or where a
    /// chance lies outside 0..1 or a weight is not above 0.
    pub fn new(cases: Vec<Case>) -> Result<Self, Refused> {
        let sound = |c: &Case| (0.0..=1.0).contains(&c.chance) && c.weight > 0.0 && c.weight.is_finite();
        let weight: f64 = cases.iter().map(|c| c.weight).sum();
        let yes: f64 = cases.iter().filter(|c| c.happened).map(|c| c.weight).sum();
        if cases.iter().all(sound) && cases.iter().any(|c| c.happened) && cases.iter().any(|c| !c.happened) {
            return Ok(Self { cases, weight, yes });
        }
        Err(Refused {
            rule: "one_outcome".to_owned(),
            reason: "everything or nothing happened, or a chance is none".to_owned(),
            lift: "score chances between 0 and 1 on cases of both outcomes".to_owned(),
        })
    }

    /// The cases.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    fn mean(&self, of: impl Fn(&Case) -> f64) -> f64 {
        self.cases.iter().map(|c| c.weight * of(c)).sum::<f64>() / self.weight
    }

    /// Mean squared error of the chances. Source: `brier1950`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::scoring::{Case, Classes};
    /// let case = |chance, happened| Case { chance, happened, weight: 1.0 };
    /// let classes = Classes::new(vec![case(0.9, true), case(0.2, false), case(0.4, true)]).unwrap();
    /// assert!((classes.brier() - (0.01 + 0.04 + 0.36) / 3.0).abs() < 1e-12);
    /// assert_eq!(classes.area(), 1.0);
    /// assert_eq!(classes.top(1, 3).unwrap().lift, 1.5);
    /// ```
    pub fn brier(&self) -> f64 {
        self.mean(|c| (c.chance - f64::from(u8::from(c.happened))).powi(2))
    }

    /// Skill of the Brier score against the share that happened; higher is better.
    pub fn brier_skill(&self) -> f64 {
        let share = self.yes / self.weight;
        1.0 - self.brier() / (share * (1.0 - share))
    }

    /// Mean of −ln of the chance of what happened; chances are cut 10⁻¹⁵ inside 0..1.
    pub fn log_loss(&self) -> f64 {
        self.mean(|c| {
            let p = c.chance.clamp(1e-15, 1.0 - 1e-15);
            -if c.happened { p } else { 1.0 - p }.ln()
        })
    }

    /// Area under the ROC curve, ties half; higher is better.
    pub fn area(&self) -> f64 {
        let counts = |c: &Case| {
            if c.happened { (c.chance, c.weight, 0.0) } else { (c.chance, 0.0, c.weight) }
        };
        let counted: Vec<_> = self.cases.iter().map(counts).collect();
        area_under_curve(&counted).unwrap_or(f64::NAN)
    }

    /// Gini's coefficient, 2 area − 1.
    pub fn gini(&self) -> f64 {
        2.0 * self.area() - 1.0
    }

    /// Yes and no (weights) at or above each chance, the highest first.
    fn steps(&self) -> Vec<(f64, f64)> {
        let mut order: Vec<&Case> = self.cases.iter().collect();
        order.sort_by(|a, b| b.chance.total_cmp(&a.chance));
        let (mut yes, mut no) = (0.0, 0.0);
        order
            .chunk_by(|a, b| a.chance == b.chance)
            .map(|tie| {
                for case in tie {
                    if case.happened { yes += case.weight } else { no += case.weight }
                }
                (yes, no)
            })
            .collect()
    }

    /// Average precision, Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct chances; higher is better.
    pub fn average_precision(&self) -> f64 {
        let mut before = 0.0;
        let part = |(yes, no): (f64, f64)| {
            let rise = (yes - before) / self.yes;
            before = yes;
            rise * yes / (yes + no)
        };
        self.steps().into_iter().map(part).sum()
    }

    /// Largest distance between the distributions of the chances of both outcomes.
    pub fn separation(&self) -> f64 {
        let no_all = self.weight - self.yes;
        self.steps().into_iter().map(|(yes, no)| yes / self.yes - no / no_all).fold(0.0, f64::max)
    }

    /// The top `part` of `of` parts of the cases, rounded up; ties in the order
    /// given. Weights are not used. `None` unless 0 < part ≤ of.
    pub fn top(&self, part: usize, of: usize) -> Option<Top> {
        if part == 0 || part > of {
            return None;
        }
        let n = self.cases.len();
        let take = (n * part).div_ceil(of);
        let mut order: Vec<&Case> = self.cases.iter().collect();
        order.sort_by(|a, b| b.chance.total_cmp(&a.chance));
        let yes = |cases: &[&Case]| cases.iter().filter(|c| c.happened).count() as f64;
        let (found, all) = (yes(&order[..take]), yes(&order));
        Some(Top { lift: found / take as f64 / (all / n as f64), gain: found / all })
    }

    /// Yes and no at a threshold; a chance on it counts as yes.
    pub fn confusion(&self, threshold: f64) -> Confusion {
        thresholds::confusion(&self.cases, threshold)
    }

    /// Intercept and slope of what happened on the logit of the chances; 0 and 1 are right.
    ///
    /// Chances are cut 10⁻⁹ inside 0..1. Source: `cox1958`.
    ///
    /// # Errors
    /// [`FitError`] where the fit has no peak.
    pub fn recalibration(&self) -> Result<(f64, f64), FitError> {
        let row = |c: &Case| {
            let p = c.chance.clamp(1e-9, 1.0 - 1e-9);
            Pooled::row(vec![1.0, (p / (1.0 - p)).ln()], f64::from(u8::from(c.happened)))
        };
        let rows: Vec<Pooled> = self.cases.iter().map(row).collect();
        let fit = generalised(&rows, Family::Logit, Variance::Classical, 0.0)?;
        Ok((fit.coefficients[0], fit.coefficients[1]))
    }
}
