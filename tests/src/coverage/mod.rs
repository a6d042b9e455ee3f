//! Coverage of every interval method, simulated from populations whose truth is known.
//!
//! [`FAMILIES`] lists the cases, [`Document`] what a full run found, and
//! [`explain`] says why a figure outside 93 to 97 % is what it is.

mod agreement;
pub mod buying;
mod differences;
mod document;
mod explained;
mod looks;
mod means;
mod nets;
mod null_tests;
mod quantiles;
mod random;
mod rates;
mod ratios;
mod reliability;
mod samples;
mod shares;
mod shrinkage;
mod study;
mod survival;
mod weights;

pub use document::{BAND, Document, Line};
pub use explained::{REASONS, Reason, explain};
pub use looks::{LEVEL, Looks, Outcome, PROCEDURES};
pub use random::Random;
pub use study::{Case, Cost, Effort, Family, SIZES, Tally, Trial};

/// Every family of cases, in the order of the document.
pub const FAMILIES: &[fn() -> Family] = &[
    shares::family,
    nets::family,
    means::family,
    ratios::family,
    rates::family,
    quantiles::family,
    survival::family,
    differences::family,
    weights::family,
    shrinkage::family,
    agreement::family,
    reliability::family,
    null_tests::family,
];
