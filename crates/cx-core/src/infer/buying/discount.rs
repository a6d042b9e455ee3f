//! What purchases to come are worth today, period by period.

use super::{Cell, Model};

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
