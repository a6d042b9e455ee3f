//! Customer equity: the customers there are, and apart from them those planned.

/// Customers planned for one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Newcomers {
    /// How many.
    pub customers: f64,
    /// What one of them is worth at the start, before the cost of winning it.
    pub value: f64,
    /// What winning one costs.
    pub cost: f64,
}

/// Customer equity of the base: Σ residual lifetime values, by cell (customers, value of one).
///
/// Residual, not new-customer value: what has been paid is paid.
/// Source: `gupta2004`.
///
/// # Examples
/// ```
/// use cx_core::infer::lifetime_value::{customer_equity, newcomers_value, Newcomers};
/// let base = customer_equity([(1000.0, 240.0), (500.0, 90.0)]);
/// assert_eq!(base, 285_000.0);
/// let plan = [Newcomers { customers: 110.0, value: 300.0, cost: 100.0 }; 1];
/// assert!((newcomers_value(&plan, 0.1).unwrap() - 20_000.0).abs() < 1e-9);
/// ```
pub fn customer_equity(cells: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    cells.into_iter().map(|(customers, value)| customers * value).sum()
}

/// Value of planned newcomers, Σ Nₖ (value − cost)/(1+i)ᵏ with k from 1.
///
/// Shown beside the equity of the base, never inside it: the plan is a wish.
/// `None` for a rate of −1 or less. Source: `gupta2004`.
pub fn newcomers_value(plan: &[Newcomers], rate: f64) -> Option<f64> {
    (rate > -1.0).then(|| {
        let mut discount = 1.0;
        plan.iter()
            .map(|n| {
                discount *= 1.0 + rate;
                n.customers * (n.value - n.cost) / discount
            })
            .sum()
    })
}
