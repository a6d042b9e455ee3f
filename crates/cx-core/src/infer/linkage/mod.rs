//! What experience has to do with behaviour: outcomes by band, adjusted for
//! what was known before the answer, and how far the rest may be trusted.

mod answered;
mod banded;
mod base;
mod benchmark;
mod calibration;
mod doubly_robust;
mod hidden;
mod initiatives;
mod kappa;
mod lags;
mod negative;
mod shape;
mod slopes;
mod strata;
mod three;
mod transition;
mod worlds;

pub use answered::as_answered;
pub use banded::{Banded, Drawn, not_distinguishable};
pub use base::{Base, Cell, Covariate, Outcome};
pub use benchmark::{Benchmark, Bounds, benchmarks};
pub use calibration::{Bin, Calibration, calibration};
pub use doubly_robust::{CLIP, DoublyRobust, Over, Propensities, doubly_robust, propensities};
pub use hidden::{bias_of, e_value, e_value_of_limits, robustness_value};
pub use initiatives::{Initiative, Pooling, pooled_shares, predictive};
pub use kappa::{Kappa, Origin, break_even, kappa};
pub use lags::{Lagged, Leads, PanelRow, distributed_lag};
pub use negative::{NegativeControl, negative_control};
pub use shape::{Shape, ShapeChoice, Shaped, choose_shape};
pub use slopes::{BothSlopes, Slope, Wave, base_slope, between_slope, within_slope};
pub use strata::{FEWEST_IN_CELL, LEAST_SUPPORT, Stratified, stratified};
pub use three::{Three, three_columns};
pub use transition::{Moved, Preset, Transition, one_point};
pub use worlds::{FOLDS, fold_of};

#[cfg(test)]
mod planted;
