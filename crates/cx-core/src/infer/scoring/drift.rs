//! Whether the world still is the one that a model was made in.

/// Population stability index of two sets of counts over the same bins; above 0.2 is an alarm.
///
/// Formula: Σ (q − p) ln(q/p) over shares with ½ added to every bin, since an
/// empty bin would be infinite. `None` without bins, with different bins, or
/// with negative counts. Source: `siddiqi2006`; the half is a definition of
/// this product.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::stability_index;
/// assert_eq!(stability_index(&[50.0, 50.0], &[50.0, 50.0]), Some(0.0));
/// assert!(stability_index(&[90.0, 10.0, 0.0], &[50.0, 40.0, 10.0]).unwrap() > 0.2);
/// ```
pub fn stability_index(before: &[f64], now: &[f64]) -> Option<f64> {
    let sound = |counts: &[f64]| counts.iter().all(|n| *n >= 0.0 && n.is_finite());
    if before.is_empty() || before.len() != now.len() || !sound(before) || !sound(now) {
        return None;
    }
    let sum = |counts: &[f64]| counts.iter().map(|n| n + 0.5).sum::<f64>();
    let (all_before, all_now) = (sum(before), sum(now));
    let part = |(a, b): (&f64, &f64)| {
        let (p, q) = ((a + 0.5) / all_before, (b + 0.5) / all_now);
        (q - p) * (q / p).ln()
    };
    Some(before.iter().zip(now).map(part).sum())
}

/// Where residuals began to lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// Place of the residual that raised it.
    pub at: usize,
    /// True where residuals rose, false where they fell.
    pub rose: bool,
}

/// Page and Hinkley's test of residuals, both ways: the first alarm, if any.
///
/// Formula: m_t = Σ (e − ē_t − δ); alarm where m_t − min m exceeds λ, and the
/// same mirrored. `tolerance` δ and `threshold` λ are in the unit of the
/// residuals: half a standard deviation and ten of them are usual. Source: `page1954`.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::page_hinkley;
/// let mut residuals = vec![0.0; 20];
/// assert_eq!(page_hinkley(&residuals, 0.5, 5.0), None);
/// residuals.extend([2.0; 10]);
/// assert!(page_hinkley(&residuals, 0.5, 5.0).unwrap().rose);
/// ```
pub fn page_hinkley(residuals: &[f64], tolerance: f64, threshold: f64) -> Option<Alarm> {
    let (mut mean, mut up, mut down) = (0.0, 0.0_f64, 0.0_f64);
    for (at, e) in residuals.iter().enumerate() {
        mean += (e - mean) / (at as f64 + 1.0);
        // The sum less its own minimum is the sum that starts anew at 0.
        up = (up + e - mean - tolerance).max(0.0);
        down = (down - e + mean - tolerance).max(0.0);
        if up > threshold || down > threshold {
            return Some(Alarm { at, rose: up > threshold });
        }
    }
    None
}
