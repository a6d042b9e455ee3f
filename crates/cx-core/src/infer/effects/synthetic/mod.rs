//! One treated unit against a mixture of others.

mod control;
mod differences;
mod search;
mod simplex;

pub use control::{
    Donors, FEWEST_BEFORE, FEWEST_DONORS, Placebo, Synthetic, measured, placebo, synthetic, without_each,
};
pub use differences::{Spread, Weighed, differences};
pub use search::{Predictor, Searched, searched, searched_placebo};
pub use simplex::simplex_weights;

#[cfg(test)]
mod simulation;
