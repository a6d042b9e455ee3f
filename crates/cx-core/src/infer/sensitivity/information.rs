//! What it is worth to know more before deciding.

use crate::infer::draws::uniform;

/// Bins that draws are sorted into.
const BINS: usize = 40;

/// Value of knowing one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Information {
    /// Expected value of knowing it, in money, 0 or more, the bias of the bins taken off.
    pub value: f64,
    /// The same before the bias was taken off.
    pub raw: f64,
    /// What the bins give by noise alone: the statistic with the draws shuffled.
    pub noise: f64,
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

/// Expected value of perfect information: the most that any study can be worth.
///
/// Formula: E[max(0, NPV)] − max(0, E NPV). `None` without draws.
/// Source: `raiffa1961`.
///
/// # Examples
/// ```
/// use cx_core::infer::sensitivity::perfect_information;
/// // Knowing would spare the loss of 10 in half of the worlds.
/// assert_eq!(perfect_information(&[-10.0, 30.0]), Some(5.0));
/// ```
pub fn perfect_information(npv: &[f64]) -> Option<f64> {
    (!npv.is_empty()).then(|| mean(npv.iter().map(|x| x.max(0.0))) - mean(npv.iter().copied()).max(0.0))
}

/// Expected value of knowing one input perfectly, the others not at all.
///
/// Formula: Eₓ[max(0, E[NPV | x])] − max(0, E NPV), the inner mean over 40 equal
/// bins of the draws sorted by x, less the same with x shuffled (the largest of
/// noisy means is too large), at least 0. The noise is the mean over eight
/// shuffles, deterministic in `seed`. `None` with fewer than two draws a bin,
/// or lists of different length. Source: `strong2013`; the shuffle is a
/// definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::uniform;
/// use cx_core::infer::sensitivity::partial_information;
/// let x: Vec<f64> = (0..8000).map(|d| uniform(1, "x", d) - 0.5).collect();
/// // All depends on x: half of the worlds lose a quarter on average.
/// let known = partial_information(&x, &x, 1).unwrap();
/// assert!((known.value - 0.125).abs() < 0.01);
/// let other: Vec<f64> = (0..8000).map(|d| uniform(1, "other", d)).collect();
/// assert!(partial_information(&other, &x, 1).unwrap().value < 0.01);
/// ```
pub fn partial_information(input: &[f64], npv: &[f64], seed: u64) -> Option<Information> {
    if input.len() != npv.len() || npv.len() < 2 * BINS || npv.iter().chain(input).any(|x| x.is_nan()) {
        return None;
    }
    let overall = mean(npv.iter().copied()).max(0.0);
    let binned = |key: &dyn Fn(usize) -> f64| {
        let mut order: Vec<(f64, usize)> = (0..npv.len()).map(|d| (key(d), d)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let gain: f64 = (0..BINS)
            .map(|bin| {
                let part = &order[bin * npv.len() / BINS..(bin + 1) * npv.len() / BINS];
                mean(part.iter().map(|(_, d)| npv[*d])).max(0.0) * part.len() as f64
            })
            .sum();
        gain / npv.len() as f64 - overall
    };
    let raw = binned(&|d| input[d]);
    let shuffled = |turn: u32| {
        let name = format!("shuffle {turn}");
        binned(&|d| uniform(seed, &name, d as u32))
    };
    let noise = mean((0..8_u32).collect::<Vec<_>>().into_iter().map(shuffled));
    Some(Information { value: (raw - noise).max(0.0), raw, noise })
}
