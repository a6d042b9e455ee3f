//! One file per command: an answer or an error.

mod calc;
mod check;
mod completions;
mod dispatch;
mod migrate;

pub(crate) use dispatch::run;
