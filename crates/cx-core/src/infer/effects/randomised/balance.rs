//! Were the arms alike before?

use crate::infer::means::{Summary, welch};

/// How two groups compare on something known before the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// Difference of means over the pooled standard deviation √((s₁² + s₀²)/2).
    pub standardised: f64,
    /// s₁²/s₀².
    pub variance_ratio: f64,
    /// Two-sided p-value of Welch's test.
    pub p: f64,
}

/// Standardised mean difference, variance ratio and test of a value known
/// before the start, treated less control.
///
/// `None` where a group has fewer than two values or no spread.
/// Source: `austin2009`.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::randomised::balance, means::Summary};
/// let (a, b) = (Summary::of(&[1.0, 2.0, 3.0]).unwrap(), Summary::of(&[1.0, 3.0, 5.0]).unwrap());
/// let balance = balance(&a, &b).unwrap();
/// assert!((balance.standardised + 1.0 / 2.5_f64.sqrt()).abs() < 1e-15);
/// assert_eq!(balance.variance_ratio, 0.25);
/// ```
pub fn balance(treated: &Summary, control: &Summary) -> Option<Balance> {
    let (a, b) = (treated.variance?, control.variance?);
    let test = welch(treated, control)?;
    (a > 0.0 && b > 0.0).then(|| Balance {
        standardised: test.difference / f64::midpoint(a, b).sqrt(),
        variance_ratio: a / b,
        p: test.p,
    })
}
