//! Who did what: a log that shows when someone has altered it.

mod chain;
mod line;

pub use chain::{Broken, Verdict};
pub use line::{Action, Actor, AuditLine, Object};
