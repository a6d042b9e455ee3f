//! Ratios of two totals over units: money per order, events per month, cost per case.

mod bootstrap;
mod linear;
mod poisson;
mod rate;

pub use bootstrap::{Draws, percentile, percentile_ratio, studentised, total_of_known_base};
pub use linear::{function_of_totals, linearised};
pub use poisson::poisson_exact;
pub use rate::{log_linearised, rate};
