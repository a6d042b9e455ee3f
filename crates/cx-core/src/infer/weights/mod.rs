//! Weights that make the answers look like the base.

mod post_stratify;
mod rake;
mod raked_mean;
mod trim;

pub use post_stratify::{PostStratified, Stratum, post_stratify};
pub use rake::{Cell, RakeError, Raked, rake};
pub use raked_mean::{RakedMean, RakedRow, raked_mean};
pub use trim::{Trimmed, trim, trim_limit};
