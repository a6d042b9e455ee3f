//! Contracts that are renewed or not: how long customers who differ in loyalty stay.

mod alike_weibull;
mod choice;
mod fitted;
mod geometric;
mod over;
mod region;
mod renewals;
mod sbg;
mod weibull;
mod worlds;

pub use alike_weibull::{AlikeWeibull, fit_alike_weibull};
pub use choice::{Choice, choose};
pub use fitted::{Fitted, MOST_ALIKE, fit_sbg};
pub use geometric::Geometric;
pub use over::Over;
pub use region::{over_region, region};
pub use renewals::{LEAST_RENEWALS, Renewals};
pub use sbg::Sbg;
pub use weibull::{FittedWeibull, Weibull, fit_weibull};
pub use worlds::sbg_worlds;

#[cfg(test)]
mod tests;
