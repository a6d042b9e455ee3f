//! Time until something happens, with units still being watched.

mod incidence;
mod lifetime;
mod survivor;
mod table;

pub use incidence::{Incidence, incidence};
pub use lifetime::{median, quantile, restricted_mean};
pub use survivor::{CurveScale, estimate_at, interval_at, limits_at};
pub use table::{AgeRow, Table};

#[cfg(test)]
mod reference;
