//! What to gather, as plain data.
//!
//! ```text
//! Rows        a table, filtered, and shaped into units:
//!               plain     every row is a unit
//!               per key   rows of a key become one unit with fields
//!               each      every row looks at rows of the same key in a window around it
//!               calendar  every day, week or month is a unit
//! Reduction   Rows, cut by dimensions and periods, with the statistics to gather per cell
//! ```

mod parse;
mod reduction;
mod rows;

pub use parse::{Params, parse_rows, parse_rows_with};
pub use reduction::{Cluster, Gather, Periods, Reduction, Resampling};
pub use rows::{Aggregate, Anchor, Bound, Clock, Field, Key, Range, Rows, Shape};
