//! Effects of initiatives: what happened against what would have happened.
//!
//! Unlike drivers, an outcome is never the first column here: a table of units
//! over periods leads with its unit, and an effect on unit numbers would look
//! like any other. Covariates are named for the same reason: what was measured
//! after the start, taken as known before, takes the effect off with the noise.

mod aipw;
mod columns;
mod cuped;
mod did;
mod event_study;
mod its;
mod paths;
mod rdd;
mod shown;
mod starts;
mod synthetic_control;

pub(super) use aipw::AIPW;
pub(super) use cuped::CUPED;
pub(super) use did::DID;
pub(super) use event_study::EVENT_STUDY;
pub(super) use its::ITS;
pub(super) use rdd::RDD;
pub(super) use synthetic_control::SYNTHETIC_CONTROL;
