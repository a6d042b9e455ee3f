//! `cx init`: a folder of files to commented settings that run.
//!
//! ```text
//! listing    which files may hold data, and which belong together
//! survey     the folder's files, opened and profiled, those of one shape together
//! rows       their rows, handed on cell by cell
//! profile    one column: blanks, numbers, words, how often; moments: how they are written
//! evidence   what two columns say together: C-invoices are returns, tenure counts months
//! header     names of columns → roles, by the lists in words/ (en, pl, de, ru, zh)
//! vendors    exports known by their headers: how they are read, what their columns are
//! recognise  roles and profiles → what a file feeds: one recogniser per kind of file
//! scales     values of a question → its scale, by the words in vocabulary where it is answered in words
//! draft      what is going to be written; question: what has to be asked
//! write      the text; fill: answers into a text that waits for them
//! ```
//!
//! Everything is decided by evidence, and the evidence is written down beside
//! the decision. What the files cannot tell is asked, never guessed: an open
//! setting is written `"??"`, and [`Settings::parse`](super::Settings::parse)
//! names those that are left.

mod asked;
mod draft;
mod evidence;
pub(super) mod fill;
mod header;
mod listing;
mod moments;
mod places;
mod profile;
mod question;
mod recognise;
mod rows;
mod scales;
mod survey;
mod vendors;
mod vocabulary;
mod words;
mod write;

pub use fill::fill;
pub use question::{Accepts, Choice, Question};
pub use survey::{Found, FoundColumn, FoundFile, InitError, survey_folder};

#[cfg(test)]
mod tests;
