//! The demo companies again and again: how often intervals hold what was planted in them.
//!
//! ```text
//! cases     the initiatives that are looked at, and where their truth stands
//! company   one company of one seed
//! tally     all seeds of a case
//! explained why a coverage is not 95 % where it is not
//! page      the page of a run: written from the tallies, read back by the tests
//! ```

mod cases;
mod company;
mod explained;
mod page;
mod tally;

pub use cases::{CASES, Case, Planted, customers};
pub use company::{Sample, samples};
pub use explained::{REASONS, Reason, explain};
pub use page::{Line, Page};
pub use tally::{Tally, consistent};
