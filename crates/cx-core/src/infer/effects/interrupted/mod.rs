//! A series that was interrupted: grade T alone, better with a control series.

mod hac;
mod measured;
mod segmented;

pub use hac::{Serial, durbin_watson, newey_west_lag};
pub use measured::measured;
pub use segmented::{Segmented, Series, segmented};

#[cfg(test)]
mod simulation;
