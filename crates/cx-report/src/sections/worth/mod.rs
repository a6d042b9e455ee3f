//! What it is worth: values, how long customers stay, and what a better score goes with.
//!
//! ```text
//! part       the blocks in order, and the sentences on top
//! found      every figure of the section with what it measures, for derivations
//! words      words for grades, chances, assumptions and questions
//! values     values of a customer and of the base
//! survival   how long customers stay
//! retention  cohorts, and churn and retention in each form
//! bands      differences between score bands in three columns
//! links      what a better score goes with, in one sentence each
//! bridges    customer equity and revenue, step by step
//! backtest   forecasts against what happened
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
