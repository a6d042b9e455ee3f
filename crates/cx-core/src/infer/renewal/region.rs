//! What a likelihood allows: the region it does not reject, and figures over it.

use crate::infer::fit::Fit;
use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// Points on the border of the region where the log-likelihood lies no more
/// than `drop` below its maximum, in directions evenly spread over the ellipse
/// of the information.
///
/// A direction in which it never falls so far within `reach` of the maximum
/// ends there. Empty where the fit has no covariance.
pub fn region(f: &impl Fn(&[f64], &mut [f64]) -> f64, fit: &Fit, drop: f64, reach: f64) -> Vec<Vec<f64>> {
    let Some(covariance) = &fit.information.covariance else { return Vec::new() };
    let k = fit.at.len();
    let eigen = SymmetricEigen::new(covariance.clone());
    let root = &eigen.eigenvectors * DMatrix::from_diagonal(&eigen.eigenvalues.map(|x| x.max(0.0).sqrt()));
    let first = (2.0 * drop).sqrt();
    let mut scratch = vec![0.0; k];
    let mut border = Vec::new();
    for direction in directions(k) {
        let along = &root * direction;
        let longest = reach / along.amax().max(f64::MIN_POSITIVE);
        let mut below = |r: f64| {
            let point: Vec<f64> =
                fit.at.iter().zip(along.iter()).map(|(at, step)| r.mul_add(*step, *at)).collect();
            let value = f(&point, &mut scratch);
            if value.is_finite() { fit.value - value - drop } else { f64::INFINITY }
        };
        // Below 0 inside; false position with the idle end's weight halved (Illinois) closes in.
        let (mut inside, mut outside) = ((0.0, -drop), (first.min(longest), 0.0));
        outside.1 = below(outside.0);
        while outside.1 < 0.0 && outside.0 < longest {
            inside = outside;
            outside.0 = (1.5 * outside.0).min(longest);
            outside.1 = below(outside.0);
        }
        let mut side = 0;
        for _ in 0..60 {
            if outside.1 < 0.0 || -inside.1 < 1e-7 * drop || outside.0 - inside.0 < 1e-9 * outside.0 {
                break;
            }
            let share = if outside.1.is_finite() { inside.1 / (inside.1 - outside.1) } else { 0.5 };
            let middle = (outside.0 - inside.0).mul_add(share.clamp(0.01, 0.99), inside.0);
            let now = below(middle);
            if now < 0.0 {
                inside = (middle, now);
                outside.1 *= if side == -1 { 0.5 } else { 1.0 };
                side = -1;
            } else {
                outside = (middle, now);
                inside.1 *= if side == 1 { 0.5 } else { 1.0 };
                side = 1;
            }
        }
        let inside = if outside.1 < 0.0 { outside.0 } else { inside.0 };
        border.push(fit.at.iter().zip(along.iter()).map(|(at, step)| inside.mul_add(*step, *at)).collect());
    }
    border
}

/// Unit vectors in one, two or three dimensions, evenly spread and with their opposites.
fn directions(k: usize) -> Vec<DVector<f64>> {
    match k {
        1 => vec![DVector::from_element(1, -1.0), DVector::from_element(1, 1.0)],
        2 => (0..360)
            .map(|i| (f64::from(i) * std::f64::consts::PI / 180.0).sin_cos())
            .map(|(sin, cos)| DVector::from_vec(vec![cos, sin]))
            .collect(),
        _ => {
            // Fibonacci's sphere.
            let n = 600;
            let golden = std::f64::consts::PI * (3.0 - 5.0_f64.sqrt());
            (0..n)
                .map(|i| {
                    let z = 1.0 - (2.0 * f64::from(i) + 1.0) / f64::from(n);
                    let (sin, cos) = (golden * f64::from(i)).sin_cos();
                    let r = (1.0 - z * z).sqrt();
                    DVector::from_vec(vec![r * cos, r * sin, z])
                })
                .collect()
        }
    }
}

/// The smallest and largest value of a figure over a border: its
/// likelihood-ratio interval, which does not depend on how the law is written.
/// A value that does not exist somewhere on the border leaves that end open.
/// `None` without a border.
pub fn over_region(
    border: &[Vec<f64>],
    figure: impl Fn(&[f64]) -> Option<f64>,
) -> Option<(Option<f64>, Option<f64>)> {
    if border.is_empty() {
        return None;
    }
    let (mut low, mut high, mut open) = (f64::INFINITY, f64::NEG_INFINITY, false);
    for point in border {
        match figure(point).filter(|x| x.is_finite()) {
            Some(x) => (low, high) = (low.min(x), high.max(x)),
            None => open = true,
        }
    }
    Some((Some(low).filter(|x| x.is_finite()), Some(high).filter(|x| x.is_finite() && !open)))
}
