//! A ceiling on weights.

/// Weights with a ceiling.
#[derive(Debug, Clone, PartialEq)]
pub struct Trimmed {
    /// The weights, none above the limit.
    pub weights: Vec<f64>,
    /// The limit.
    pub limit: f64,
    /// How many were cut.
    pub cut: u64,
}

/// Cuts weights at `times` their median (5 is usual): a little bias for much
/// less variance. `None` without weights or where `times` is not above 1.
/// Source: `potter1990`.
///
/// # Examples
/// ```
/// use cx_core::infer::weights::trim;
/// let trimmed = trim(&[1.0, 1.0, 2.0, 40.0, 1.0], 5.0).unwrap();
/// assert_eq!((trimmed.weights[3], trimmed.cut), (5.0, 1));
/// ```
pub fn trim(weights: &[f64], times: f64) -> Option<Trimmed> {
    let mut sorted = weights.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    let median = if sorted.len() % 2 == 1 { upper } else { f64::midpoint(sorted[middle - 1], upper) };
    if times.is_nan() || times <= 1.0 {
        return None;
    }
    let limit = times * median;
    let cut = weights.iter().filter(|w| **w > limit).count() as u64;
    Some(Trimmed { weights: weights.iter().map(|w| w.min(limit)).collect(), limit, cut })
}

/// The weight no answer may exceed: `times` the median over answers, from
/// pairs of (weight, answers that have it). As [`trim`], without holding every
/// answer. `None` without answers or where `times` is not above 1.
///
/// # Examples
/// ```
/// use cx_core::infer::weights::trim_limit;
/// assert_eq!(trim_limit(&[(1.0, 3), (40.0, 1), (2.0, 1)], 5.0), Some(5.0));
/// ```
pub fn trim_limit(weights: &[(f64, u64)], times: f64) -> Option<f64> {
    let mut sorted = weights.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n: u64 = sorted.iter().map(|(_, n)| n).sum();
    if n == 0 || times.is_nan() || times <= 1.0 {
        return None;
    }
    let at = |place: u64| {
        let mut before = 0;
        let holds = |(_, n): &&(f64, u64)| {
            before += n;
            before > place
        };
        sorted.iter().find(holds).map(|(weight, _)| *weight)
    };
    let (upper, lower) = (at(n / 2)?, at((n - 1) / 2)?);
    Some(times * f64::midpoint(lower, upper))
}
