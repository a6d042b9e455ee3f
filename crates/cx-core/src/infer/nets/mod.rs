//! Nets of three groups: NPS, net satisfaction, net ease, net sentiment.
//!
//! Figures are in points, −100..100.

mod estimate;
mod groups;
mod intervals;

pub use estimate::{difference, estimate, of_sums};
pub use groups::Groups;
pub use intervals::{adjusted_wald, score, t, wald, z_test};
