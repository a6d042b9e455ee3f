//! Share of a market from retention of ours and of others.

/// A market from one period to the next. All but the size are shares 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Market {
    /// Our share before.
    pub share: f64,
    /// Customers of the market before.
    pub before: f64,
    /// Customers of the market after.
    pub after: f64,
    /// Our customers who stay with us.
    pub retention: f64,
    /// Customers of others who stay with theirs.
    pub others_retention: f64,
    /// Customers who leave the market.
    pub leaving: f64,
    /// Our part of those who leave a competitor for another.
    pub of_switchers: f64,
    /// Our part of those new to the market.
    pub of_new: f64,
}

/// Our share of the market one period on.
///
/// Formula: MSₜNₜ = r MSₜ₋₁Nₜ₋₁ + A′(1−δ−r′)(1−MSₜ₋₁)Nₜ₋₁ + A(Nₜ − (1−δ)Nₜ₋₁).
/// Loyal customers of competitors are not up for switching. `None` where a
/// share lies outside 0..1, r + δ or r′ + δ exceeds 1, or the market is empty.
/// Source: `rust1995`.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::{share_after, Market};
/// let market = Market {
///     share: 0.3, before: 1000.0, after: 1000.0, retention: 0.8, others_retention: 0.8,
///     leaving: 0.0, of_switchers: 3.0 / 7.0, of_new: 0.0,
/// };
/// assert!((share_after(market).unwrap() - 0.3).abs() < 1e-12);
/// ```
pub fn share_after(market: Market) -> Option<f64> {
    let Market { share, before, after, retention, others_retention, leaving, of_switchers, of_new } = market;
    let shares = [share, retention, others_retention, leaving, of_switchers, of_new];
    let sound = shares.iter().all(|s| (0.0..=1.0).contains(s))
        && retention + leaving <= 1.0 + 1e-12
        && others_retention + leaving <= 1.0 + 1e-12
        && before >= 0.0
        && after > 0.0;
    sound.then(|| {
        let kept = retention * share * before;
        let switched = of_switchers * (1.0 - leaving - others_retention) * (1.0 - share) * before;
        let new = of_new * (after - (1.0 - leaving) * before);
        (kept + switched + new) / after
    })
}
