//! What purchases to come are worth today.

use super::{Cell, Model};
use crate::infer::special::quadrature::gauss_few;

/// A discounted sum up to a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discounted {
    /// Σ of the purchases expected in each period, discounted from its end.
    pub value: f64,
    /// What lies beyond the horizon is at most this: the last increment as if
    /// it never fell again. `None` without discount, where that has no end.
    pub beyond: Option<f64>,
}

/// The purchases of a customer with this history in `periods` periods of
/// length `period` (in the unit of time of the cells), those of the j-th
/// discounted by (1+d)^(−j): Σⱼ [E(j) − E(j−1)] (1+d)^(−j).
///
/// BG/NBD and MBG/NBD have no closed form for the endless sum; it is cut at
/// the horizon and the rest bounded, as increments never grow. For
/// [`super::ParetoNbd::residual`] and [`super::BgBb::residual`] there is one.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{BgNbd, Cell, Model, discounted};
/// let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
/// let cell = Cell::one(2.0, 30.43, 38.86);
/// // Twelve months of 4.345 weeks at 1 % a month.
/// let year = discounted(&model, &cell, 4.345, 12, 0.01);
/// assert!(year.value < model.ahead(&cell, 12.0 * 4.345).mean);
/// assert!(year.beyond.unwrap() > 0.0);
/// ```
pub fn discounted<M: Model>(model: &M, cell: &Cell, period: f64, periods: u32, discount: f64) -> Discounted {
    let (mut value, mut before, mut last) = (0.0, 0.0, 0.0);
    let mut factor = 1.0;
    for j in 1..=periods {
        let until = model.ahead(cell, period * f64::from(j)).mean;
        factor /= 1.0 + discount;
        last = (until - before) * factor;
        value += last;
        before = until;
    }
    let beyond = (discount > 0.0 && periods > 0).then(|| last / discount);
    Discounted { value, beyond }
}

/// Purchases up to a horizon, each discounted from the moment it is expected.
///
/// Formula: ∫ e^(−δt) dE(t) = e^(−δH) E(H) + δ ∫ e^(−δt) E(t) dt over 0..H, by
/// parts, with Gauss and Legendre's six points: E is smooth, and the error lies
/// below a ten-thousandth. `expected` is E(t), the purchases up to t, and
/// `delta` = ln(1 + i) the force of interest per unit of t.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::discounted_as_they_come;
/// // Two a year for five years at 10 %: 2 (1 − e^(−5δ))/δ.
/// let delta = 0.1_f64.ln_1p();
/// let value = discounted_as_they_come(|t| 2.0 * t, 5.0, delta);
/// assert!((value - 2.0 * (1.0 - (-5.0 * delta).exp()) / delta).abs() < 1e-9);
/// ```
pub fn discounted_as_they_come(expected: impl Fn(f64) -> f64, horizon: f64, delta: f64) -> f64 {
    let mut inner = 0.0;
    gauss_few(0.0, horizon, |t, weight| inner += weight * (-delta * t).exp() * expected(t));
    delta.mul_add(inner, (-delta * horizon).exp() * expected(horizon))
}
