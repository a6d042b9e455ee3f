//! Money over time: flows by period or by day, and one benefit against one cost.

mod dated;
mod flows;
mod irr;
mod npv;
mod payback;
mod roi;

pub(super) use dated::{XIRR, XNPV};
pub(super) use irr::IRR;
pub(super) use npv::NPV;
pub(super) use payback::PAYBACK;
pub(super) use roi::ROI;
