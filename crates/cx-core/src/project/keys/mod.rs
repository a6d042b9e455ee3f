//! Every key that settings may hold: one list for the reader and for the reference page.
//!
//! The reader takes no key that this list does not name, so that the page made
//! from it leaves none out.

mod company;
mod files;
mod place;
mod plan;
#[cfg(test)]
mod tests;

pub(in crate::project) use company::{FILE, LIMITS, METRIC, PROJECT, SCALE, TARGET, VALUE, WEIGHTS};
pub(in crate::project) use files::{ANSWERS, LAST_STATE, READ, RULE, SOURCE, TABLE};
pub use place::{Key, Place};
pub(in crate::project) use plan::{INITIATIVE, PLAN};

/// Every place, in reading order.
pub const PLACES: &[Place] = &[
    FILE, PROJECT, LIMITS, SCALE, TARGET, WEIGHTS, VALUE, METRIC, SOURCE, READ, LAST_STATE, TABLE, RULE,
    ANSWERS,
];

/// Every place of `plan.toml`, in reading order.
pub const PLAN_PLACES: &[Place] = &[PLAN, INITIATIVE];
