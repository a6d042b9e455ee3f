//! Every sentence and label of a report, by message id with typed arguments.
//!
//! ```text
//! messages/LANGUAGE/*.ftl   the catalogue (Project Fluent); English is complete
//! catalogue                 finds a message in a language, English behind it
//! declare                   a macro: a message id becomes a method with typed arguments
//! list/                     one file per .ftl file
//! ```
//!
//! A message that is declared and not used is dead code to the compiler; one
//! that is declared and missing, or stands in the files undeclared, fails a test.

mod catalogue;
mod declare;
mod list;

pub use catalogue::{LANGUAGES, Messages};
