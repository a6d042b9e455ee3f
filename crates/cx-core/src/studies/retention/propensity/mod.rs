//! Chances to leave or to buy, never shown without how they did on rows the model has not seen.
//!
//! ```text
//! cell    customers of like covariates and random group, with what became of them
//! model   a logit on cells, and what resampled groups make of it
//! check   its chances against a hold-out
//! score   chances of those there now, and the money that goes with them
//! whole   fitted, checked and scored
//! dated   fitted at one date, checked at a later one
//! aged    where the records know ages only: fitted on some customers, checked on others
//! ```

mod aged;
mod cell;
mod check;
mod dated;
mod model;
mod score;
mod whole;

pub(super) use aged::Aged;
pub(super) use dated::{Dated, Dates, money};
