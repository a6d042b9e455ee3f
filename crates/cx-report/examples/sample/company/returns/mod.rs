//! What the invented company's initiatives gave back: findings as the engine would give them.

mod figures;
mod lot;
mod open;
mod regions;
mod whole;

pub(crate) use whole::returns;
