//! Pure formulas: statistics in, estimates out. No polars, no IO.

pub mod changes;
pub mod concentration;
pub mod effective;
pub mod means;
pub mod nets;
pub mod quantiles;
pub mod ratios;
pub mod shares;
pub mod special;
pub mod survival;

mod level;

pub use level::Level;
