//! From raw batches to canonical columns.
//!
//! ```text
//! compile   a table's mapping and a file's columns → a Mapper; faults of the settings
//! bind      one rule: names looked up, the writing of numbers and moments inferred
//! marks     which columns expressions count with, and how their numbers are written
//! restrict  a Mapper for fewer columns
//! cells     one raw column, whatever its type → cells
//! convert   cells → numbers, money, moments, yes or no, codes; faults of the data
//! answers   survey cells → outcome, points, harmonised axis
//! apply     a raw batch → a canonical chunk, rows left out, faults counted
//! codes     texts → codes of a dictionary
//! quick     whole columns at once, where the file already holds the right type
//! made      columns made from columns: reporting currency, days, differences
//! ```

mod answers;
mod apply;
mod bind;
mod cells;
mod codes;
mod compile;
mod convert;
mod faults;
mod made;
mod marks;
mod outcome;
mod quick;
mod restrict;

pub use apply::{Mapped, RejectedRow};
pub use compile::{Context, Mapper};
pub use faults::{FaultKey, Faults, Seen};
