//! What to do: the best use of a budget, what a test would find, and when.
//!
//! ```text
//! part           the blocks in order
//! opportunities  what moving a figure would be worth
//! choice         what could be chosen, how sure that is, and other budgets
//! tests_before   what a test by lot would find
//! roadmap        what to do when
//! found          every figure with what it measures
//! ```

mod choice;
mod found;
mod opportunities;
mod part;
mod roadmap;
mod tests_before;

pub(super) use found::found;
pub(super) use part::part;
