//! Customers who chose in against others who are like them: grade W at most.

mod balanced;
mod doubly;
mod entropy;
mod measured;
mod overlap;
mod people;
mod stacked;

pub use balanced::{BalanceTable, Covariate, balance_table};
pub use doubly::{Over, Weighing, doubly_robust, regression_adjusted, weighted_difference};
pub use entropy::entropy_weights;
pub use measured::{Alike, measured};
pub use overlap::{FEWEST_EFFECTIVE, LEAST_KEPT, Overlap, TRIM, overlap};
pub use people::{Person, propensities, propensity_model};
pub use stacked::{Adjusted, stacked};

#[cfg(test)]
mod simulation;
