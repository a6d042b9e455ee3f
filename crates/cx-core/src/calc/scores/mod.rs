//! Scores: NPS, satisfaction, effort, shares, means, comparisons, weights and sizes.

mod ces;
mod compare;
mod csat;
mod mean;
mod nps;
mod power;
mod proportion;
mod rake;
mod sample_size;
mod share_method;

pub(super) use ces::CES;
pub(super) use compare::COMPARE;
pub(super) use csat::CSAT;
pub(super) use mean::MEAN;
pub(super) use nps::NPS;
pub(super) use power::POWER;
pub(super) use proportion::PROPORTION;
pub(super) use rake::RAKE;
pub(super) use sample_size::SAMPLE_SIZE;
