//! How strong a hidden factor would have to be.

/// Robustness value: the share of what is left of score and of outcome that a
/// hidden factor would have to explain, of both, to bring the effect to 0.
///
/// Formula: ½(√(f⁴ + 4f²) − f²), f = |t|/√df; `t` of the adjusted effect, `df`
/// of its residual. 0..1; 0 at t = 0. `None` where df is not positive.
/// Source: `cinelli2020`.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::robustness_value;
/// assert!((robustness_value(4.18, 783.0).unwrap() - 0.138_639_765).abs() < 1e-8);
/// assert_eq!(robustness_value(0.0, 783.0), Some(0.0));
/// ```
pub fn robustness_value(t: f64, df: f64) -> Option<f64> {
    if !(df > 0.0 && t.is_finite()) {
        return None;
    }
    let square = t * t / df;
    // ½(√(f⁴ + 4f²) − f²) without losing digits for large f.
    Some(if square == 0.0 { 0.0 } else { 2.0 / (1.0 + (1.0 + 4.0 / square).sqrt()) })
}

/// E-value: the risk ratio that a hidden factor would need, with score and with
/// outcome, to explain the ratio `rr` away.
///
/// Formula: RR + √(RR(RR − 1)), 1/RR in place of RR below 1. At least 1.
/// `None` unless the ratio is positive and finite. Source: `vanderweele2017`.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::e_value;
/// assert!((e_value(1.3).unwrap() - 1.924_499_8).abs() < 1e-7);
/// assert_eq!(e_value(0.5), e_value(2.0));
/// assert_eq!(e_value(1.0), Some(1.0));
/// ```
pub fn e_value(rr: f64) -> Option<f64> {
    if !(rr > 0.0 && rr.is_finite()) {
        return None;
    }
    let rr = if rr < 1.0 { 1.0 / rr } else { rr };
    Some(rr + (rr * (rr - 1.0)).sqrt())
}

/// E-value of the limit nearer to 1; 1 where the interval holds 1.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::e_value_of_limits;
/// assert_eq!(e_value_of_limits(0.9, 1.7), Some(1.0));
/// assert!((e_value_of_limits(1.1, 1.7).unwrap() - 1.431_662_479).abs() < 1e-9);
/// ```
pub fn e_value_of_limits(low: f64, high: f64) -> Option<f64> {
    if !(low <= high && low >= 0.0) {
        return None;
    }
    if low <= 1.0 && high >= 1.0 { Some(1.0) } else { e_value(if low > 1.0 { low } else { high }) }
}

/// Bias that a hidden factor puts on an effect, in the outcome's unit.
///
/// Formula: se √df √(R²_y R²_d/(1 − R²_d)), with `r2_outcome` the share of the
/// outcome's residual that the factor explains given score and covariates, and
/// `r2_score` its share of the score's residual. `None` outside 0..1.
/// Source: `cinelli2020`.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::bias_of;
/// // The published example: 0.0973 with se 0.0232 comes down to 0.0752.
/// let bias = bias_of(0.023_256, 783.0, 0.009_164_3, 0.124_640_9).unwrap();
/// assert!((0.097_316 - bias - 0.075_2).abs() < 1e-4);
/// ```
pub fn bias_of(se: f64, df: f64, r2_score: f64, r2_outcome: f64) -> Option<f64> {
    let fine = (0.0..1.0).contains(&r2_score) && (0.0..=1.0).contains(&r2_outcome) && df > 0.0;
    fine.then(|| se * df.sqrt() * (r2_outcome * r2_score / (1.0 - r2_score)).sqrt())
}
