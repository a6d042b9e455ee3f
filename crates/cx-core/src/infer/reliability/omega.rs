//! One factor behind the items, by maximum likelihood, and McDonald's omega.

use super::correlation::{correlation, covariance};
use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// Smallest share of an item's variance that the factor leaves to it.
const FLOOR: f64 = 0.005;

/// A one-factor model of standardised items.
#[derive(Debug, Clone, PartialEq)]
pub struct OneFactor {
    /// Respondents with all items.
    pub n: u64,
    /// Correlation of each item with the factor; their sum is positive.
    pub loadings: Vec<f64>,
    /// Share of each item's variance that is its own.
    pub uniquenesses: Vec<f64>,
    /// Omega of the sum of standardised items.
    pub omega: f64,
    /// Omega of the sum of the items as they are.
    pub omega_raw: f64,
    /// True where an item's own share came down to the floor of 0.005: the
    /// model explains it entirely, which data seldom mean.
    pub at_floor: bool,
}

/// Fits one factor by maximum likelihood.
///
/// Formula: minimises Σ (θₘ − ln θₘ − 1) over the smaller eigenvalues θ of
/// Ψ^(−½) R Ψ^(−½) in the uniquenesses Ψ, by Newton steps on ln ψ; loadings
/// √ψ · ω₁ √(θ₁ − 1). Omega is (Σλ)²/((Σλ)² + Σψ). `None` below three items or
/// two rows, where an item does not vary, or where the items do not share one
/// factor. Source: `joreskog1967`, omega `mcdonald1999`.
///
/// # Examples
/// ```
/// use cx_core::infer::reliability::one_factor;
/// // Four rows in which three items carry the same signal, with a little noise.
/// let rows: Vec<Vec<f64>> = (0..40)
///     .map(|i| {
///         let x = f64::from(i % 8);
///         vec![x + f64::from(i % 3), x - f64::from(i % 5), x + f64::from(i % 7)]
///     })
///     .collect();
/// let model = one_factor(&rows).unwrap();
/// assert!(model.omega > 0.7 && model.loadings.iter().all(|l| *l > 0.5));
/// ```
pub fn one_factor(rows: &[Vec<f64>]) -> Option<OneFactor> {
    let cov = covariance(rows)?;
    let cor = correlation(&cov)?;
    let k = cor.nrows();
    if k < 3 {
        return None;
    }
    // The inverse's diagonal bounds the uniquenesses from below: Joreskog's start.
    let start = cor.clone().cholesky().map(|c| c.inverse().diagonal().map(|x| (1.0 - 0.5 / k as f64) / x));
    let psi = minimise(&cor, start.unwrap_or_else(|| DVector::from_element(k, 0.5)))?;
    let (values, vectors) = scaled_eigen(&cor, &psi);
    if values[0] <= 1.0 {
        return None;
    }
    let mut loadings: Vec<f64> =
        (0..k).map(|i| (psi[i] * (values[0] - 1.0)).sqrt() * vectors[(i, 0)]).collect();
    if loadings.iter().sum::<f64>() < 0.0 {
        for loading in &mut loadings {
            *loading = -*loading;
        }
    }
    let sd: Vec<f64> = cov.diagonal().iter().map(|v| v.sqrt()).collect();
    let omega = |scale: &dyn Fn(usize) -> f64| {
        let common: f64 = (0..k).map(|i| loadings[i] * scale(i)).sum();
        let own: f64 = (0..k).map(|i| psi[i] * scale(i) * scale(i)).sum();
        common * common / (common * common + own)
    };
    Some(OneFactor {
        n: rows.len() as u64,
        omega: omega(&|_| 1.0),
        omega_raw: omega(&|i| sd[i]),
        at_floor: psi.iter().any(|x| *x <= FLOOR * (1.0 + 1e-9)),
        uniquenesses: psi.iter().copied().collect(),
        loadings,
    })
}

/// Eigenvalues (largest first) and vectors of Ψ^(−½) R Ψ^(−½).
fn scaled_eigen(cor: &DMatrix<f64>, psi: &DVector<f64>) -> (Vec<f64>, DMatrix<f64>) {
    let scaled = cor.map_with_location(|i, j, r| r / (psi[i] * psi[j]).sqrt());
    let eigen = SymmetricEigen::new(scaled);
    let mut order: Vec<usize> = (0..psi.len()).collect();
    order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
    let values = order.iter().map(|i| eigen.eigenvalues[*i]).collect();
    (values, DMatrix::from_fn(psi.len(), psi.len(), |i, m| eigen.eigenvectors[(i, order[m])]))
}

/// The discrepancy, its gradient and its approximate second derivatives in ln ψ.
fn discrepancy(cor: &DMatrix<f64>, psi: &DVector<f64>) -> (f64, DVector<f64>, DMatrix<f64>) {
    let k = psi.len();
    let (values, vectors) = scaled_eigen(cor, psi);
    let rest = &values[1..];
    let f = rest.iter().map(|t| t - t.ln() - 1.0).sum();
    let gradient = DVector::from_fn(k, |i, _| {
        rest.iter().enumerate().map(|(m, t)| (1.0 - t) * vectors[(i, m + 1)].powi(2)).sum()
    });
    let second = DMatrix::from_fn(k, k, |i, j| {
        let shared: f64 = (1..k).map(|m| vectors[(i, m)] * vectors[(j, m)]).sum();
        shared * shared
    });
    (f, gradient, second)
}

/// Newton steps with halving; ψ stays within the floor and 1.
fn minimise(cor: &DMatrix<f64>, start: DVector<f64>) -> Option<DVector<f64>> {
    let inside = |psi: DVector<f64>| psi.map(|x| x.clamp(FLOOR, 1.0));
    let mut psi = inside(start);
    let (mut f, mut gradient, mut second) = discrepancy(cor, &psi);
    for _ in 0..500 {
        // Items held at an end by the gradient stay out of the step.
        let held =
            |i: usize| (psi[i] <= FLOOR && gradient[i] >= 0.0) || (psi[i] >= 1.0 && gradient[i] <= 0.0);
        let free = gradient.map_with_location(|i, _, g| if held(i) { 0.0 } else { g });
        if free.amax() < 1e-12 {
            return Some(psi);
        }
        let curvature = second.map_with_location(|i, j, x| {
            if held(i) || held(j) {
                f64::from(u8::from(i == j))
            } else if i == j {
                x + 1e-10
            } else {
                x
            }
        });
        let step = curvature.cholesky().map_or_else(|| free.clone(), |c| c.solve(&free));
        let mut size = 1.0;
        let next = loop {
            let moved = inside(psi.zip_map(&step, |x, s| x * (-size * s.clamp(-2.0, 2.0)).exp()));
            let candidate = discrepancy(cor, &moved);
            if candidate.0 < f {
                break Some((moved, candidate));
            }
            size *= 0.5;
            if size < 1e-10 {
                break None;
            }
        };
        match next {
            // Nothing lower within reach: the last digits are in.
            None => return (free.amax() < 1e-5).then_some(psi),
            Some((moved, candidate)) => {
                psi = moved;
                (f, gradient, second) = candidate;
            }
        }
    }
    (gradient.amax() < 1e-5).then_some(psi)
}
