//! What a series will do if nothing changes: the baselines that a model must beat.

mod backtest;
mod naive;
mod path;
mod smoothing;

pub use backtest::{Backtest, Trial, Tried, backtest};
pub use naive::{Naive, naive};
pub use path::{Path, Step};
pub use smoothing::{Season, Smoothed, Smoothing, State};
