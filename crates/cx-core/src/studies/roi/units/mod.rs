//! Units, such as regions or shops, month by month: some treated from a month on, others never.
//!
//! ```text
//! gathered   sums by unit and month
//! panel      who the units are
//! effect     the effect on one outcome, with its checks
//! naive      what plain means say
//! compared   all of it
//! ```

mod compared;
mod effect;
mod gathered;
mod naive;
mod panel;

pub(super) use compared::measure;
pub(super) use gathered::{months_end, treated_units};
