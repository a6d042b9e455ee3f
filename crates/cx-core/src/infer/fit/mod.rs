//! Maximum likelihood: one fitter for every model that has a smooth log-likelihood.
//!
//! A model gives its log-likelihood with the gradient over unconstrained
//! parameters (logs of positive ones, logits of shares). [`maximise`] finds the
//! maximum, says how the search ended and how sharp the maximum is.

mod curvature;
mod interval;
mod line;
mod maximise;
mod outcome;
mod profile;

pub use curvature::{Information, information};
pub use maximise::{Search, maximise};
pub use outcome::{Fit, NoFit, Verdict};
pub use profile::profile;

#[cfg(test)]
mod tests;
