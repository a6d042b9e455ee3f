//! Fleiss' kappa of several raters.

/// Agreement of several raters beyond chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FleissKappa {
    /// Units used, all rated by every rater.
    pub n: u64,
    /// Mean share of agreeing pairs of raters.
    pub agreement: f64,
    /// Kappa.
    pub value: f64,
}

/// Fleiss' kappa; each unit lists the categories its raters gave.
///
/// Formula: κ = (P̄ − Pₑ)/(1 − Pₑ), P̄ the mean over units of
/// Σ n_c(n_c − 1)/(m(m − 1)), Pₑ = Σ p_c². Units with another number of
/// ratings than most are the caller's to leave out: `None` where the numbers
/// differ, below two raters, or where all ratings are equal.
/// Source: `fleiss1971`.
///
/// # Examples
/// ```
/// use cx_core::infer::agreement::fleiss;
/// let units = [vec![1.0, 1.0, 1.0], vec![2.0, 2.0, 2.0], vec![1.0, 2.0, 2.0]];
/// let kappa = fleiss(&units).unwrap();
/// assert!((kappa.agreement - 7.0 / 9.0).abs() < 1e-15);
/// assert!((kappa.value - 0.55).abs() < 1e-12);
/// ```
pub fn fleiss(units: &[Vec<f64>]) -> Option<FleissKappa> {
    let raters = units.first()?.len();
    if raters < 2 || units.iter().any(|unit| unit.len() != raters) {
        return None;
    }
    let (n, m) = (units.len() as f64, raters as f64);
    let mut all: Vec<f64> = units.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let expected: f64 = all.chunk_by(|a, b| a == b).map(|group| (group.len() as f64 / (n * m)).powi(2)).sum();
    let mut agreement = 0.0;
    for unit in units {
        let mut unit = unit.clone();
        unit.sort_by(f64::total_cmp);
        let pairs: f64 = unit.chunk_by(|a, b| a == b).map(|g| (g.len() * (g.len() - 1)) as f64).sum();
        agreement += pairs / (m * (m - 1.0)) / n;
    }
    (expected < 1.0).then(|| FleissKappa {
        n: units.len() as u64,
        agreement,
        value: (agreement - expected) / (1.0 - expected),
    })
}
