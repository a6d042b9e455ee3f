//! What drives an answer, and what it is worth to know more.
//!
//! A model is a plain function of its inputs, in a fixed order; the inputs
//! come as draws, one list an input, as [`crate::infer::draws::joint`] gives them.

mod break_even;
mod information;
mod sobol;
mod tornado;

pub use break_even::{BreakEven, Detectability, break_even, detectability};
pub use information::{Information, partial_information, perfect_information};
pub use sobol::{Indices, sobol};
pub use tornado::{Bar, tornado};
