//! The variance of coefficients when rows hang together or hazards are not quite proportional.

use super::fit::risks;
use super::model::Model;
use super::ordered::Ordered;
use super::sweep::sweep;
use super::{Refusal, Spells};
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// The sandwich covariance of the coefficients, V (Σ U U ᵀ) V.
///
/// U are the score residuals of units, summed over the rows of a cluster where
/// `cluster` names one for every row (a customer with several spells). A row
/// with a count and no cluster is that many units.
/// Source: `lin1989`.
///
/// # Errors
/// As [`super::fit`] for spells the model was not fitted to, and
/// [`Refusal::Width`] for another number of clusters than rows.
pub fn robust_covariance(
    spells: &Spells,
    model: &Model,
    cluster: Option<&[u64]>,
) -> Result<DMatrix<f64>, Refusal> {
    let rows = spells.rows();
    if let Some(cluster) = cluster.filter(|c| c.len() != rows) {
        return Err(Refusal::Width { wanted: rows, got: cluster.len() });
    }
    let data = Ordered::new(spells, model.control.entering)?;
    let residuals = score_residuals(&data, model);
    let p = data.p;
    let mut middle = DMatrix::zeros(p, p);
    let mut sums: BTreeMap<u64, DVector<f64>> = BTreeMap::new();
    for (row, residual) in residuals.iter().enumerate() {
        let count = data.count[row];
        match cluster {
            None => middle += count * (residual * residual.transpose()),
            Some(cluster) => {
                let sum = sums.entry(cluster[data.place[row]]).or_insert_with(|| DVector::zeros(p));
                *sum += count * residual;
            }
        }
    }
    for sum in sums.values() {
        middle += sum * sum.transpose();
    }
    Ok(&model.covariance * middle * &model.covariance)
}

/// U of one unit of every ordered row, per unit of the covariates.
fn score_residuals(data: &Ordered, model: &Model) -> Vec<DVector<f64>> {
    let p = data.p;
    let beta = DVector::from_fn(p, |j, _| model.beta[j] * data.scale[j]);
    let (risk, _) = risks(data, &beta);
    // Of every age with events, from the last: Σ 1/c and Σ x̄/c, and what those who leave there are spared.
    let mut ages = Vec::new();
    let mut moments: Vec<(f64, Vec<f64>, f64, Vec<f64>, Vec<f64>)> = Vec::new();
    sweep(data, &risk, model.control.ties, false, |moment| {
        ages.push(moment.age);
        let (s, d, t) = (moment.all, moment.left, moment.ties);
        let weighted = (0..p).map(|j| moment.mean_by_hazard(j)).collect();
        let spared = (0..p).map(|j| s.first[j] * t.part_square - d.first[j] * t.parts_square).collect();
        let mean = (0..p).map(|j| moment.mean(j) / moment.events).collect();
        moments.push((t.one, weighted, t.part, spared, mean));
    });
    ages.reverse();
    moments.reverse();
    let mut hazard = vec![0.0; ages.len() + 1];
    let mut weighted = vec![vec![0.0; p]; ages.len() + 1];
    for (i, moment) in moments.iter().enumerate() {
        hazard[i + 1] = hazard[i] + moment.0;
        weighted[i + 1] = weighted[i].iter().zip(&moment.1).map(|(a, b)| a + b).collect();
    }
    let mut from = vec![0; data.rows()];
    for (entry, row) in &data.late {
        from[*row] = ages.partition_point(|age| data.is_absent(*entry, *age));
    }
    let residual = |row: usize| {
        let until = ages.partition_point(|age| *age <= data.exit[row]);
        let own = risk[row] / data.count[row];
        let z = data.row(row);
        let at = data.event[row].then(|| &moments[until - 1]);
        DVector::from_fn(p, |j, _| {
            let mut exposed = hazard[until] - hazard[from[row]];
            let mut mean = weighted[until][j] - weighted[from[row]][j];
            let mut score = 0.0;
            if let Some((_, _, part, spared, centre)) = at {
                exposed -= part;
                mean -= spared[j];
                score += z[j] - centre[j];
            }
            (score - own * (z[j] * exposed - mean)) * data.scale[j]
        })
    };
    (0..data.rows()).map(residual).collect()
}
