//! Krippendorff's alpha.

/// What kind of number the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Names: different is different.
    Nominal,
    /// Ranks: distance counts the values in between.
    Ordinal,
    /// Numbers whose differences mean something.
    Interval,
    /// Numbers whose ratios mean something.
    Ratio,
}

/// Krippendorff's alpha; each unit lists the values its raters gave, at least
/// two of which make it count. Any number of raters, missing values allowed.
///
/// Formula: α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck with o the
/// coincidences, every ordered pair of a unit with m values weighing
/// 1/(m − 1); δ² is 1 for different names, (Σ n_g − (n_c + n_k)/2)² over the
/// ranks g from c to k, (c − k)², or ((c − k)/(c + k))². `None` where fewer
/// than two values differ. Source: `krippendorff2011`.
///
/// # Examples
/// ```
/// use cx_core::infer::agreement::{krippendorff, Scale};
/// let units = [vec![1.0, 1.0], vec![2.0, 2.0], vec![3.0, 3.0], vec![1.0, 2.0]];
/// let alpha = krippendorff(&units, Scale::Nominal).unwrap();
/// assert!((alpha - 2.0 / 3.0).abs() < 1e-12);
/// ```
pub fn krippendorff(units: &[Vec<f64>], scale: Scale) -> Option<f64> {
    weighted(units, &vec![1.0; units.len()], scale)
}

/// The same with a weight on each unit.
pub(super) fn weighted(units: &[Vec<f64>], weights: &[f64], scale: Scale) -> Option<f64> {
    let pairable = || units.iter().zip(weights).filter(|(unit, w)| unit.len() > 1 && **w > 0.0);
    let mut values: Vec<f64> = pairable().flat_map(|(unit, _)| unit.iter().copied()).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let k = values.len();
    let place = |x: f64| values.partition_point(|v| *v < x);
    let mut coincidences = vec![vec![0.0; k]; k];
    for (unit, weight) in pairable() {
        let share = weight / (unit.len() as f64 - 1.0);
        for (i, a) in unit.iter().enumerate() {
            for (_, b) in unit.iter().enumerate().filter(|(j, _)| *j != i) {
                coincidences[place(*a)][place(*b)] += share;
            }
        }
    }
    let margins: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = margins.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..k {
        for d in c + 1..k {
            let delta = match scale {
                Scale::Nominal => 1.0,
                Scale::Ordinal => margins[c..=d].iter().sum::<f64>() - f64::midpoint(margins[c], margins[d]),
                Scale::Interval => values[c] - values[d],
                Scale::Ratio => (values[c] - values[d]) / (values[c] + values[d]),
            };
            observed += coincidences[c][d] * delta * delta;
            expected += margins[c] * margins[d] * delta * delta;
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}
