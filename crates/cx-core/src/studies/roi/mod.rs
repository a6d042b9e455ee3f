//! What initiatives gave back: effects by the best design that the records allow, then money.
//!
//! ```text
//! context    what the study runs on and is asked for
//! register   the initiatives as the company has them
//! gather     plans as text, and running them
//! outcomes   what may change
//! spans      days that outcomes cover
//! lot        customers drawn by lot;  chosen  customers who chose in;  cut  customers by a rule;  units  regions and shops month by month
//! followed   customers one by one; measured  what a design found
//! ladder     which designs there are, and why not the better ones
//! costs      what initiatives cost
//! worth      from an effect to money: one function of uncertain inputs
//! programme  initiatives together, held against what the company gained
//! claims     what others claim of such initiatives
//! facts      every figure with what it stands on
//! run        all of it
//! ```

mod chosen;
mod claims;
mod context;
mod costs;
mod cut;
mod facts;
mod followed;
pub(in crate::studies) mod gather;
mod ladder;
mod lot;
pub(in crate::studies) mod measured;
pub(in crate::studies) mod outcomes;
mod programme;
mod register;
mod run;
mod spans;
mod units;
mod worth;

pub use context::{Context, Request};
pub(super) use outcomes::line_margin;
pub use register::{Aim, aims};
pub use run::run;

/// Days that must have passed before anything is said.
pub(super) const FEWEST_DAYS: i32 = 28;

/// Days of a month.
pub(in crate::studies) const MONTH: f64 = 365.25 / 12.0;

/// Words of an arm that was treated, in small letters.
const TREATED: [&str; 4] = ["treatment", "treated", "test", "b"];
