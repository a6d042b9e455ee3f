//! What others claim, held against what the other studies found here.
//!
//! ```text
//! hold         every claim with its own figure and its verdict
//! five_points  what more retention would bring, by the own rate of staying
//! ```

mod five_points;
mod hold;

pub use five_points::five_points;
pub use hold::{Own, hold};
