//! Cox's proportional hazards: what moves the rate of leaving.

mod baseline;
mod concordance;
mod fit;
mod model;
mod ordered;
mod proportionality;
mod refusal;
mod robust;
mod spells;
mod sweep;

pub use baseline::{Baseline, Predicted};
pub use concordance::{Concordance, concordance};
pub use fit::{Control, Entering, Ties, fit};
pub use model::{Coefficient, Model, Test};
pub use proportionality::{Clock, Proportionality, proportionality};
pub use refusal::Refusal;
pub use robust::robust_covariance;
pub use spells::Spells;

#[cfg(test)]
mod reference;
