//! Do several readers see the same thing?

mod cohen;
mod fleiss;
mod krippendorff;
mod resampled;

pub use cohen::{Disagreement, Kappa, cohen};
pub use fleiss::{FleissKappa, fleiss};
pub use krippendorff::{Scale, krippendorff};
pub use resampled::resampled;
