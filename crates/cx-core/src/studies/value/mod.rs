//! What are customers worth?
//!
//! ```text
//! terms      the records, and what money needs besides them
//! gather     reductions, and running them together
//! drawn      a figure at the point and in every resampled world
//! law        the models of repeat purchases behind one face
//! backtest   days held back choose the model
//! lifetime   purchases and spend → what remains, what a new customer brings
//! contracts  life tables → the same for contracts
//! deciles    the present base by tenths of remaining value
//! growth     where revenue came from
//! list       one customer after the other, for a file
//! facts      figures with formula, rows and assumptions
//! run        all of it
//! ```

mod backtest;
mod contracts;
mod deciles;
mod drawn;
mod facts;
mod gather;
mod growth;
mod law;
mod lifetime;
mod list;
mod run;
mod terms;

pub use list::{CustomerValue, list};
pub use run::run;
pub use terms::{Context, Terms};
