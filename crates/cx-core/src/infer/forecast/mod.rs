//! What a series will do if nothing changes: the baselines that a model must beat.

mod backtest;
mod holt_winters;
mod likely;
mod naive;
mod path;
mod slopes;
mod smoothing;

pub use backtest::{Backtest, Trial, Tried, backtest};
pub use holt_winters::{HoltWinters, holt_winters};
pub use likely::{Errors, Likely, Model, likely, log_likelihood};
pub use naive::{Naive, naive};
pub use path::{Path, Step};
pub use smoothing::{Season, Smoothed, Smoothing, State};
