//! The rank-sum test of two groups.

use crate::infer::special::normal;

/// Result of a rank-sum test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankTest {
    /// Mann and Whitney's U of the first group: pairs it wins, ties half.
    pub u: f64,
    /// Share of pairs that the first group wins, U/(n₁n₂).
    pub superiority: f64,
    /// Two-sided p-value, normal with tie and continuity correction.
    pub p: f64,
}

/// Mann and Whitney's test of two samples.
///
/// Formula: z = (|U − n₁n₂/2| − ½)/σ,
/// σ² = n₁n₂/12 · (n + 1 − Σ(t³ − t)/(n(n−1))), t the sizes of tied groups.
/// `None` where a sample is empty or all values are equal. Values that are no
/// numbers must be left out before. Source: `mann1947`.
///
/// # Examples
/// ```
/// use cx_core::infer::means::mann_whitney;
/// let test = mann_whitney(&[1.0, 2.0, 2.0, 5.0], &[2.0, 6.0, 7.0, 8.0, 9.0]).unwrap();
/// assert_eq!(test.u, 2.0);
/// assert!((test.p - 0.061_689_166).abs() < 1e-9);
/// ```
pub fn mann_whitney(a: &[f64], b: &[f64]) -> Option<RankTest> {
    let (n1, n2) = (a.len() as f64, b.len() as f64);
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> =
        a.iter().map(|x| (*x, true)).chain(b.iter().map(|x| (*x, false))).collect();
    all.sort_by(|x, y| x.0.total_cmp(&y.0));
    let (mut rank_sum, mut ties, mut before) = (0.0, 0.0, 0.0);
    for group in all.chunk_by(|x, y| x.0 == y.0) {
        let size = group.len() as f64;
        let mean_rank = before + 0.5 * (size + 1.0);
        rank_sum += mean_rank * group.iter().filter(|(_, first)| *first).count() as f64;
        ties += size * size * size - size;
        before += size;
    }
    let n = n1 + n2;
    let u = rank_sum - 0.5 * n1 * (n1 + 1.0);
    let variance = n1 * n2 / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
    if variance <= 0.0 {
        return None;
    }
    let distance = ((u - 0.5 * n1 * n2).abs() - 0.5).max(0.0);
    let p = normal::tails(distance / variance.sqrt()).two_sided();
    Some(RankTest { u, superiority: u / (n1 * n2), p })
}
