//! Charts of counted things: shares of faulty units and faults per unit.
//!
//! Source: `montgomery2013`.

use super::chart::{Chart, Point, in_trial};

/// Sum of counts over sum of sizes in the trial rows.
fn trial_ratio(counts: &[f64], sizes: &[f64], trial: &[bool]) -> Option<f64> {
    let sum = |values: &[f64]| in_trial(values, trial).sum::<f64>();
    let whole = sum(sizes);
    (whole > 0.0 && sizes.iter().all(|n| *n > 0.0)).then(|| sum(counts) / whole)
}

/// Chart of the share of faulty units: p̄ ± sigmas √(p̄(1−p̄)/n), within 0..1.
///
/// `None` without trial rows or with a size that is not positive.
///
/// # Examples
/// ```
/// use cx_core::infer::control::p;
/// let chart = p(&[4.0, 6.0, 40.0], &[100.0, 100.0, 100.0], &[true, true, false], 3.0).unwrap();
/// assert_eq!(chart.center, 0.05);
/// assert!(chart.points[2].is_outside());
/// ```
pub fn p(faulty: &[f64], sizes: &[f64], trial: &[bool], sigmas: f64) -> Option<Chart> {
    let center = trial_ratio(faulty, sizes, trial)?;
    let sd = (center * (1.0 - center)).max(0.0).sqrt();
    let point = |(x, n): (&f64, &f64)| Point::new(x / n, center, sd / n.sqrt(), sigmas, (0.0, 1.0));
    Some(Chart { center, sd, points: faulty.iter().zip(sizes).map(point).collect() })
}

/// Chart of the number of faulty units in samples of one size: n p̄ ± sigmas √(n p̄(1−p̄)).
///
/// `None` where sizes differ; use [`p`] then.
///
/// # Examples
/// ```
/// use cx_core::infer::control::np;
/// let chart = np(&[4.0, 6.0], &[100.0, 100.0], &[true, true], 3.0).unwrap();
/// assert_eq!(chart.center, 5.0);
/// assert_eq!(np(&[4.0, 6.0], &[100.0, 90.0], &[true, true], 3.0), None);
/// ```
pub fn np(faulty: &[f64], sizes: &[f64], trial: &[bool], sigmas: f64) -> Option<Chart> {
    let share = trial_ratio(faulty, sizes, trial)?;
    let n = *sizes.first()?;
    if sizes.iter().any(|size| *size != n) {
        return None;
    }
    let (center, sd) = (n * share, (n * share * (1.0 - share)).max(0.0).sqrt());
    let points = faulty.iter().map(|x| Point::new(*x, center, sd, sigmas, (0.0, n))).collect();
    Some(Chart { center, sd, points })
}

/// Chart of counts over equal opportunities: c̄ ± sigmas √c̄, not below 0.
///
/// # Examples
/// ```
/// use cx_core::infer::control::c;
/// let chart = c(&[9.0, 7.0, 30.0], &[true, true, false], 3.0).unwrap();
/// assert_eq!(chart.center, 8.0);
/// assert!(chart.points[2].is_outside());
/// ```
pub fn c(counts: &[f64], trial: &[bool], sigmas: f64) -> Option<Chart> {
    let center = trial_ratio(counts, &vec![1.0; counts.len()], trial)?;
    let sd = center.max(0.0).sqrt();
    let points = counts.iter().map(|x| Point::new(*x, center, sd, sigmas, (0.0, f64::INFINITY))).collect();
    Some(Chart { center, sd, points })
}

/// Chart of counts per unit of opportunity: ū ± sigmas √(ū/n), not below 0.
///
/// # Examples
/// ```
/// use cx_core::infer::control::u;
/// let chart = u(&[9.0, 14.0], &[100.0, 130.0], &[true, true], 3.0).unwrap();
/// assert_eq!(chart.center, 0.1);
/// ```
pub fn u(counts: &[f64], sizes: &[f64], trial: &[bool], sigmas: f64) -> Option<Chart> {
    let center = trial_ratio(counts, sizes, trial)?;
    let sd = center.max(0.0).sqrt();
    let point = |(x, n): (&f64, &f64)| Point::new(x / n, center, sd / n.sqrt(), sigmas, (0.0, f64::INFINITY));
    Some(Chart { center, sd, points: counts.iter().zip(sizes).map(point).collect() })
}
