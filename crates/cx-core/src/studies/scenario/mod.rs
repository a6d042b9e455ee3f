//! What a change would be worth on the company's own base, before it is made.
//!
//! ```text
//! key     what may change
//! change  by how much: relative, in points or as an amount, and whether that is possible
//! base    where the company stands, from its records
//! terms   what is asked, with every assumption
//! model   two worlds of one base, priced
//! run     all of it
//! facts   every figure with what it stands on
//! written changes, costs and base values as people write them
//! ```

pub(in crate::studies) mod base;
mod change;
mod facts;
mod key;
pub(in crate::studies) mod model;
pub(in crate::studies) mod run;
mod terms;
pub mod written;

pub use change::{Amount, Change, Sort};
pub use key::Key;
pub use run::run;
pub use terms::{Request, Term};
