//! The jump at a cut-off.

use super::Bandwidths;
use super::bandwidth::of_sides;
use super::side::{Side, along, spread};
use crate::ground::estimate::{Method, Refused};
use crate::infer::effects::Effect;
use crate::infer::regression::{FitError, Pooled, Variance, least_squares};

/// Different values of the running variable on a side, near the cut-off, below which no jump is given.
pub const FEWEST_NEAR: usize = 10;

/// Who is where, and the rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut<'a> {
    /// What the rule looks at, per unit.
    pub running: &'a [f64],
    /// The outcome, per unit.
    pub outcome: &'a [f64],
    /// Units at or above it are treated.
    pub at: f64,
}

pub(super) fn refuse(rule: &str, reason: String, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() }
}

impl Cut<'_> {
    /// Points below the cut-off and at or above it.
    pub(super) fn sides(&self) -> Result<[Side; 2], Refused> {
        let fine = |values: &[f64]| values.iter().all(|v| v.is_finite());
        if self.running.len() != self.outcome.len() || !(fine(self.running) && fine(self.outcome)) {
            let reason = "a unit has no outcome or no place on the running variable".to_owned();
            return Err(refuse("units without gaps", reason, "both numbers for every unit"));
        }
        let of = |above: bool| {
            let points = self.running.iter().zip(self.outcome);
            Side::new(
                points.filter(|(x, _)| (**x >= self.at) == above).map(|(x, y)| (x - self.at, *y)).collect(),
            )
        };
        Ok([of(false), of(true)])
    }
}

/// A jump, as units at or above the cut-off less those below, at the cut-off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// Difference of the two lines, whose interval forgets that lines bend: for comparison.
    pub conventional: Effect,
    /// With the bias taken off and its noise counted: the one to show.
    pub robust: Effect,
    /// The distances used.
    pub bandwidths: Bandwidths,
    /// Units within the distance of the lines, below and above.
    pub near: [u64; 2],
}

/// The jump of an outcome where a rule begins to treat.
///
/// Local lines on both sides under a triangular kernel; the bias left by
/// lines is estimated from local parabolas and taken off, and the standard
/// error holds the noise of both. Without `bandwidths` those of
/// [`super::bandwidths`] are used. It tells about units near the cut-off and
/// nobody else. Source: `calonico2014`.
///
/// # Errors
/// [`Refused`] with fewer than 10 different values near the cut-off on a side
/// (a rounded running variable), or with gaps.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::discontinuity::{discontinuity, Cut}, Level};
/// let running: Vec<f64> = (-200..200).map(|i| f64::from(i) / 200.0).collect();
/// let wave = |i: usize| 0.1 * ((i * 37 % 17) as f64 / 8.0 - 1.0);
/// let outcome: Vec<f64> =
///     (0..400).map(|i| running[i] + wave(i) + if running[i] >= 0.0 { 2.0 } else { 0.0 }).collect();
/// let jump = discontinuity(&Cut { running: &running, outcome: &outcome, at: 0.0 }, None).unwrap();
/// assert!(jump.robust.interval(Level::P95).contains(2.0) && jump.robust.se < 0.1);
/// ```
pub fn discontinuity(cut: &Cut<'_>, bandwidths: Option<Bandwidths>) -> Result<Jump, Refused> {
    let sides = cut.sides()?;
    let few = || {
        let reason = format!("fewer than {FEWEST_NEAR} different values of the running variable on a side");
        refuse(
            "points near the cut-off",
            reason,
            "a running variable that is not rounded, or more units near",
        )
    };
    let widths = match bandwidths {
        Some(widths) => widths,
        None => of_sides(&sides, cut.running).ok_or_else(few)?,
    };
    if sides.iter().any(|side| side.distinct(side.within(widths.line)) < FEWEST_NEAR) {
        return Err(few());
    }
    let [below, above] = [arm(&sides[0], widths).ok_or_else(few)?, arm(&sides[1], widths).ok_or_else(few)?];
    let effect =
        |value: f64, variance: f64, method| Effect { value, se: variance.sqrt(), df: f64::INFINITY, method };
    Ok(Jump {
        conventional: effect(above.plain - below.plain, above.variance + below.variance, Method::Wald),
        robust: effect(
            above.corrected - below.corrected,
            above.robust + below.robust,
            Method::RobustBiasCorrected,
        ),
        bandwidths: widths,
        near: [0, 1].map(|s| sides[s].within(widths.line) as u64),
    })
}

/// One side's value at the cut-off.
struct Arm {
    plain: f64,
    variance: f64,
    corrected: f64,
    robust: f64,
}

fn arm(side: &Side, widths: Bandwidths) -> Option<Arm> {
    let line = side.smoother(1, widths.line, 0)?;
    let bend = side.smoother(2, widths.bend, 2)?;
    let squares: Vec<f64> = side.x.iter().map(|x| x * x).collect();
    let bias = along(&line, &squares);
    let e = side.residuals(line.len().max(bend.len()));
    let at = |l: &[f64], i: usize| l.get(i).copied().unwrap_or(0.0);
    let both: Vec<f64> = (0..e.len()).map(|i| at(&line, i) - bias * at(&bend, i)).collect();
    Some(Arm {
        plain: along(&line, &side.y),
        variance: spread(&line, &e),
        corrected: along(&both, &side.y),
        robust: spread(&both, &e),
    })
}

/// The jump within a given distance as one weighted least squares with the variance asked for,
/// and the units it rests on: the published figure of many papers, for comparison.
///
/// # Errors
/// [`Refused`] where the two lines cannot be fitted.
pub fn local_lines(cut: &Cut<'_>, distance: f64, variance: Variance) -> Result<(Effect, u64), Refused> {
    let sides = cut.sides()?;
    let mut rows = Vec::new();
    for (side, above) in sides.iter().zip([0.0, 1.0]) {
        for (x, y) in side.x.iter().zip(&side.y).take(side.within(distance)) {
            let w = 1.0 - x.abs() / distance;
            let row = Pooled::row(vec![1.0, above, *x, above * x], *y);
            let ww = w * w;
            rows.push(Pooled {
                n: w,
                sum: w * y,
                squares: w * y * y,
                spread: [ww, ww * y, ww * y * y],
                ..row
            });
        }
    }
    let line = least_squares(&rows, variance).map_err(FitError::refused)?;
    let effect =
        Effect { value: line.coefficients[1], se: line.se(1), df: line.df, method: Method::LinearisedT };
    Ok((effect, line.rows))
}
