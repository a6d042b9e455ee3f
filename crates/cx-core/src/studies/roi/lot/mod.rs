//! Customers drawn by lot: everybody assigned is followed from the day of assignment, leavers too.
//!
//! ```text
//! plan      windows, and the sums that are asked for
//! arm       one arm
//! outcome   the effect on one outcome
//! change    the change that money is counted by
//! trial     all of it
//! ```

mod arm;
mod change;
mod outcome;
mod plan;
mod trial;

pub(super) use trial::measure;
