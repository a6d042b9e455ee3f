//! Value: what customers are worth, by contract, by purchase or by convention.

mod clv;
mod sbg;
mod survivors;

pub(super) use clv::CLV;
pub(super) use sbg::SBG;
