//! Outcomes that the score cannot have changed.

use super::banded::Drawn;
use crate::infer::Level;

/// What a negative control says about an adjusted difference.
#[derive(Debug, Clone, PartialEq)]
pub struct NegativeControl {
    /// The outcome that the score cannot have changed, such as spend before the answer.
    pub name: String,
    /// The adjusted difference that it shows all the same.
    pub bias: Drawn,
    /// True where its interval keeps clear of 0.
    pub fails: bool,
    /// The adjusted difference less that bias, where it fails.
    pub corrected: Option<Drawn>,
}

/// Holds an adjusted difference against one that ought to be 0.
///
/// What remains of a difference before the answer is what the adjustment did
/// not catch; where its interval keeps clear of 0, the same size is taken off,
/// world by world. Both figures must be in the same unit and over windows of
/// the same length. Source: `lipsitch2010`.
///
/// # Examples
/// ```
/// use cx_core::ground::estimate::Method;
/// use cx_core::infer::{linkage::{negative_control, Drawn}, Level};
/// let figure = |value, se| Drawn { value, se, draws: Vec::new(), method: Method::DoublyRobust };
/// let check = negative_control("spend before", &figure(10.0, 1.0), figure(4.0, 1.0), Level::P95);
/// assert_eq!(check.corrected.unwrap().value, 6.0);
/// assert!(!negative_control("spend before", &figure(10.0, 1.0), figure(1.0, 1.0), Level::P95).fails);
/// ```
pub fn negative_control(name: &str, adjusted: &Drawn, bias: Drawn, level: Level) -> NegativeControl {
    let fails = !bias.interval(level).contains(0.0);
    let corrected = fails.then(|| adjusted.minus(&bias));
    NegativeControl { name: name.to_owned(), bias, fails, corrected }
}
