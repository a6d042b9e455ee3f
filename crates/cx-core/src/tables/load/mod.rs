//! Reading a company's files into a dataset.
//!
//! ```text
//! open       files and globs → raw files; mappers bound to each
//! read       batches → canonical chunks (or a stream, for large Parquet)
//! last       the last state of each case of an event log
//! repeats    rows that repeat another cell by cell
//! supersede  later rows of the same identity; the latest answer of a wave
//! notes      what the data says about itself once it is together
//! derive     tables made from contracts where no file feeds them
//! ```

mod derive;
mod last;
mod notes;
mod open;
mod read;
mod repeats;
mod stream;
mod supersede;

pub use open::{LoadError, Loaded, Options, SourceFile, TableReport, load};
