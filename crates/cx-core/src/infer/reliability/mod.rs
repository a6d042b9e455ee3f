//! Do the items of a questionnaire, or the raters of a panel, measure one thing?

mod alpha;
mod correlation;
mod icc;
mod omega;

pub use alpha::{Alpha, alpha, feldt};
pub use icc::{IccForm, IccKind, icc};
pub use omega::{OneFactor, one_factor};

#[cfg(test)]
mod reference;
