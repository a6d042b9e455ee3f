//! From raw batches to canonical columns.
//!
//! ```text
//! compile   a table's mapping and a file's columns → a Mapper; faults of the settings
//! cells     one raw column, whatever its type → cells
//! convert   cells → numbers, money, moments, yes or no, codes; faults of the data
//! answers   survey cells → outcome, points, harmonised axis
//! apply     a raw batch → a canonical chunk, rows left out, faults counted
//! ```

mod answers;
mod apply;
mod cells;
mod compile;
mod convert;
mod faults;
mod quick;

pub use apply::{Mapped, RejectedRow};
pub use compile::{Context, Mapper};
pub use faults::{FaultKey, Faults, Seen};
