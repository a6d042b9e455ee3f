//! The waist: small, plain, mergeable sufficient statistics.
//!
//! Every type here is a commutative monoid under [`Merge`]: reducing the
//! parts of a table and merging gives the same bits as reducing the whole,
//! for any split, order and number of threads. Row accumulators merge over
//! any split of the rows. Customer accumulators (anything fed one value per
//! customer, case or unit) merge over disjoint sets of them.
//!
//! | code in the metric catalogue | type |
//! |---|---|
//! | CNT, BIN, MOM, WMOM, EXP, CLU | [`Totals`] |
//! | HIST | [`Histogram`] |
//! | QSK | [`Sketch`] |
//! | LIFE | [`Life`] |
//! | RFM | [`Rfm`] |
//! | FLOW | [`Flow`] |
//! | TERM | [`Terms`] |
//! | XTX | [`Gram`] |
//! | CELL | [`Cells`] |
//! | two [`Totals`] over the same customers | [`Crossed`] |
//! | REP | [`Replicates`] |

mod buckets;
mod cells;
mod crossed;
mod exact;
mod flow;
mod gram;
mod histogram;
mod life;
mod replicates;
mod rfm;
mod sketch;
mod terms;
mod totals;
mod worlds;

pub use cells::{Cell, Cells};
pub use crossed::Crossed;
pub use flow::Flow;
pub use gram::Gram;
pub use histogram::{Histogram, Point};
pub use life::{Life, LifeRow};
pub use replicates::{Replicates, cluster_hash, poisson_weight, world_bits};
pub use rfm::Rfm;
pub use sketch::{Bounds, Sketch};
pub use terms::Terms;
pub use totals::{RatioSums, Totals};
pub use worlds::{GROUPS, WORLDS, group_of, group_weight};

use crate::ground::fixed::Overflow;
use exact::{add, product};

/// Combining two parts of the same statistic.
pub trait Merge {
    /// Adds another part.
    ///
    /// # Errors
    /// [`Overflow`] when an exact sum leaves 128 bits; nothing is rounded silently.
    fn merge(&mut self, other: &Self) -> Result<(), Overflow>;
}

#[cfg(test)]
mod laws;
