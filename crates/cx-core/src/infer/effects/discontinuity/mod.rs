//! A rule with a cut-off: those just above it against those just below.

mod bandwidth;
mod checks;
mod jump;
mod side;

pub use bandwidth::{Bandwidths, bandwidths};
pub use checks::{density, measured, reaches};
pub use jump::{Cut, FEWEST_NEAR, Jump, discontinuity, local_lines};

#[cfg(test)]
mod simulation;
