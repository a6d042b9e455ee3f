//! Time until something happens, with units still being watched.

pub mod cox;

mod incidence;
mod lifetime;
mod log_rank;
mod nelson_aalen;
mod rmst_difference;
mod survivor;
mod table;

pub use incidence::{Incidence, incidence};
pub use lifetime::{median, quantile, restricted_mean};
pub use log_rank::{Group, LogRank, Weighting, log_rank};
pub use nelson_aalen::hazard_at;
pub use rmst_difference::{MeanDifference, restricted_mean_difference};
pub use survivor::{CurveScale, estimate_at, interval_at, limits_at};
pub use table::{AgeRow, Table};

#[cfg(test)]
mod reference;
