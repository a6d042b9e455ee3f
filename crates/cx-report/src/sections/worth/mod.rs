//! What it is worth: values, how long customers stay, and what a better score goes with.
//!
//! ```text
//! part       the blocks in order, and the sentences on top
//! found      every figure of the section with the name it goes by, for derivations
//! words      words for values, outcomes, grades, models, chances, terms
//! values     values of a customer and of the base
//! survival   how long customers stay
//! retention  cohorts, and leaving in each of its forms
//! bands      outcomes by score band in three columns
//! links      what a better score goes with, in one sentence each
//! bridges    customer equity and revenue, step by step
//! backtest   the model against what happened
//! deciles    customers in tenths
//! ```

mod backtest;
mod bands;
mod bridges;
mod deciles;
mod found;
mod links;
mod part;
mod retention;
mod survival;
mod values;
mod words;

pub(super) use found::{Named, found};
pub(super) use part::part;
