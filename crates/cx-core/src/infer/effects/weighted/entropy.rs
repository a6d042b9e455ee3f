//! Weights that make the controls look like the treated exactly.

use super::Person;
use crate::ground::estimate::Refused;
use nalgebra::{DMatrix, DVector};

/// Weights of the controls, sum 1, that match the means and variances of every
/// covariate among the treated and otherwise differ as little as they can.
///
/// Formula: w ∝ e^(cᵀλ) over the controls with λ such that Σ w c = c̄ of the
/// treated, c the covariates and their squared distances from the treated
/// mean; Newton steps on the convex dual. A covariate of two values gives its
/// mean only. 0 for the treated. Source: `hainmueller2012`.
///
/// # Errors
/// [`Refused`] where no weights do it: the treated lie outside the controls.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::weighted::{entropy_weights, Person};
/// let person = |known, treated| Person { known: vec![known], treated, outcome: 0.0 };
/// let people = [person(1.0, true), person(1.0, true), person(0.0, true), person(0.0, false), person(1.0, false)];
/// let weights = entropy_weights(&people).unwrap();
/// assert!((weights[4] - 2.0 / 3.0).abs() < 1e-9 && weights[0] == 0.0);
/// ```
pub fn entropy_weights(people: &[Person]) -> Result<Vec<f64>, Refused> {
    let refuse = |reason: &str| Refused {
        rule: "balance".to_owned(),
        reason: reason.to_owned(),
        lift: "fewer covariates, or controls who are more like the treated".to_owned(),
    };
    let (inside, outside): (Vec<&Person>, Vec<&Person>) = people.iter().partition(|p| p.treated);
    if inside.is_empty() || outside.is_empty() {
        return Err(refuse("a group is empty"));
    }
    let width = inside[0].known.len();
    let n = inside.len() as f64;
    let mut moments: Vec<(Vec<f64>, f64)> = Vec::new();
    for j in 0..width {
        let mean = inside.iter().map(|p| p.known[j]).sum::<f64>() / n;
        let spread = inside.iter().map(|p| (p.known[j] - mean).powi(2)).sum::<f64>() / n;
        let scale = if spread > 0.0 { spread.sqrt() } else { 1.0 };
        moments.push((outside.iter().map(|p| (p.known[j] - mean) / scale).collect(), 0.0));
        let first = people[0].known[j];
        let second = people.iter().map(|p| p.known[j]).find(|x| *x != first);
        if people.iter().any(|p| p.known[j] != first && Some(p.known[j]) != second) && spread > 0.0 {
            moments.push((outside.iter().map(|p| ((p.known[j] - mean) / scale).powi(2)).collect(), 1.0));
        }
    }
    // A column that does not vary among the controls either matches already or never will.
    moments.retain(|(column, target)| column.iter().any(|x| (x - target).abs() > 1e-12));
    let k = moments.len();
    let mut lambda = DVector::zeros(k);
    let weigh = |lambda: &DVector<f64>| {
        let lines: Vec<f64> = (0..outside.len())
            .map(|i| moments.iter().zip(lambda.iter()).map(|((c, t), l)| (c[i] - t) * l).sum())
            .collect();
        let top = lines.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raw: Vec<f64> = lines.iter().map(|x| (x - top).exp()).collect();
        let sum: f64 = raw.iter().sum();
        (raw.iter().map(|w| w / sum).collect::<Vec<f64>>(), top + sum.ln())
    };
    let (mut weights, mut value) = weigh(&lambda);
    for _ in 0..200 {
        let off =
            |j: usize| moments[j].0.iter().zip(&weights).map(|(c, w)| w * (c - moments[j].1)).sum::<f64>();
        let gradient = DVector::from_fn(k, |j, _| off(j));
        if gradient.amax() < 1e-10 || k == 0 {
            let mut own = weights.into_iter();
            return Ok(people
                .iter()
                .map(|p| if p.treated { 0.0 } else { own.next().unwrap_or(0.0) })
                .collect());
        }
        let bend = DMatrix::from_fn(k, k, |a, b| {
            let product: f64 = (0..outside.len())
                .map(|i| weights[i] * (moments[a].0[i] - moments[a].1) * (moments[b].0[i] - moments[b].1))
                .sum();
            product - gradient[a] * gradient[b] + if a == b { 1e-12 } else { 0.0 }
        });
        let Some(step) = bend.cholesky().map(|c| c.solve(&gradient)) else { break };
        let mut length = 1.0;
        loop {
            let next = &lambda - &step * length;
            let (there, lower) = weigh(&next);
            if lower <= value + 1e-14 {
                (lambda, weights, value) = (next, there, lower);
                break;
            }
            length *= 0.5;
            if length < 1e-12 {
                return Err(refuse("no weights of the controls match the treated"));
            }
        }
    }
    Err(refuse("no weights of the controls match the treated"))
}
