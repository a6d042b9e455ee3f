//! Units, such as regions or shops, month by month: some treated from a month on, others later or never.
//!
//! ```text
//! gathered   sums by unit and month
//! beside     what other initiatives on the same units mean
//! panel      who the units are
//! effect     the effect on one outcome, with its checks
//! mixed      one treated unit against a mixture of others
//! alone      all treated at once, against their own past
//! checks     what must hold before changes are compared
//! naive      what plain means say
//! compared   all of it
//! ```

mod alone;
mod beside;
mod checks;
mod compared;
mod effect;
mod gathered;
mod mixed;
mod naive;
mod panel;

pub(super) use compared::measure;
pub(super) use gathered::{months_end, treated_units};
