//! A hidden factor as strong as one that is known.

use super::base::{Base, Outcome};
use super::hidden::{bias_of, robustness_value};
use crate::infer::regression::{FitError, Pooled, Variance, least_squares};
use std::collections::BTreeMap;

/// What a hidden factor as strong as a known covariate would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// The covariate.
    pub covariate: String,
    /// Share of the band's residual that a factor as strong would explain.
    pub r2_score: f64,
    /// Share of the outcome's residual that it would explain.
    pub r2_outcome: f64,
    /// The effect that would be left, in its worst case.
    pub left: f64,
    /// True where it would bring the effect to 0 or beyond.
    pub explains: bool,
}

/// The adjusted effect as a line, with what would be needed to undo it.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// The coefficient of the upper band against the lower.
    pub effect: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Robustness value.
    pub robustness: f64,
    /// One entry a covariate, the one that would take most first.
    pub covariates: Vec<Bounds>,
}

/// Fits outcome = band + covariates on the answers of two bands and asks of
/// each covariate what a hidden factor as strong as it would leave.
///
/// Partial R² of a covariate is that of all its levels together. Bounds with
/// k = 1: R²_d = r_d/(1 − r_d), R²_y = ((1 + √q)/√(1 − q))² r_y/(1 − r_y),
/// q = r_d²/((1 − r_d)²), both at most 1. Source: `cinelli2020`.
///
/// # Errors
/// As least squares.
pub fn benchmarks(base: &Base, upper: usize, lower: usize) -> Result<Benchmark, FitError> {
    let mut strata: BTreeMap<&[u16], [Outcome; 2]> = BTreeMap::new();
    for cell in &base.cells {
        let stratum = strata.entry(&cell.levels).or_default();
        stratum[0].add(&cell.answered[lower], 1.0);
        stratum[1].add(&cell.answered[upper], 1.0);
    }
    // Levels that nobody of the two bands has would be columns of zeros.
    let designs: Vec<(Vec<f64>, &[Outcome; 2])> = strata
        .iter()
        .filter(|(_, bands)| bands.iter().any(|band| band.rows > 0))
        .map(|(levels, bands)| (base.design(levels), bands))
        .collect();
    let width = designs.first().ok_or(FitError::Empty)?.0.len();
    let varies = |j: usize| j == 0 || designs.iter().any(|(x, _)| x[j] != designs[0].0[j]);
    let used: Vec<usize> = independent(&designs, (0..width).filter(|j| varies(*j)).collect())?;
    let outcome = |columns: &[usize], with_band: bool| {
        let mut rows = Vec::new();
        for (x, bands) in &designs {
            for (place, band) in bands.iter().enumerate().filter(|(_, band)| band.rows > 0) {
                let mut x: Vec<f64> = columns.iter().map(|j| x[*j]).collect();
                if with_band {
                    x.push(place as f64);
                }
                let [n, sum, squares] = band.sums;
                rows.push(Pooled { x, n, sum, squares, spread: band.spread, rows: band.rows, cluster: 0 });
            }
        }
        least_squares(&rows, Variance::Classical)
    };
    let band = |columns: &[usize]| {
        let rows: Vec<Pooled> = designs
            .iter()
            .map(|(x, bands)| {
                let x = columns.iter().map(|j| x[*j]).collect();
                Pooled::trials(x, bands[1].rows, bands[0].rows + bands[1].rows)
            })
            .collect();
        least_squares(&rows, Variance::Classical)
    };
    let (whole, score) = (outcome(&used, true)?, band(&used)?);
    let place = used.len();
    let (effect, se, df) = (whole.coefficients[place], whole.se(place), whole.df);
    let t = whole.t(place).ok_or(FitError::OneOutcome)?;
    let mut covariates = Vec::new();
    for (i, covariate) in base.covariates.iter().enumerate() {
        let own = base.columns_of(i);
        let rest: Vec<usize> = used.iter().copied().filter(|j| !own.contains(j)).collect();
        if rest.len() == used.len() {
            continue;
        }
        let partial = |without: f64, with: f64| {
            if without > 0.0 { (1.0 - with / without).clamp(0.0, 1.0) } else { 0.0 }
        };
        let r_score = partial(band(&rest)?.residual, score.residual);
        let r_outcome = partial(outcome(&rest, true)?.residual, whole.residual);
        let (r2_score, r2_outcome) = as_strong(r_score, r_outcome);
        let left = match bias_of(se, df, r2_score, r2_outcome) {
            Some(bias) => (effect.abs() - bias) * effect.signum(),
            // A factor that fixes the band altogether leaves nothing.
            None => 0.0,
        };
        let explains = left * effect.signum() <= 0.0;
        covariates.push(Bounds { covariate: covariate.name.clone(), r2_score, r2_outcome, left, explains });
    }
    covariates.sort_by(|a, b| (a.left * effect.signum()).total_cmp(&(b.left * effect.signum())));
    let robustness = robustness_value(t, df).ok_or(FitError::FewRows { rows: whole.rows, columns: place })?;
    Ok(Benchmark { effect, se, df, robustness, covariates })
}

/// Columns that those before them do not determine.
fn independent(
    designs: &[(Vec<f64>, &[Outcome; 2])],
    mut columns: Vec<usize>,
) -> Result<Vec<usize>, FitError> {
    loop {
        let rows: Vec<Pooled> = designs
            .iter()
            .map(|(x, bands)| {
                let n = bands.iter().map(|b| b.rows).sum();
                Pooled::trials(columns.iter().map(|j| x[*j]).collect(), 0, n)
            })
            .collect();
        match least_squares(&rows, Variance::Classical) {
            Err(FitError::Collinear { column }) => {
                columns.remove(column);
            }
            other => return other.map(|_| columns),
        }
    }
}

/// Bounds on a factor as strong as a covariate with these partial R².
fn as_strong(r_score: f64, r_outcome: f64) -> (f64, f64) {
    let r2_score = (r_score / (1.0 - r_score)).min(1.0);
    let q = (r_score * r_score / ((1.0 - r_score) * (1.0 - r_score))).min(1.0);
    let grown = if q < 1.0 { (1.0 + q.sqrt()) / (1.0 - q).sqrt() } else { f64::INFINITY };
    let r2_outcome =
        if r_outcome > 0.0 { (grown * grown * r_outcome / (1.0 - r_outcome)).min(1.0) } else { 0.0 };
    (r2_score, r2_outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published example: female, with partial R² 0.0090812 and 0.1090811.
    #[test]
    fn the_published_bounds() {
        let (score, outcome) = as_strong(0.009_081_1, 0.109_087_1);
        assert!((score - 0.009_164_3).abs() < 1e-5, "{score}");
        assert!((outcome - 0.124_640_9).abs() < 1e-4, "{outcome}");
    }
}
