//! English.

pub(super) mod categories;
pub(super) mod measures;
pub(super) mod moments;
