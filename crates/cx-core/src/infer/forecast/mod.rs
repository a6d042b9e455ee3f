//! What a series will do if nothing changes: the baselines that a model must beat.

mod naive;
mod path;
mod smoothing;

pub use naive::{Naive, naive};
pub use path::{Path, Step};
pub use smoothing::{Season, Smoothed, Smoothing, State};
