//! Agreement of raters and reliability of items.

mod cronbach;
mod icc;
mod kappa;
mod krippendorff;
mod omega;
mod ratings;

pub(super) use cronbach::CRONBACH;
pub(super) use icc::ICC;
pub(super) use kappa::KAPPA;
pub(super) use krippendorff::KRIPPENDORFF;
pub(super) use omega::OMEGA;
