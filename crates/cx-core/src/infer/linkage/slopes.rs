//! Outcome per score point: between customers and within them.

use crate::infer::regression::{FitError, Line, Pooled, Variance, least_squares};
use std::collections::BTreeMap;

/// One wave of one customer or unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// The customer or unit.
    pub unit: u64,
    /// The period of the outcome.
    pub period: u32,
    /// The score before it.
    pub score: f64,
    /// The outcome.
    pub outcome: f64,
    /// Covariates known before the score.
    pub covariates: Vec<f64>,
}

/// A slope, outcome per score point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The slope.
    pub value: f64,
    /// Its standard error, clustered by unit where units have several waves.
    pub se: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Units that it rests on.
    pub units: u64,
}

/// Both slopes, and which of them money may use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BothSlopes {
    /// Between customers.
    pub between: Slope,
    /// Within customers; `None` where nobody has two waves that differ.
    pub within: Option<Slope>,
    /// The smaller in absolute value, chosen once on the point estimates.
    pub base: f64,
    /// True where the two have different signs: the association counts as a
    /// movement at the same time (grade T) and no more.
    pub signs_conflict: bool,
}

/// Slope between units: means of outcome on means of score and covariates.
///
/// # Errors
/// As least squares. Source: `mundlak1978`.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{between_slope, Wave};
/// let waves: Vec<Wave> = (0..20_u64)
///     .map(|i| Wave { unit: i, period: 0, score: (i % 5) as f64, outcome: 2.0 * (i % 5) as f64 + (i % 3) as f64, covariates: vec![] })
///     .collect();
/// assert!((between_slope(&waves).unwrap().value - 2.0).abs() < 0.2);
/// ```
pub fn between_slope(waves: &[Wave]) -> Result<Slope, FitError> {
    let mut units: BTreeMap<u64, (f64, Vec<f64>, f64)> = BTreeMap::new();
    for wave in waves {
        let unit = units.entry(wave.unit).or_insert_with(|| (0.0, vec![0.0; wave.covariates.len() + 1], 0.0));
        unit.0 += 1.0;
        let x = [wave.score].iter().chain(&wave.covariates).copied().collect::<Vec<f64>>();
        unit.1.iter_mut().zip(x).for_each(|(into, x)| *into += x);
        unit.2 += wave.outcome;
    }
    let rows: Vec<Pooled> = units
        .values()
        .map(|(n, x, y)| Pooled::row([1.0].into_iter().chain(x.iter().map(|x| x / n)).collect(), y / n))
        .collect();
    Ok(slope_of(&least_squares(&rows, Variance::Robust1)?, 1, units.len()))
}

/// Slope within units: outcome on score, unit means taken off both, period
/// effects beside, variance clustered by unit.
///
/// # Errors
/// As least squares; [`FitError::Collinear`] at column 0 where no score changes
/// within a unit. Source: `mundlak1978`.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{within_slope, Wave};
/// // Units differ by 10 each; within them a point of score is worth half a point.
/// let waves: Vec<Wave> = (0..12_u64)
///     .flat_map(|unit| (0..3_u32).map(move |period| {
///         let score = ((unit * 7 + u64::from(period) * 5) % 4) as f64;
///         let outcome = 10.0 * unit as f64 + 0.5 * score + f64::from(period);
///         Wave { unit, period, score, outcome, covariates: vec![] }
///     }))
///     .collect();
/// assert!((within_slope(&waves).unwrap().value - 0.5).abs() < 1e-9);
/// ```
pub fn within_slope(waves: &[Wave]) -> Result<Slope, FitError> {
    let mut units: BTreeMap<u64, Vec<&Wave>> = BTreeMap::new();
    for wave in waves {
        units.entry(wave.unit).or_default().push(wave);
    }
    units.retain(|_, waves| waves.len() > 1);
    let mut periods: Vec<u32> = units.values().flatten().map(|wave| wave.period).collect();
    periods.sort_unstable();
    periods.dedup();
    let mut rows = Vec::new();
    for (unit, waves) in &units {
        let full: Vec<Vec<f64>> = waves
            .iter()
            .map(|wave| {
                let periods = periods.iter().skip(1).map(|p| f64::from(u8::from(*p == wave.period)));
                [wave.score].into_iter().chain(wave.covariates.iter().copied()).chain(periods).collect()
            })
            .collect();
        let n = waves.len() as f64;
        let width = full.first().map_or(0, Vec::len);
        let means: Vec<f64> = (0..width).map(|j| full.iter().map(|x| x[j]).sum::<f64>() / n).collect();
        let outcome = waves.iter().map(|wave| wave.outcome).sum::<f64>() / n;
        for (x, wave) in full.iter().zip(waves) {
            let x = x.iter().zip(&means).map(|(x, mean)| x - mean).collect();
            rows.push(Pooled::row(x, wave.outcome - outcome).of_cluster(*unit));
        }
    }
    // Columns that the unit means or each other determine carry nothing.
    let mut columns: Vec<usize> = (0..rows.first().ok_or(FitError::Empty)?.x.len()).collect();
    loop {
        let thin: Vec<Pooled> = rows
            .iter()
            .map(|row| Pooled { x: columns.iter().map(|j| row.x[*j]).collect(), ..row.clone() })
            .collect();
        match least_squares(&thin, Variance::Clustered) {
            Err(FitError::Collinear { column }) if columns[column] > 0 => {
                columns.remove(column);
            }
            other => return Ok(slope_of(&other?, 0, units.len())),
        }
    }
}

fn slope_of(line: &Line, place: usize, units: usize) -> Slope {
    Slope { value: line.coefficients[place], se: line.se(place), df: line.df, units: units as u64 }
}

/// The slope that money may use: the smaller of the two in absolute value.
///
/// Chosen once on the point estimates, not draw by draw, which would always
/// pick the luckier. Where signs differ the arrow counts as grade T.
/// Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{base_slope, Slope};
/// let slope = |value| Slope { value, se: 0.1, df: 100.0, units: 100 };
/// assert_eq!(base_slope(slope(0.8), Some(slope(0.3))).base, 0.3);
/// assert!(base_slope(slope(0.8), Some(slope(-0.3))).signs_conflict);
/// ```
pub fn base_slope(between: Slope, within: Option<Slope>) -> BothSlopes {
    let smaller = within.filter(|w| w.value.abs() < between.value.abs()).unwrap_or(between);
    let signs_conflict = within.is_some_and(|w| w.value * between.value < 0.0);
    BothSlopes { between, within, base: smaller.value, signs_conflict }
}
