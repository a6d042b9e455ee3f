//! What better retention does to the base, year by year.

/// By what share the active base, and with a constant margin the profit, is
/// larger after `periods` with retention `after`, where it was steady at
/// retention `before` and as many are won as ever.
///
/// Formula: N₀ = 1, Nₜ = r₁ Nₜ₋₁ + (1 − r₀); the answer is Nₜ − 1
/// = (1 − r₁ᵗ)(r₁ − r₀)/(1 − r₁). 5 points from 80 % are 5 % in the first year
/// and 33 % in the end: the famous large figures are the end of the path.
/// `None` unless 0 ≤ r < 1. Source: `gupta2004`.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::{profit_path, profit_path_end};
/// assert!((profit_path(0.8, 0.85, 1).unwrap() - 0.05).abs() < 1e-12);
/// assert!((profit_path(0.8, 0.85, 2).unwrap() - 0.0925).abs() < 1e-12);
/// assert!((profit_path_end(0.8, 0.85).unwrap() - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub fn profit_path(before: f64, after: f64, periods: u32) -> Option<f64> {
    profit_path_end(before, after).map(|end| end * (1.0 - after.powf(f64::from(periods))))
}

/// Where the path ends: (r₁ − r₀)/(1 − r₁).
pub fn profit_path_end(before: f64, after: f64) -> Option<f64> {
    let sound = |r: f64| (0.0..1.0).contains(&r);
    (sound(before) && sound(after)).then(|| (after - before) / (1.0 - after))
}
