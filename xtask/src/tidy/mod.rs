//! The rules of the house that no compiler holds.
//!
//! Every rule is a pure function over the text of files, so that a test can
//! plant a violation and see it caught; [`run`] reads the real tree.
//!
//! | module | rule |
//! |---|---|
//! | [`imports`] | arrows run one way: the import table between folders |
//! | [`crates`] | which crate may depend on which, and what the core never touches |
//! | [`lengths`] | files stay readable in one sitting |
//! | [`names`] | a file is named after a concept; `mod.rs` and `lib.rs` hold no logic |
//! | [`references`] | what the code cites is listed, what is listed is cited |
//! | [`records`] | decision records and the changelog are in order |
//! | [`leaks`] | nothing names a machine or where packages were downloaded |

mod code;
mod crates;
mod imports;
mod leaks;
mod lengths;
mod names;
mod records;
mod references;
mod tree;
mod whole;

#[cfg(test)]
mod tests;

pub(crate) use code::Code;
pub(crate) use tree::{Fault, SourceFile, tracked};
#[cfg(test)]
pub(crate) use whole::check;
pub(crate) use whole::run;
