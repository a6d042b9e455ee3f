//! Units that were chosen because they were bad.

use crate::ground::estimate::Refused;
use crate::infer::means::{Summary, welch};
use crate::infer::unit_scores::{Bounce, bounce};

/// How units came to be chosen, judged by the outcome before the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// Mean outcome before, chosen less not chosen.
    pub gap: f64,
    /// Its two-sided p-value.
    pub p: f64,
    /// True where choice went with the outcome before, at 5 %.
    pub by_outcome: bool,
}

impl Chosen {
    /// Compares the outcome before the start; `None` where a group has fewer
    /// than two units or nothing varies.
    pub fn of(chosen: &[f64], others: &[f64]) -> Option<Self> {
        let test = welch(&Summary::of(chosen)?, &Summary::of(others)?)?;
        Some(Self { gap: test.difference, p: test.p, by_outcome: test.p < 0.05 })
    }
}

/// What a plain before-and-after of the chosen units would show with nobody doing anything.
///
/// Units chosen for being bad improve anyway, so before-and-after and matching
/// on a single value before are refused whenever choice went with the outcome
/// before. The expected bounce is in the reason, to stand beside the observed
/// one. Source: `davis1976`.
///
/// # Errors
/// [`Refused`] where units were chosen by the outcome.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::{before_after, Chosen};
/// let low = [10.0, 12.0, 11.0, 9.0];
/// let rest = [30.0, 28.0, 35.0, 31.0, 33.0];
/// let chosen = Chosen::of(&low, &rest).unwrap();
/// let refused = before_after(&chosen, 8.0, 80.0 / 40.0_f64.sqrt(), 0.2).unwrap_err();
/// assert!(refused.reason.contains("15.0"));
/// ```
pub fn before_after(
    chosen: &Chosen,
    true_sd: f64,
    sampling_sd: f64,
    share: f64,
) -> Result<Option<Bounce>, Refused> {
    let expected = bounce(true_sd, sampling_sd, share);
    if !chosen.by_outcome {
        return Ok(expected);
    }
    let size =
        expected.map_or_else(String::new, |b| format!("; {:.1} of it with no action at all", b.expected));
    Err(Refused {
        rule: "regression to the mean".to_owned(),
        reason: format!(
            "the chosen units differed by {:.1} before the start, so they would have moved back{size}",
            chosen.gap
        ),
        lift: "units that were not chosen, with several periods before the start, or a random choice"
            .to_owned(),
    })
}
