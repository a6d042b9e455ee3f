//! What the invented company's customers are worth: findings as the engine would give them.

mod figures;
mod foretold;
mod growth;
mod linked;
mod staying;
mod values;
mod whole;

pub(crate) use figures::{months, wobble};
pub(crate) use whole::worth;
