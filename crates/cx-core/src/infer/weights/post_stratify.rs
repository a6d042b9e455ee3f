//! Post-stratification: cell means weighted by the base.

/// One cell of the base with the answers in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// Its share of the base.
    pub share: f64,
    /// Answers.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their variance (divisor n − 1); `None` with one answer.
    pub variance: Option<f64>,
}

/// A post-stratified mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PostStratified {
    /// Σ share · mean.
    pub mean: f64,
    /// √Σ share² s²/n; `None` where some cell has a single answer.
    pub se: Option<f64>,
    /// Share of the base in cells without answers, left out of both sums.
    pub uncovered: f64,
}

/// Mean over the base from the means of its cells.
///
/// Shares are scaled to sum to 1 over the cells with answers; the share of the
/// others is reported. `None` where no cell has answers. Source: `holt1979`.
///
/// # Examples
/// ```
/// use cx_core::infer::weights::{post_stratify, Stratum};
/// let cell = |share, mean| Stratum { share, n: 10, mean, variance: Some(4.0) };
/// let result = post_stratify(&[cell(0.75, 8.0), cell(0.25, 4.0)]).unwrap();
/// assert_eq!(result.mean, 7.0);
/// assert_eq!(result.se, Some(0.5));
/// ```
pub fn post_stratify(strata: &[Stratum]) -> Option<PostStratified> {
    let all: f64 = strata.iter().map(|s| s.share).sum();
    let covered: f64 = strata.iter().filter(|s| s.n > 0).map(|s| s.share).sum();
    if covered.is_nan() || covered <= 0.0 {
        return None;
    }
    let (mut mean, mut variance) = (0.0, Some(0.0));
    for stratum in strata.iter().filter(|s| s.n > 0) {
        let w = stratum.share / covered;
        mean += w * stratum.mean;
        variance = variance.zip(stratum.variance).map(|(sum, v)| sum + w * w * v / stratum.n as f64);
    }
    Some(PostStratified { mean, se: variance.map(f64::sqrt), uncovered: (all - covered) / all })
}
