//! Newton's search for the top of a concave function.

use super::FitError;
use super::solve::Factor;
use nalgebra::{DMatrix, DVector};

/// Rounds after which the search gives up.
const MOST: u32 = 60;

/// A function at a point: value, gradient, and minus the second derivatives.
pub(super) struct At {
    pub(super) value: f64,
    pub(super) gradient: DVector<f64>,
    pub(super) information: DMatrix<f64>,
}

/// Climbs from a start; a step that loses is halved.
///
/// It ends where the step promises less than 10⁻¹⁸ of the value and no longer
/// moves: quadratic steps then hold all digits.
pub(super) fn climb(
    start: DVector<f64>,
    f: impl Fn(&DVector<f64>) -> At,
) -> Result<(DVector<f64>, At), FitError> {
    let mut at = start;
    let mut here = f(&at);
    for _ in 0..MOST {
        let step = Factor::new(&here.information)?.solve(&here.gradient);
        let promise = step.dot(&here.gradient);
        if !promise.is_finite() {
            return Err(FitError::Restless { rounds: MOST });
        }
        let mut length = 1.0;
        let (next, there) = loop {
            let next = &at + &step * length;
            let there = f(&next);
            if there.value.is_finite() && there.value >= here.value - 1e-13 * (1.0 + here.value.abs()) {
                break (next, there);
            }
            length *= 0.5;
            if length < 1e-10 {
                return Ok((at, here));
            }
        };
        (at, here) = (next, there);
        if promise < 1e-18 * (1.0 + here.value.abs()) {
            return Ok((at, here));
        }
    }
    Err(FitError::Restless { rounds: MOST })
}
