//! How much of the variance of an answer each input makes.

use crate::ground::estimate::Refused;

/// Indices of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// First-order: the share of the variance that goes with this input alone.
    pub first: f64,
    /// Total: the share that would stay if all others were known.
    pub total: f64,
}

/// First-order and total indices of every input, by Jansen's estimators.
///
/// `a` and `b` are two independent sets of draws of the same inputs, one list
/// an input; the model runs (k + 2) n times.
/// Formula: Sᵢ = 1 − E[(f(B) − f(A with Bᵢ))²]/2V and
/// STᵢ = E[(f(A) − f(A with Bᵢ))²]/2V, V over both sets. Inputs must be drawn
/// independently: of correlated ones the indices do not add up.
/// Source: `jansen1999`, the design `saltelli2010`.
///
/// # Errors
/// Refusals for sets of different shape, and for an answer that does not vary.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::uniform;
/// use cx_core::infer::sensitivity::sobol;
/// let set = |seed| -> Vec<Vec<f64>> {
///     ["x", "y"].iter().map(|name| (0..4000).map(|d| uniform(seed, name, d)).collect()).collect()
/// };
/// // Variances 4 and 1 of five.
/// let indices = sobol(&set(1), &set(2), |x| 2.0 * x[0] + x[1]).unwrap();
/// assert!((indices[0].first - 0.8).abs() < 0.05 && (indices[1].total - 0.2).abs() < 0.05);
/// ```
pub fn sobol(a: &[Vec<f64>], b: &[Vec<f64>], model: impl Fn(&[f64]) -> f64) -> Result<Vec<Indices>, Refused> {
    let n = a.first().map_or(0, Vec::len);
    if n < 2 || a.len() != b.len() || a.iter().chain(b).any(|draws| draws.len() != n) {
        return Err(refused("sets_do_not_match", "the two sets of draws have not the same shape"));
    }
    let row = |set: &[Vec<f64>], d: usize| set.iter().map(|draws| draws[d]).collect::<Vec<f64>>();
    let at_a: Vec<f64> = (0..n).map(|d| model(&row(a, d))).collect();
    let at_b: Vec<f64> = (0..n).map(|d| model(&row(b, d))).collect();
    let mean = at_a.iter().chain(&at_b).sum::<f64>() / (2 * n) as f64;
    let variance =
        at_a.iter().chain(&at_b).map(|y| (y - mean) * (y - mean)).sum::<f64>() / (2 * n - 1) as f64;
    if !(variance > 0.0 && variance.is_finite()) {
        return Err(refused("answer_does_not_vary", "the answer is the same in every draw, or no number"));
    }
    Ok((0..a.len())
        .map(|i| {
            let (mut from_b, mut from_a) = (0.0, 0.0);
            for d in 0..n {
                let mut mixed = row(a, d);
                mixed[i] = b[i][d];
                let y = model(&mixed);
                from_b += (at_b[d] - y) * (at_b[d] - y);
                from_a += (at_a[d] - y) * (at_a[d] - y);
            }
            let twice = 2.0 * variance * n as f64;
            Indices { first: 1.0 - from_b / twice, total: from_a / twice }
        })
        .collect())
}

fn refused(rule: &str, reason: &str) -> Refused {
    Refused {
        rule: rule.to_owned(),
        reason: reason.to_owned(),
        lift: "draw the same uncertain inputs twice, with two seeds".to_owned(),
    }
}
