//! Pure formulas: statistics in, estimates out. No polars, no IO.

pub mod special;
