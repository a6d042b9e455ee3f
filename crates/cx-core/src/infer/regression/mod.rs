//! Regression on pooled rows: lines, logits, counts and bands.

mod error;
mod generalised;
mod line;
mod logit;
mod marginal;
mod multinomial;
mod newton;
mod pooled;
mod solve;
mod variance;

pub use error::FitError;
pub use generalised::{Family, Generalised, generalised};
pub use line::{Line, least_squares, ridge_line};
pub use logit::{BinaryFit, area_under_curve, binary};
pub use marginal::{Marginal, average_marginal};
pub use multinomial::{Bands, Counted, multinomial};
pub use pooled::Pooled;
pub use variance::Variance;

#[cfg(test)]
mod reference;
