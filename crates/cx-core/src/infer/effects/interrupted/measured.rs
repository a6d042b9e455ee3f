//! An interrupted series with its checks.

use super::{Serial, Series, segmented};
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;
use crate::infer::Level;
use crate::infer::effects::{Check, Finding, Measured};

/// Share of the last error from which a series is said to wander.
const WANDERS: f64 = 0.8;
/// Periods before the start from which a placebo start in their middle is tried.
const FEWEST_PLACEBO: usize = 24;

/// The mean effect after the start, errors of first order, with its checks.
///
/// With a control series: errors must not wander, the two must run parallel
/// before the start, the control itself must not move at it, and with 24
/// periods before it a placebo start in their middle must show nothing; then
/// the grade is Q. Without a control series it is T, always.
/// Source: definition of this product.
///
/// # Errors
/// As [`segmented`].
///
/// # Examples
/// ```
/// use cx_core::ground::evidence::Grade;
/// use cx_core::infer::effects::interrupted::{measured, Series};
/// let wave = |t: i32| f64::from(t * t % 7) * 0.1;
/// let outcome: Vec<f64> = (0..30).map(|t| wave(t) + if t >= 15 { 5.0 } else { 0.0 }).collect();
/// let control: Vec<f64> = (0..30).map(|t| wave(3 * t + 1)).collect();
/// let alone = Series { outcome: &outcome, control: None, start: 15, season: None };
/// assert_eq!(measured(&alone).unwrap().grade_left, Grade::T);
/// assert_eq!(measured(&Series { control: Some(&control), ..alone }).unwrap().grade_left, Grade::Q);
/// ```
pub fn measured(series: &Series<'_>) -> Result<Measured, Refused> {
    let line = segmented(series, Serial::FirstOrder)?;
    let holds = |passed: bool, name: &'static str, figure: f64, says: &str| Check {
        name,
        passed,
        figure,
        says: says.to_owned(),
        finding: Finding::OtherEvents,
    };
    let mut checks = vec![holds(
        line.rho < WANDERS,
        "errors over time",
        line.rho,
        "share of the last error that stays; a series that wanders makes jumps by itself",
    )];
    if let Some(control) = series.control {
        let own =
            segmented(&Series { outcome: control, control: None, ..*series }, Serial::FirstOrder)?.effect;
        let still = own.interval(Level::P95).contains(0.0);
        checks.push(holds(
            still,
            "control series",
            own.value,
            "how far the control moved at the start by itself",
        ));
        let parallel = line.slope.interval(Level::P95).contains(0.0);
        checks.push(holds(
            parallel,
            "parallel before",
            line.slope.value,
            "drift from the control per period before",
        ));
        if series.start >= FEWEST_PLACEBO {
            let before = Series {
                outcome: &series.outcome[..series.start],
                control: Some(&control[..series.start]),
                start: series.start / 2,
                season: series.season,
            };
            // Too short for its seasons, it says nothing for or against.
            if let Ok(placebo) = segmented(&before, Serial::FirstOrder) {
                let still = placebo.effect.interval(Level::P95).contains(0.0);
                checks.push(holds(
                    still,
                    "placebo start",
                    placebo.effect.value,
                    "the effect of a start that was none",
                ));
            }
        }
    } else {
        let says = "anything else that happened in that period is in this number";
        checks.push(holds(false, "control series", f64::NAN, says));
    }
    Measured::new(line.effect, Grade::Q, checks)
}
