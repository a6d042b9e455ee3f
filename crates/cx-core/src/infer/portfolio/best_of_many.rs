//! The optimiser's curse: the best of noisy estimates is not as good as it looks.

use crate::ground::estimate::Refused;
use crate::infer::Level;
use crate::infer::shrinkage::{Shrinkage, shrink};
use crate::infer::special::{normal, quadrature};

/// What the best of many equal candidates looks like, and is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestOfMany {
    /// Expected estimate of the candidate with the largest estimate.
    pub apparent: f64,
    /// Expected true value of that candidate.
    pub truth: f64,
    /// What an estimate has to be multiplied by, signal variance over all variance.
    pub factor: f64,
}

/// The best of `candidates` with true values spread by `signal` and noise by
/// `noise` (standard deviations, mean 0).
///
/// Formula: √(s² + n²) E max of normals, and that times s²/(s² + n²).
/// `None` without candidates or spread. Source: `smith2006`.
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::best_of_many;
/// let best = best_of_many(10, 1.0, 1.5).unwrap();
/// assert!((best.apparent - 2.774_026).abs() < 1e-6);
/// assert!((best.truth - 0.853_546).abs() < 1e-6 && (1.0 / best.factor - 3.25).abs() < 1e-12);
/// ```
pub fn best_of_many(candidates: u32, signal: f64, noise: f64) -> Option<BestOfMany> {
    let variance = signal.mul_add(signal, noise * noise);
    if candidates == 0 || !(variance > 0.0 && variance.is_finite() && signal >= 0.0 && noise >= 0.0) {
        return None;
    }
    let n = f64::from(candidates);
    // The density of the largest of n, n φ Φⁿ⁻¹, piece by piece.
    let mut largest = 0.0;
    for piece in -9..9 {
        quadrature::gauss(f64::from(piece), f64::from(piece + 1), |x, weight| {
            largest += weight * x * n * normal::density(x) * normal::tails(x).below.powf(n - 1.0);
        });
    }
    let (apparent, factor) = (variance.sqrt() * largest, signal * signal / variance);
    Some(BestOfMany { apparent, truth: apparent * factor, factor })
}

/// Estimates pulled toward the mean of their family before they are compared.
///
/// `estimates` are (value, standard error). As [`shrink`], whose variances are
/// the squares. Source: `smith2006`.
///
/// # Errors
/// The refusal `small_family` below four estimates with a standard error.
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::toward_the_family;
/// let family = [(9.0, 3.0), (2.0, 3.0), (4.0, 3.0), (1.0, 3.0)];
/// let shrunk = toward_the_family(&family).unwrap();
/// assert!(shrunk.groups[0].value < 9.0 && shrunk.groups[3].value > 1.0);
/// assert_eq!(toward_the_family(&family[..3]).unwrap_err().rule, "small_family");
/// ```
pub fn toward_the_family(estimates: &[(f64, f64)]) -> Result<Shrinkage, Refused> {
    let groups: Vec<(f64, f64)> = estimates.iter().map(|(value, se)| (*value, se * se)).collect();
    shrink(&groups, Level::P90).ok_or_else(|| Refused {
        rule: "small_family".to_owned(),
        reason: "a family of fewer than four estimates with standard errors tells no common mean".to_owned(),
        lift: "compare more initiatives of one kind, or judge them one by one".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::draws::uniform;
    use crate::infer::special::Tails;

    /// Simulated candidates: the formula's two figures within four standard errors.
    #[test]
    fn the_curse_is_as_large_as_it_says() {
        let worlds = 2000;
        let (mut apparent, mut truth) = (0.0, 0.0);
        for world in 0..worlds {
            let z = |name: &str, i: u32| normal::quantile(Tails::below(uniform(world, name, i)));
            let seen = (0..10).map(|i| {
                let signal = z("signal", i);
                (1.5_f64.mul_add(z("noise", i), signal), signal)
            });
            let best = seen.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
            apparent += best.0 / worlds as f64;
            truth += best.1 / worlds as f64;
        }
        let wanted = best_of_many(10, 1.0, 1.5).unwrap();
        assert!((apparent - wanted.apparent).abs() < 0.1, "{apparent}");
        assert!((truth - wanted.truth).abs() < 0.09, "{truth}");
    }
}
