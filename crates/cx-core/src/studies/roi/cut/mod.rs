//! Customers whom a rule treats from a cut-off on, against those just short of it.
//!
//! ```text
//! ruled      who stands where, and on which side they were treated
//! near       all of it
//! ```

mod near;
mod ruled;

pub(super) use near::measure;
