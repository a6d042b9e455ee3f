//! How an effect grows and fades.

use crate::ground::estimate::Refused;

/// How long an effect lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lasting {
    /// Periods until 63 % of the full effect is there; 0 for at once.
    pub ramp: f64,
    /// Periods after the ramp until 37 % of the effect is left; infinite for never fading.
    pub life: f64,
}

/// The share of the full effect that stands `t` periods after the start.
///
/// Formula: (1 − e^(−t/ramp)) · e^(−max(0, t − ramp)/life). 0..1, 0 before the
/// start. Within the observed window the measured effects are used as they
/// are; this carries them beyond it, and its life is an assumption to be shown.
/// Source: definition of this product.
///
/// # Errors
/// [`Refused`] unless ramp is 0 or more and life is positive.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::{persistence, Lasting};
/// let lasting = Lasting { ramp: 3.0, life: f64::INFINITY };
/// assert!((persistence(lasting, 3.0).unwrap() - (1.0 - (-1.0_f64).exp())).abs() < 1e-15);
/// assert_eq!(persistence(Lasting { ramp: 0.0, life: 12.0 }, 12.0).unwrap(), (-1.0_f64).exp());
/// assert_eq!(persistence(lasting, -1.0).unwrap(), 0.0);
/// ```
pub fn persistence(lasting: Lasting, t: f64) -> Result<f64, Refused> {
    let Lasting { ramp, life } = lasting;
    if !(ramp >= 0.0 && ramp.is_finite() && life > 0.0 && !t.is_nan()) {
        return Err(Refused {
            rule: "time of an effect".to_owned(),
            reason: format!("a ramp of {ramp} and a life of {life} periods are no times"),
            lift: "a ramp of 0 or more periods and a positive life".to_owned(),
        });
    }
    if t <= 0.0 {
        return Ok(0.0);
    }
    let grown = if ramp == 0.0 { 1.0 } else { -(-t / ramp).exp_m1() };
    Ok(grown * (-(t - ramp).max(0.0) / life).exp())
}
