//! Answers as text, and text as files.
//!
//! ```text
//! format     which form an answer takes
//! page       headings, sentences and grids: what people read
//! terminal   a page on a terminal
//! markdown   a page as Markdown
//! csv        rows for a spreadsheet
//! number     figures as text
//! words      doubts and absences in a sentence
//! file       files written whole or not at all, and files that the call names
//! ledger     the one writer of the ledger of promises
//! progress   what goes on, on standard error
//! ```

mod csv;
mod file;
mod format;
mod ledger;
mod markdown;
mod number;
mod page;
mod progress;
mod terminal;
mod words;

pub(crate) use csv::Csv;
pub(crate) use cx_core::analysis::{indented, to_json};
pub(crate) use file::{Growing, Mode, read_named, remove, write_whole};
pub(crate) use format::{Answer, Format};
pub(crate) use ledger::{append_promises, now};
pub(crate) use number::{bytes, count, difference, figure, interval, plain, share, spread, unit_id};

pub(crate) use page::{Align, Cell, Grid, Page, Tone};
pub(crate) use progress::Progress;
pub(crate) use words::{caveat, why_absent};
