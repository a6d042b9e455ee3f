//! The façade: what a command line and a server ask of a company's records.
//!
//! ```text
//! Project   the settings of a folder
//! Company   the records, loaded
//! check     what is wrong with them, and whether that is too much
//! plain     a single file as a table for `calc`
//! ```
//!
//! Nothing here knows a terminal, a clock or the environment, and nothing is
//! written: the callers decide where results go.

mod check;
mod company;
mod error;
mod plain;
mod project;

pub use check::{Checked, FileCheck, Limit, LimitBreach, Outcome, QuarantinedRow, TableCheck, check};
pub use company::{Company, Options};
pub use error::{Error, ErrorKind, Place};
pub use plain::PlainTable;
pub use project::Project;
