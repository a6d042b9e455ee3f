//! The difference of two groups.

mod groups;
mod kinds;

pub(in crate::calc) use groups::COMPARE;
