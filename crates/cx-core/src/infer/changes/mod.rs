//! Change between two windows or groups, and p-values that agree with the intervals shown.

mod independent;
mod overlap;
mod p_value;

pub use independent::{difference, square_and_add};
pub use overlap::{Overlap, overlap};
pub use p_value::p_by_inversion;
