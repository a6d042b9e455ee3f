//! One folder per question a person asks.
//!
//! A study declares the reductions it needs, hands them to an engine, and
//! calls `infer` on what comes back. It touches no rows itself.

mod lines;

pub mod audit;
pub mod claims;
pub mod linkage;
pub mod metrics;
mod money;
pub mod plan;
pub mod promises;
pub mod recover;
pub mod retention;
pub mod roi;
pub mod scenario;
pub mod value;
