//! How many answers are enough, before they are asked for.
//!
//! Sizes are not rounded; print them rounded up.

mod aim;
mod clusters;
mod means;
mod nets;
mod precision;
mod shares;

pub use aim::Aim;
pub use clusters::cluster_effect;
pub use means::{mean_detectable, mean_power, mean_size};
pub use nets::{net_detectable, net_power, net_size};
pub use precision::{finite_population, mean_precision, net_precision, share_precision};
pub use shares::{share_detectable, share_power, share_size, share_size_arcsine, share_size_unpooled};
