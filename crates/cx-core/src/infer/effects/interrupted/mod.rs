//! A series that was interrupted: grade T alone, better with a control series.

mod hac;
mod level;
mod measured;
mod segmented;

pub use hac::{Serial, durbin_watson, newey_west_lag};
pub use level::{Foretold, LevelModel, LocalLevel, local_level};
pub use measured::measured;
pub use segmented::{Segmented, Series, segmented};

#[cfg(test)]
mod level_simulation;
#[cfg(test)]
mod simulation;
