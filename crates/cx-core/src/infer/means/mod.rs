//! Means, their differences, and the rank test that needs no scale.

mod estimate;
mod finite;
mod pair;
mod ranks;
mod weighted;

pub use estimate::{Scale, Summary, estimate, t};
pub use finite::{finite_factor, finite_size};
pub use pair::{welch, welch_interval};
pub use ranks::{RankTest, mann_whitney};
pub use weighted::Weighted;
