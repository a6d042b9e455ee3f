//! Proper scores of forecasts with a spread.

use crate::infer::special::normal;

/// Continuous ranked probability score of a normal forecast, in the outcome's unit.
///
/// Formula: σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π), z = (y − μ)/σ. `None` unless σ > 0.
/// Source: `gneiting2007`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::crps_of_normal;
/// assert!((crps_of_normal(8.5244, 8.4319, 1.0343).unwrap() - 0.245_008_768).abs() < 1e-9);
/// ```
pub fn crps_of_normal(y: f64, mean: f64, sd: f64) -> Option<f64> {
    let z = (y - mean) / sd;
    let tails = normal::tails(z);
    let both = z * (tails.below - tails.above) + 2.0 * normal::density(z);
    (sd > 0.0 && z.is_finite()).then(|| sd * (both - 1.0 / std::f64::consts::PI.sqrt()))
}

/// The same of a forecast given as draws.
///
/// Formula: mean |x − y| − ½ mean |x − x′| over all n² ordered pairs. `None`
/// without draws or where a number is missing. Source: `gneiting2007`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::crps_of_draws;
/// assert_eq!(crps_of_draws(&[10.0, 12.0, 14.0, 16.0, 18.0], 15.0), Some(1.0));
/// ```
pub fn crps_of_draws(draws: &[f64], y: f64) -> Option<f64> {
    let n = draws.len() as f64;
    if draws.is_empty() || !y.is_finite() || draws.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let distance: f64 = sorted.iter().map(|x| (x - y).abs()).sum();
    // Σ over pairs i < j of (xⱼ − xᵢ): the k-th smallest is added k times and taken off n − 1 − k times.
    let pairs: f64 = sorted.iter().enumerate().map(|(k, x)| (2.0 * k as f64 - (n - 1.0)) * x).sum();
    Some(distance / n - pairs / (n * n))
}

/// Pinball loss of a forecast of the `q` quantile.
///
/// Formula: q (y − x) where y ≥ x, else (1 − q)(x − y). `None` unless 0 < q < 1.
/// Source: `koenker1978`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::pinball;
/// assert_eq!(pinball(10.0, 8.0, 0.75), Some(1.5));
/// assert_eq!(pinball(10.0, 12.0, 0.75), Some(0.5));
/// ```
pub fn pinball(y: f64, forecast: f64, q: f64) -> Option<f64> {
    let off = y - forecast;
    (q > 0.0 && q < 1.0).then_some(if off >= 0.0 { q * off } else { (q - 1.0) * off })
}

/// Interval score of an interval with `level` inside: narrow is good, to miss is dear.
///
/// Formula: (u − l) + 2/α (l − y)₊ + 2/α (y − u)₊, α = 1 − level. `None` where
/// the limits are not in order or the level is none. Source: `gneiting2007`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::interval_score;
/// assert!((interval_score(22.0, 10.0, 20.0, 0.9).unwrap() - 50.0).abs() < 1e-9);
/// assert_eq!(interval_score(15.0, 10.0, 20.0, 0.9), Some(10.0));
/// ```
pub fn interval_score(y: f64, low: f64, high: f64, level: f64) -> Option<f64> {
    let missed = (low - y).max(0.0) + (y - high).max(0.0);
    (low <= high && level > 0.0 && level < 1.0).then(|| high - low + 2.0 / (1.0 - level) * missed)
}

/// Skill against a baseline, 1 − score/baseline: 1 is perfect, 0 as good as the
/// baseline. `None` unless the baseline's score is above 0.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::skill;
/// assert_eq!(skill(0.75, 1.0), Some(0.25));
/// ```
pub fn skill(score: f64, baseline: f64) -> Option<f64> {
    (baseline > 0.0).then(|| 1.0 - score / baseline)
}

/// Where an outcome falls in its forecast, 0..1 (the probability integral
/// transform): the share of draws below, those equal to it half.
///
/// Over many forecasts it is even where the spread is honest. `None` without
/// draws. Source: `dawid1984`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::place_in_draws;
/// assert_eq!(place_in_draws(&[1.0, 2.0, 3.0, 4.0], 3.0), Some(0.625));
/// ```
pub fn place_in_draws(draws: &[f64], y: f64) -> Option<f64> {
    let below = draws.iter().filter(|x| **x < y).count() as f64;
    let equal = draws.iter().filter(|x| **x == y).count() as f64;
    (!draws.is_empty()).then(|| (below + 0.5 * equal) / draws.len() as f64)
}

/// Largest distance of the distribution of places from the even one (Kolmogorov
/// and Smirnov's). `None` without places or outside 0..1. Source: `conover1999`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::even_distance;
/// assert_eq!(even_distance(&[0.25, 0.75]), Some(0.25));
/// ```
pub fn even_distance(places: &[f64]) -> Option<f64> {
    if places.is_empty() || places.iter().any(|u| !(0.0..=1.0).contains(u)) {
        return None;
    }
    let mut sorted = places.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let off = |(i, u): (usize, &f64)| ((i as f64 + 1.0) / n - u).max(u - i as f64 / n);
    Some(sorted.iter().enumerate().map(off).fold(0.0, f64::max))
}

/// Shares of places in `bins` equal parts of 0..1: a hump says that the spread
/// was too wide, a bowl too narrow, a slope that the forecasts lean. `None`
/// without places, without bins or outside 0..1.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::histogram;
/// assert_eq!(histogram(&[0.1, 0.3, 0.4, 1.0], 2), Some(vec![0.75, 0.25]));
/// ```
pub fn histogram(places: &[f64], bins: usize) -> Option<Vec<f64>> {
    if bins == 0 || places.is_empty() || places.iter().any(|u| !(0.0..=1.0).contains(u)) {
        return None;
    }
    let mut shares = vec![0.0; bins];
    for u in places {
        shares[((u * bins as f64) as usize).min(bins - 1)] += 1.0 / places.len() as f64;
    }
    Some(shares)
}
