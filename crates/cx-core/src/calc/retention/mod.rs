//! Retention: who stays how long, and what moves it.

mod cohorts;
mod cox;
mod curves;
mod log_rank;
mod rmst;
mod watched;

pub(super) use cohorts::COHORTS;
pub(super) use cox::COX;
pub(super) use curves::{KAPLAN_MEIER, NELSON_AALEN};
pub(super) use log_rank::LOG_RANK;
pub(super) use rmst::RMST;
