//! Value: what customers are worth, by contract, by purchase or by convention.

mod asked;
mod buying;
mod clv;
mod gamma_gamma;
mod histories;
mod sbg;
mod survivors;

pub(super) use buying::{BG_BB, BG_NBD, MBG_NBD, PARETO_NBD};
pub(super) use clv::CLV;
pub(super) use gamma_gamma::GAMMA_GAMMA;
pub(super) use sbg::SBG;
