//! Cohen's kappa of two raters.

use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;

/// How far apart two categories are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disagreement {
    /// Different is different.
    Unweighted,
    /// By the distance of the categories.
    Linear,
    /// By its square.
    Quadratic,
}

impl Disagreement {
    fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Unweighted => f64::from(u8::from(a != b)),
            Self::Linear => (a - b).abs(),
            Self::Quadratic => (a - b) * (a - b),
        }
    }
}

/// Agreement of two raters beyond chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// Units both rated.
    pub n: u64,
    /// Share of units on which they agree exactly.
    pub agreement: f64,
    /// Kappa; 1 is full agreement, 0 what chance gives.
    pub value: f64,
    /// Standard error of kappa.
    pub se: f64,
}

impl Kappa {
    /// Wald's interval, clamped to −1..1.
    pub fn interval(&self, level: Level) -> Interval {
        let half = level.z() * self.se;
        Interval::closed(self.value - half, self.value + half, level.value(), Method::Wald)
            .clamped((Some(-1.0), Some(1.0)))
    }
}

/// Cohen's kappa from the pairs of ratings of units that both rated.
///
/// Formula: κ = 1 − Σ d p / Σ d pₑ with d the disagreement of two categories,
/// p their observed share and pₑ the product of the margins. Its variance with
/// weights w = 1 − d/d_max is
/// [Σ p (w − (w̄ᵢ + w̄ⱼ)(1 − κ))² − (κ − wₑ(1 − κ))²] / (n (1 − wₑ)²).
/// Categories are numbers; nominal ones may be numbered in any order under
/// [`Disagreement::Unweighted`]. `None` without pairs or where chance alone
/// gives full agreement. Source: `cohen1968`, variance `fleiss1969`.
///
/// # Examples
/// ```
/// use cx_core::infer::agreement::{cohen, Disagreement};
/// let pairs = [(1.0, 1.0), (1.0, 1.0), (2.0, 2.0), (2.0, 1.0)];
/// let kappa = cohen(&pairs, Disagreement::Unweighted).unwrap();
/// assert_eq!((kappa.agreement, kappa.value), (0.75, 0.5));
/// ```
pub fn cohen(pairs: &[(f64, f64)], disagreement: Disagreement) -> Option<Kappa> {
    let n = pairs.len() as f64;
    let mut categories: Vec<f64> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    categories.sort_by(f64::total_cmp);
    categories.dedup();
    let k = categories.len();
    let place = |x: f64| categories.partition_point(|c| *c < x);
    let mut table = vec![vec![0.0; k]; k];
    for (a, b) in pairs {
        table[place(*a)][place(*b)] += 1.0 / n;
    }
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<f64> = (0..k).map(|j| table.iter().map(|row| row[j]).sum()).collect();
    let largest = disagreement.of(*categories.first()?, *categories.last()?);
    if largest <= 0.0 {
        return None;
    }
    let weight = |i: usize, j: usize| 1.0 - disagreement.of(categories[i], categories[j]) / largest;
    let over_cells = |f: &dyn Fn(usize, usize) -> f64| -> f64 {
        (0..k).flat_map(|i| (0..k).map(move |j| (i, j))).map(|(i, j)| f(i, j)).sum()
    };
    let observed = over_cells(&|i, j| table[i][j] * weight(i, j));
    let expected = over_cells(&|i, j| rows[i] * columns[j] * weight(i, j));
    if expected >= 1.0 {
        return None;
    }
    let value = (observed - expected) / (1.0 - expected);
    let row_mean: Vec<f64> = (0..k).map(|i| (0..k).map(|j| columns[j] * weight(i, j)).sum()).collect();
    let column_mean: Vec<f64> = (0..k).map(|j| (0..k).map(|i| rows[i] * weight(i, j)).sum()).collect();
    let spread = over_cells(&|i, j| {
        let x = weight(i, j) - (row_mean[i] + column_mean[j]) * (1.0 - value);
        table[i][j] * x * x
    });
    let centre = value - expected * (1.0 - value);
    let variance = (spread - centre * centre).max(0.0) / (n * (1.0 - expected) * (1.0 - expected));
    let agreement = pairs.iter().filter(|(a, b)| a == b).count() as f64 / n;
    Some(Kappa { n: pairs.len() as u64, agreement, value, se: variance.sqrt() })
}
