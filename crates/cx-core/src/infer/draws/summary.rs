//! Draws in a few numbers.

/// The value at share `p` of sorted draws, straight lines between neighbours
/// ((n − 1)p + 1, as in [`crate::infer::quantiles`]). `None` without draws.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::percentile;
/// assert_eq!(percentile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
/// ```
pub fn percentile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = p.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    Some((sorted[above] - sorted[below]).mul_add(place - below as f64, sorted[below]))
}

/// Percentiles and moments of draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// 5 % point.
    pub p5: f64,
    /// 10 % point.
    pub p10: f64,
    /// 25 % point.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75 % point.
    pub p75: f64,
    /// 90 % point.
    pub p90: f64,
    /// 95 % point.
    pub p95: f64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Mean of the worst twentieth.
    pub shortfall: f64,
    /// Draws.
    pub n: usize,
}

/// Summarises draws; `None` without any, or where one is no number.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::summary;
/// let hundred: Vec<f64> = (0..=100).map(f64::from).collect();
/// let found = summary(&hundred).unwrap();
/// assert_eq!((found.p5, found.p50, found.p95, found.mean), (5.0, 50.0, 95.0, 50.0));
/// ```
pub fn summary(draws: &[f64]) -> Option<Summary> {
    if draws.is_empty() || draws.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |p| percentile(&sorted, p);
    let n = sorted.len();
    let mean = sorted.iter().sum::<f64>() / n as f64;
    let squares: f64 = sorted.iter().map(|x| (x - mean) * (x - mean)).sum();
    Some(Summary {
        p5: at(0.05)?,
        p10: at(0.10)?,
        p25: at(0.25)?,
        p50: at(0.50)?,
        p75: at(0.75)?,
        p90: at(0.90)?,
        p95: at(0.95)?,
        mean,
        sd: (squares / (n as f64 - 1.0).max(1.0)).sqrt(),
        shortfall: shortfall(&sorted, 0.05)?,
        n,
    })
}

/// Expected shortfall: the mean of the worst share `tail` of sorted draws.
///
/// A draw on the border counts by the part of it that is inside. `None`
/// without draws or for a tail outside 0..1. Source: `rockafellar2002`.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::shortfall;
/// assert_eq!(shortfall(&[-10.0, 0.0, 5.0, 9.0], 0.375), Some(-10.0 / 1.5));
/// ```
pub fn shortfall(sorted: &[f64], tail: f64) -> Option<f64> {
    if sorted.is_empty() || !(tail > 0.0 && tail <= 1.0) {
        return None;
    }
    let size = tail * sorted.len() as f64;
    let weight = |i: usize| (size - i as f64).clamp(0.0, 1.0);
    Some(sorted.iter().enumerate().map(|(i, x)| weight(i) * x).sum::<f64>() / size)
}

/// A chance and how exactly the draws give it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Share of the draws.
    pub p: f64,
    /// Monte Carlo standard error, √(p(1−p)/n).
    pub se: f64,
}

/// The chance that a draw lies above `hurdle`.
///
/// `replicates` is how many replicates stand behind inputs from data: beyond
/// them more draws make nothing more exact. `None` without draws.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::chance_above;
/// let draws = [-1.0, 2.0, 3.0, 4.0];
/// let chance = chance_above(&draws, 0.0, None).unwrap();
/// assert!((chance.p - 0.75).abs() < 1e-12 && (chance.se - 0.216_506).abs() < 1e-6);
/// ```
pub fn chance_above(draws: &[f64], hurdle: f64, replicates: Option<usize>) -> Option<Chance> {
    let n = draws.len();
    let behind = replicates.unwrap_or(n).min(n);
    let p = draws.iter().filter(|x| **x > hurdle).count() as f64 / n as f64;
    (behind > 0).then(|| Chance { p, se: (p * (1.0 - p) / behind as f64).sqrt() })
}
