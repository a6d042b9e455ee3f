//! Whole numbers that refuse to overflow.

use crate::ground::fixed::Overflow;

/// Adds with a check.
#[inline]
pub(super) fn add(into: &mut i128, x: i128) -> Result<(), Overflow> {
    *into = into.checked_add(x).ok_or(Overflow)?;
    Ok(())
}

/// Multiplies with a check.
#[inline]
pub(super) fn product(a: i128, b: i128) -> Result<i128, Overflow> {
    // The usual path: a product of two words never leaves 128 bits and is one instruction.
    if let (Ok(a), Ok(b)) = (i64::try_from(a), i64::try_from(b)) {
        return Ok(i128::from(a) * i128::from(b));
    }
    a.checked_mul(b).ok_or(Overflow)
}
