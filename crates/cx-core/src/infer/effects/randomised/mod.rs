//! Random assignment: the effect is a difference, and the checks say whether it may be read as one.

mod arms;
mod attrition;
mod balance;
mod clusters;
mod counts;
mod cuped;
mod measured;
mod peeking;
mod ratio;

pub use arms::{means, nets, shares};
pub use attrition::{Attrition, attrition, lee_bounds};
pub use balance::{Balance, balance};
pub use clusters::{Cluster, clusters};
pub use counts::{Events, Rates, rates};
pub use cuped::{Cuped, Pairs, cuped};
pub use measured::{Assigned, measured};
pub use peeking::{Look, obrien_fleming, spent};
pub use ratio::{SampleRatio, sample_ratio};

#[cfg(test)]
mod simulation;
