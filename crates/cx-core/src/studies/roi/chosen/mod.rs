//! Customers who chose in, against others who were like them before: grade W at most.
//!
//! ```text
//! days     what is looked at before and after
//! people   who chose, who could have, and what they did
//! known    what was known of them before, as numbers
//! wave     all of it
//! ```

mod days;
mod known;
mod people;
mod wave;

pub(super) use days::Days;
pub(super) use people::{Did, done, treats};
pub(super) use wave::measure;
