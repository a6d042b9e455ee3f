//! Files to raw batches of columns: bytes in, frames and reported faults out.
//!
//! | format | columns | a row's place |
//! |---|---|---|
//! | delimited text, gzip or not, any encoding | strings | its first line |
//! | JSON lines, gzip or not | strings, nested names joined by dots | its line |
//! | .xlsx, .ods | strings, moments as `2026-01-31 10:05:00` | its sheet row |
//! | Parquet | their own types | its row number |
//!
//! [`expand`] turns patterns into files, [`sniff`] looks at one, [`RawFile`]
//! settles how it is read, [`for_each_batch`] reads many on several threads.
//! Whatever the settings leave open is found out by looking; nothing is ever
//! made up: rows that do not fit are kept out and handed on with a reason.
//! Sources are read and never written.

mod batch;
mod contained;
mod dialect;
mod drive;
mod error;
mod expand;
mod file;
mod hash;
mod header;
mod json;
mod magic;
mod options;
mod parquet;
mod sample;
mod sheets;
mod sniff;
mod task;
mod text;

pub use batch::{Lines, RawBatch, Reason, Rejected, Repaired};
pub use dialect::{Delimiter, Dialect, LineEnding, Mark};
pub use drive::for_each_batch;
pub use error::{ErrorKind, Problem, SourceError};
pub use expand::{QUARANTINE, expand};
pub use file::RawFile;
pub use hash::{FileHash, hash_file};
pub use header::Renamed;
pub use options::{Compression, Encoding, Format, Header, Limits, ReadOptions};
pub use sniff::{Layout, Sniffed, sniff};
pub use task::{Projection, Task};

#[cfg(test)]
mod tests;
