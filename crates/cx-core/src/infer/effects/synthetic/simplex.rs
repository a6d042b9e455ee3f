//! The nearest mixture.

use nalgebra::{DMatrix, DVector};

/// Weights of at least 0 that sum to 1 and bring the mixture of the columns
/// nearest to the target: min Σᵢ vᵢ (tᵢ − Σⱼ wⱼ xⱼᵢ)².
///
/// An active-set search: one column enters at a time and those that would turn
/// negative leave, so it ends at the exact optimum, not near it. `columns`
/// holds one list a donor, `importance` one number of 0 or more a row. `None`
/// without donors or where lengths differ. Source: `abadie2010`.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::synthetic::simplex_weights;
/// let donors = [vec![0.0, 0.0], vec![4.0, 0.0], vec![0.0, 4.0]];
/// let weights = simplex_weights(&[1.0, 2.0], &donors, &[1.0, 1.0]).unwrap();
/// assert!((weights[1] - 0.25).abs() < 1e-9 && (weights[2] - 0.5).abs() < 1e-9);
/// // Outside of what donors span the nearest point is on the edge.
/// assert!((simplex_weights(&[5.0, 0.0], &donors, &[1.0, 1.0]).unwrap()[1] - 1.0).abs() < 1e-9);
/// ```
pub fn simplex_weights(target: &[f64], columns: &[Vec<f64>], importance: &[f64]) -> Option<Vec<f64>> {
    let n = columns.len();
    let fine = n > 0
        && importance.len() == target.len()
        && columns.iter().all(|c| c.len() == target.len() && c.iter().all(|x| x.is_finite()))
        && target.iter().chain(importance).all(|x| x.is_finite());
    if !fine {
        return None;
    }
    // With weights that sum to 1 the distance to the target is a quadratic form of the gaps.
    let gaps: Vec<Vec<f64>> = columns
        .iter()
        .map(|c| c.iter().zip(target).zip(importance).map(|((x, t), v)| (x - t) * v.sqrt()).collect())
        .collect();
    let product =
        DMatrix::from_fn(n, n, |i, j| gaps[i].iter().zip(&gaps[j]).map(|(a, b)| a * b).sum::<f64>());
    let size = (0..n).map(|j| product[(j, j)]).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let start = (0..n).min_by(|a, b| product[(*a, *a)].total_cmp(&product[(*b, *b)]))?;
    let mut weights = DVector::zeros(n);
    weights[start] = 1.0;
    let mut active = vec![start];
    for _ in 0..20 * n + 100 {
        let slope = &product * &weights;
        let level = slope.dot(&weights);
        let outside = (0..n).filter(|j| !active.contains(j));
        let Some(next) = outside.min_by(|a, b| slope[*a].total_cmp(&slope[*b])) else { break };
        if slope[next] >= level - 1e-13 * size {
            break;
        }
        active.push(next);
        loop {
            let best = unsigned(&product, &active, size)?;
            if best.iter().all(|w| *w > 0.0) {
                weights.fill(0.0);
                active.iter().zip(best.iter()).for_each(|(j, w)| weights[*j] = *w);
                break;
            }
            // As far towards it as no weight turns negative; what reaches 0 leaves.
            let reach = active
                .iter()
                .zip(best.iter())
                .filter(|(_, w)| **w <= 0.0)
                .map(|(j, w)| weights[*j] / (weights[*j] - w).max(f64::MIN_POSITIVE))
                .fold(1.0, f64::min);
            active.iter().zip(best.iter()).for_each(|(j, w)| weights[*j] += reach * (w - weights[*j]));
            let gone: Vec<usize> = active
                .iter()
                .zip(best.iter())
                .filter(|(j, w)| **w <= 0.0 && weights[**j] <= 1e-14)
                .map(|(j, _)| *j)
                .collect();
            for j in &gone {
                weights[*j] = 0.0;
            }
            active.retain(|j| !gone.contains(j));
            if gone.is_empty() || active.is_empty() {
                return None;
            }
        }
    }
    Some(weights.as_slice().to_vec())
}

/// The best weights of some columns that sum to 1, of either sign.
fn unsigned(product: &DMatrix<f64>, active: &[usize], size: f64) -> Option<DVector<f64>> {
    let k = active.len();
    let system = DMatrix::from_fn(k + 1, k + 1, |a, b| match (a < k, b < k) {
        (true, true) => product[(active[a], active[b])] / size + if a == b { 1e-14 } else { 0.0 },
        (false, false) => 0.0,
        _ => 1.0,
    });
    let right = DVector::from_fn(k + 1, |a, _| if a == k { 1.0 } else { 0.0 });
    system.lu().solve(&right).map(|solution| solution.rows(0, k).into_owned())
}
