//! Changes that a share can make.

use crate::ground::estimate::Refused;

/// The largest base on which a relative rise of a share is possible, 1/(1+r).
///
/// `None` for a rise of 0 or less, which has no such bound.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::largest_base;
/// assert!((largest_base(0.4).unwrap() - 0.714_286).abs() < 1e-6);
/// ```
pub fn largest_base(relative: f64) -> Option<f64> {
    (relative > 0.0 && relative.is_finite()).then(|| 1.0 / (1.0 + relative))
}

/// A share after a relative change.
///
/// # Errors
/// The refusal `share_infeasible` where the result would lie outside 0..1.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::after_relative_change;
/// assert!((after_relative_change(0.5, 0.4).unwrap() - 0.7).abs() < 1e-12);
/// assert_eq!(after_relative_change(0.8, 0.4).unwrap_err().rule, "share_infeasible");
/// ```
pub fn after_relative_change(base: f64, relative: f64) -> Result<f64, Refused> {
    let after = base * (1.0 + relative);
    if (0.0..=1.0).contains(&base) && (0.0..=1.0).contains(&after) {
        return Ok(after);
    }
    Err(Refused {
        rule: "share_infeasible".to_owned(),
        reason: "a share would leave 0 to 1 by this relative change of its base".to_owned(),
        lift: "say whether the change is relative or in points, and check the base".to_owned(),
    })
}
