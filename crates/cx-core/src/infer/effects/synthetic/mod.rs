//! One treated unit against a mixture of others.

mod control;
mod simplex;

pub use control::{
    Donors, FEWEST_BEFORE, FEWEST_DONORS, Placebo, Synthetic, placebo, synthetic, without_each,
};
pub use simplex::simplex_weights;
