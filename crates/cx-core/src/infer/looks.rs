//! Corrections for many looks at the same data.

/// p-values adjusted for the family they belong to, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// The adjusted p-values: keep those at or below the level of the family.
    pub p: Vec<f64>,
}

impl Adjusted {
    /// Places of the findings kept at level `q`.
    pub fn kept(&self, q: f64) -> Vec<usize> {
        self.p.iter().enumerate().filter(|(_, p)| **p <= q).map(|(i, _)| i).collect()
    }
}

/// Places of the p-values from the smallest up; what is no number comes last.
fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    order
}

/// Benjamini and Hochberg's procedure: among the findings kept at level q at
/// most a share q is expected to be false. For exploration.
///
/// Formula: the adjusted value of the i-th smallest of m is
/// min over j ≥ i of p₍ⱼ₎ m/j, at most 1. Source: `benjamini1995`.
///
/// # Examples
/// ```
/// use cx_core::infer::looks::{benjamini_hochberg, holm};
/// let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
/// assert_eq!(benjamini_hochberg(&p).kept(0.05), [0, 1]);
/// assert_eq!(holm(&p).kept(0.05), [0]);
/// ```
pub fn benjamini_hochberg(p: &[f64]) -> Adjusted {
    let m = p.len() as f64;
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest = 1.0_f64;
    for (rank, place) in ascending(p).into_iter().enumerate().rev() {
        smallest = smallest.min(p[place] * m / (rank as f64 + 1.0));
        adjusted[place] = smallest;
    }
    Adjusted { p: adjusted }
}

/// Holm's procedure: the chance that any finding kept is false is at most the
/// level. For claims that were announced beforehand.
///
/// Formula: the adjusted value of the i-th smallest of m is
/// max over j ≤ i of p₍ⱼ₎ (m − j + 1), at most 1. Source: `holm1979`.
///
/// # Examples
/// ```
/// use cx_core::infer::looks::holm;
/// assert_eq!(holm(&[0.01, 0.04, 0.03]).p, [0.03, 0.06, 0.06]);
/// ```
pub fn holm(p: &[f64]) -> Adjusted {
    let m = p.len();
    let mut adjusted = vec![1.0; m];
    let mut largest = 0.0_f64;
    for (rank, place) in ascending(p).into_iter().enumerate() {
        largest = largest.max(p[place] * (m - rank) as f64).min(1.0);
        adjusted[place] = largest;
    }
    Adjusted { p: adjusted }
}
