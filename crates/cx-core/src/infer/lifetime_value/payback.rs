//! How long margins take to pay for winning the customer.

/// The first period by whose end margins, weighed by survival, have paid `cost`:
/// smallest T with Σ_{t≤T} mₜ S(t) ≥ cost, t from 0. `None` where that is not
/// reached within the margins given: with customers leaving it may never be.
///
/// The last margin does not go on by itself: give as many periods as may be looked at.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::payback;
/// let survival = |t: u32| 0.5_f64.powi(t as i32);
/// // 40 + 20 + 10 + … never passes 80.
/// assert_eq!(payback(60.0, &[40.0; 48], survival), Some(1));
/// assert_eq!(payback(81.0, &[40.0; 48], survival), None);
/// ```
pub fn payback(cost: f64, margins: &[f64], survival: impl Fn(u32) -> f64) -> Option<u32> {
    let mut paid = 0.0;
    for (t, margin) in (0..).zip(margins) {
        paid += margin * survival(t);
        if paid >= cost {
            return Some(t);
        }
    }
    None
}
