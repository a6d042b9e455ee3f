//! Figures with formula, rows and assumptions.

mod book;
mod buying;
mod contracts;
mod equity;
mod winning;

pub(super) use book::{assumptions, facts};
pub(super) use equity::equity;
