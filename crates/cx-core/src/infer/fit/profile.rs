//! Profile likelihood: the interval that the likelihood itself gives.

use super::{Fit, Search, maximise};
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;

/// The profile-likelihood interval of parameter k on the scale of the fit.
///
/// The limits are where the log-likelihood, maximised over all the other
/// parameters, lies z²/2 below its maximum. A side on which it never falls so
/// far within `reach` of the maximiser is open: the data do not bound the
/// parameter there. Unlike a Wald interval it does not depend on the scale of
/// the parameter. `None` where the fit did not converge.
///
/// Source: `venzon1988`.
///
/// # Examples
/// ```
/// use cx_core::infer::{Level, fit::{Search, maximise, profile}};
/// // Ten events in one unit of time; the limits solve 10 ln(m/10) − m + 10 = −z²/2.
/// let poisson = |at: &[f64], gradient: &mut [f64]| {
///     gradient[0] = 10.0 - at[0].exp();
///     10.0 * at[0] - at[0].exp()
/// };
/// let fit = maximise(&poisson, &[vec![0.0]], &Search::default()).unwrap();
/// let interval = profile(&poisson, &fit, 0, 20.0, Level::P95).unwrap();
/// assert!((interval.low.unwrap().exp() - 5.0108).abs() < 1e-3);
/// assert!((interval.high.unwrap().exp() - 17.5393).abs() < 1e-3);
/// ```
pub fn profile(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    fit: &Fit,
    k: usize,
    reach: f64,
    level: Level,
) -> Option<Interval> {
    let error = fit.information.standard_error(k).filter(|_| fit.converged())?;
    let z = level.z();
    let side = |sign: f64| limit(f, fit, k, sign, z * error, reach, 0.5 * z * z);
    let (low, high) = (side(-1.0), side(1.0));
    Some(Interval { low, high, level: level.value(), method: Method::ProfileLikelihood })
}

/// The limit on one side, `None` where the profile never falls by `drop`.
fn limit(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    fit: &Fit,
    k: usize,
    sign: f64,
    first: f64,
    reach: f64,
    drop: f64,
) -> Option<f64> {
    // The other parameters start where they ended at the point before.
    let mut warm = others(&fit.at, k);
    // How far below the limit's height the profile lies: negative inside.
    let mut below = |away: f64| match highest(f, k, sign.mul_add(away, fit.at[k]), &warm) {
        Some((value, end)) => {
            warm = end;
            fit.value - value - drop
        }
        None => f64::INFINITY,
    };
    let (mut inside, mut outside) = ((0.0, -drop), first.min(reach));
    let mut out = below(outside);
    while out < 0.0 {
        if outside >= reach {
            return None;
        }
        inside = (outside, out);
        outside = (1.5 * outside).min(reach);
        out = below(outside);
    }
    // Secants kept away from both ends of the bracket.
    for _ in 0..60 {
        let width = outside - inside.0;
        let secant = if out.is_finite() { inside.1 / (inside.1 - out) } else { 0.5 };
        let away = width.mul_add(secant.clamp(0.05, 0.95), inside.0);
        let now = below(away);
        if now.abs() < 1e-9 || width < 1e-10 * first {
            return Some(sign.mul_add(away, fit.at[k]));
        }
        if now < 0.0 {
            inside = (away, now);
        } else {
            (outside, out) = (away, now);
        }
    }
    Some(sign.mul_add(f64::midpoint(inside.0, outside), fit.at[k]))
}

/// All parameters but k.
fn others(at: &[f64], k: usize) -> Vec<f64> {
    at.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, x)| *x).collect()
}

/// The highest log-likelihood with parameter k held, and where the others are then.
fn highest(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    k: usize,
    held: f64,
    start: &[f64],
) -> Option<(f64, Vec<f64>)> {
    let whole = |rest: &[f64]| {
        let mut at = rest.to_vec();
        at.insert(k, held);
        at
    };
    if start.is_empty() {
        let value = f(&[held], &mut [0.0]);
        return value.is_finite().then(|| (value, Vec::new()));
    }
    let rest = |rest: &[f64], gradient: &mut [f64]| {
        let mut all = vec![0.0; rest.len() + 1];
        let value = f(&whole(rest), &mut all);
        all.remove(k);
        gradient.copy_from_slice(&all);
        value
    };
    // A ridge among the others still has its height: the verdict does not matter here.
    let fit = maximise(&rest, &[start.to_vec()], &Search::default()).ok()?;
    Some((fit.value, fit.at))
}
