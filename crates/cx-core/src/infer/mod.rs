//! Pure formulas: statistics in, estimates out. No polars, no IO.

pub mod changes;
pub mod effective;
pub mod means;
pub mod nets;
pub mod ratios;
pub mod shares;
pub mod special;

mod level;

pub use level::Level;
