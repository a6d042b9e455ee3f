//! Did units choose their side, and does the answer hang on the distance?

use super::jump::refuse;
use super::{Bandwidths, Cut, Jump, discontinuity};
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;
use crate::infer::Level;
use crate::infer::effects::{Check, Finding, Measured};
use crate::infer::looks::holm;
use crate::infer::means::Summary;

/// Bins a side that a density is taken from at most; further ones cannot reach the cut-off.
const MOST_BINS: usize = 5_000;
/// p below which units are said to have chosen their side: one good design in a hundred is lost.
const MANIPULATED: f64 = 0.01;
/// Distances of the grid, in units of the chosen one.
const GRID: [f64; 4] = [0.5, 0.75, 1.5, 2.0];

/// The jump of the density of the running variable at the cut-off: units per
/// unit of the running variable, as shares of all units.
///
/// Units are counted in bins of ½ s n^(−1/2) that do not straddle the cut-off,
/// a whole number of steps where values come in steps; the heights go through
/// [`discontinuity`]. A jump shows units that chose their side of the rule.
/// Source: `mccrary2008`, with the robust interval of `calonico2014`.
///
/// # Errors
/// [`Refused`] with fewer than 10 bins near the cut-off on a side.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::discontinuity::density;
/// let spread: Vec<f64> = (0..2_000).map(|i| (f64::from(i) * 0.618_034).fract() * 4.0 - 2.0).collect();
/// assert!(density(&spread, 0.0).unwrap().robust.value.abs() < 0.05);
/// ```
pub fn density(running: &[f64], at: f64) -> Result<Jump, Refused> {
    let none =
        || refuse("points near the cut-off", "the running variable does not vary".to_owned(), "more units");
    let n = running.len() as f64;
    let wanted = 0.5 * Summary::of(running).and_then(|s| s.sd()).ok_or_else(none)? / n.sqrt();
    let mut sorted = running.to_vec();
    sorted.sort_by(f64::total_cmp);
    let steps = sorted.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 1e-9 * wanted);
    let step = steps.fold(f64::INFINITY, f64::min);
    // Bins of uneven numbers of steps would look like jumps.
    let width = if wanted < 20.0 * step { (wanted / step).ceil() * step } else { wanted };
    if !(width > 0.0 && width.is_finite()) {
        return Err(none());
    }
    let place = |x: f64| ((x - at) / width + 1e-9).floor();
    let most = MOST_BINS as f64;
    let (first, last) = (place(sorted[0]).max(-most), place(sorted[sorted.len() - 1]).min(most));
    // The outermost bins are not full.
    let bins = (last - first - 1.0).max(0.0) as usize;
    let middles: Vec<f64> = (0..bins).map(|j| (first + 1.5 + j as f64).mul_add(width, at)).collect();
    let mut heights = vec![0.0; bins];
    for x in &sorted {
        let bin = place(*x) - first - 1.0;
        if bin >= 0.0 && (bin as usize) < bins {
            heights[bin as usize] += 1.0 / (n * width);
        }
    }
    discontinuity(&Cut { running: &middles, outcome: &heights, at }, None)
}

/// The jump at distances of a half to twice the chosen one, the ratio of the two distances kept.
///
/// # Errors
/// As [`discontinuity`].
pub fn reaches(cut: &Cut<'_>, chosen: Bandwidths) -> Result<Vec<Jump>, Refused> {
    let at = |by: f64| Bandwidths { line: by * chosen.line, bend: by * chosen.bend };
    GRID.iter().map(|by| discontinuity(cut, Some(at(*by)))).collect()
}

/// The jump with its checks: density at the cut-off, covariates that must not
/// jump (by name, per unit, known before), and the grid of distances.
///
/// Grade Q where all pass. A failed one leaves no figure: units that chose
/// their side, or other things that jump too, are in the number.
/// Source: definition of this product.
///
/// # Errors
/// As [`discontinuity`], and where a check fails.
pub fn measured(cut: &Cut<'_>, covariates: &[(&str, &[f64])]) -> Result<Measured, Refused> {
    let jump = discontinuity(cut, None)?;
    let p = |jump: &Jump| jump.robust.p().unwrap_or(if jump.robust.value == 0.0 { 1.0 } else { 0.0 });
    let dense = p(&density(cut.running, cut.at)?);
    let mut checks = vec![Check {
        name: "density at the cut-off",
        passed: dense >= MANIPULATED,
        figure: dense,
        says: format!("p = {dense:.3} that as many units stand on either side by chance"),
        finding: Finding::Manipulation,
    }];
    let of = |values: &[f64]| Ok(p(&discontinuity(&Cut { outcome: values, ..*cut }, None)?));
    let own: Vec<f64> = covariates.iter().map(|(_, values)| of(values)).collect::<Result<_, Refused>>()?;
    for ((name, _), p) in covariates.iter().zip(holm(&own).p) {
        checks.push(Check {
            name: "covariates at the cut-off",
            passed: p >= 0.05,
            figure: p,
            says: format!("p = {p:.3} that {name} jumps there by chance, all covariates counted"),
            finding: Finding::Manipulation,
        });
    }
    for (by, other) in GRID.iter().zip(reaches(cut, jump.bandwidths)?) {
        checks.push(Check {
            name: "distance from the cut-off",
            passed: other.robust.interval(Level::P95).contains(jump.robust.value),
            figure: other.robust.value,
            says: format!("the jump within {by} times the distance"),
            finding: Finding::Manipulation,
        });
    }
    Measured::new(jump.robust, Grade::Q, checks)
}
