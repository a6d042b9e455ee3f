//! Whole numbers that refuse to overflow.

use crate::ground::fixed::Overflow;

/// Adds with a check.
pub(super) fn add(into: &mut i128, x: i128) -> Result<(), Overflow> {
    *into = into.checked_add(x).ok_or(Overflow)?;
    Ok(())
}

/// Multiplies with a check.
pub(super) fn product(a: i128, b: i128) -> Result<i128, Overflow> {
    a.checked_mul(b).ok_or(Overflow)
}
