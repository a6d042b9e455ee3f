//! An effect with the checks that it passed, and the grade they leave.

use super::{Effect, Finding, grade_left};
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;

/// One check of a design's assumptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Short stable name.
    pub name: &'static str,
    /// True where nothing speaks against the assumption.
    pub passed: bool,
    /// The figure that was judged; what it is stands in `says`.
    pub figure: f64,
    /// What the figure means.
    pub says: String,
    /// What a failure means for the grade.
    pub finding: Finding,
}

/// An effect as a study carries it, whatever design found it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The effect.
    pub effect: Effect,
    /// Every check of its design, passed or failed.
    pub checks: Vec<Check>,
    /// The grade that the checks leave.
    pub grade_left: Grade,
}

impl Measured {
    /// Brings an effect and its checks together; `best` is the grade of the design.
    ///
    /// # Errors
    /// [`Refused`] where a failed check leaves no grade.
    ///
    /// # Examples
    /// ```
    /// use cx_core::ground::evidence::Grade;
    /// use cx_core::infer::effects::{Check, Effect, Finding, Measured};
    /// let check = |passed, finding| Check { name: "check", passed, figure: 0.3, says: "a share".into(), finding };
    /// let effect = Effect::normal(1.0, 0.2);
    /// let weak = Measured::new(effect, Grade::R, vec![check(false, Finding::Attrition)]).unwrap();
    /// assert_eq!(weak.grade_left, Grade::W);
    /// assert!(Measured::new(effect, Grade::R, vec![check(false, Finding::SampleRatio)]).is_err());
    /// ```
    pub fn new(effect: Effect, best: Grade, checks: Vec<Check>) -> Result<Self, Refused> {
        let failed = |check: &&Check| !check.passed;
        if let Some(fatal) = checks.iter().filter(failed).find(|c| grade_left(best, &[c.finding]).is_none()) {
            return Err(Refused {
                rule: fatal.name.to_owned(),
                reason: fatal.says.clone(),
                lift: "another design, or data in which this check passes".to_owned(),
            });
        }
        let findings: Vec<Finding> = checks.iter().filter(failed).map(|c| c.finding).collect();
        // Nothing fatal is left, so there is a grade.
        let grade_left = grade_left(best, &findings).unwrap_or(Grade::T);
        Ok(Self { effect, checks, grade_left })
    }
}
