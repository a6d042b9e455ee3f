//! Resampled worlds: how far the parameters would move in another sample of the same customers.

use crate::infer::fit::Fit;
use crate::stats::group_weight;
use nalgebra::{SMatrix, SVector};

/// The log parameters in each resampled world, by one Newton step from the full fit.
///
/// With the scores s_g and informations I_g of the groups at the full-sample
/// fit θ̂ and the Poisson weights w_gb of the groups in world b,
///
///   θ_b = θ̂ + (Σ_g w_gb I_g)⁻¹ Σ_g w_gb s_g,
///
/// which differs from the refit by terms of the order of the squared step.
/// Nothing is refitted: `scores` is called 2K+1 times in all. Where a world's
/// information is not positive definite the full-sample one stands in. A world
/// in which all weights are 0 does not move.
///
/// `scores` gives the gradient of every group's log-likelihood at a point.
/// Source: `shao1995`.
pub fn one_step<const K: usize>(
    fit: &Fit,
    scores: impl Fn(&[f64; K]) -> Vec<[f64; K]>,
    seed: u64,
    worlds: u32,
) -> Vec<[f64; K]> {
    let at: [f64; K] = std::array::from_fn(|k| fit.at[k]);
    let here = scores(&at);
    let groups = here.len();
    let mut informations = vec![SMatrix::<f64, K, K>::zeros(); groups];
    for k in 0..K {
        let spread = fit.information.standard_error(k).unwrap_or(1.0);
        let step = (0.02 * spread).clamp(1e-6, 1e-3);
        let moved = |h: f64| {
            let mut point = at;
            point[k] += h;
            scores(&point)
        };
        let (up, down) = (moved(step), moved(-step));
        for (g, information) in informations.iter_mut().enumerate() {
            for j in 0..K {
                information[(j, k)] = (down[g][j] - up[g][j]) / (2.0 * step);
            }
        }
    }
    let full: SMatrix<f64, K, K> = informations.iter().sum();
    (0..worlds)
        .map(|b| {
            let mut score = SVector::<f64, K>::zeros();
            let mut information = SMatrix::<f64, K, K>::zeros();
            for g in 0..groups {
                let weight = group_weight(seed, g as u32, b) as f64;
                if weight > 0.0 {
                    score += weight * SVector::from(here[g]);
                    information += weight * informations[g];
                }
            }
            let solve =
                |m: SMatrix<f64, K, K>| ((m + m.transpose()) * 0.5).cholesky().map(|c| c.solve(&score));
            let step = solve(information).or_else(|| solve(full)).unwrap_or_else(SVector::zeros);
            std::array::from_fn(|k| at[k] + step[k])
        })
        .collect()
}
