//! Shares of a whole: one share, and the difference of two.

mod pair;
mod single;

pub use pair::{Comparison, Counted, newcombe, pooled_z, wald_difference};
pub use single::{agresti_coull, clopper_pearson, estimate, estimate_counts, jeffreys, wald, wilson};
